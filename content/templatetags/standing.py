"""{% standing page "top" %} … {% endstanding %}: HTML that is the same until somebody publishes (content.edition)."""

from collections.abc import Hashable
from typing import Any

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from wagtail.blocks import Block

register = template.Library()


class Standing(template.Node):
    """What is between the tags: drawn once where its owner keeps what was drawn, else each time."""

    def __init__(self, inside: template.NodeList, owner: Any, what: list[Any]) -> None:
        self.inside, self.owner, self.what = inside, owner, what

    def render(self, context: template.Context) -> SafeString:
        """The HTML."""
        owner = self.owner.resolve(context, ignore_failures=True)
        drawn: dict[Hashable, str] | None = getattr(owner, "drawn", None)
        if drawn is None:
            return self.inside.render(context)
        key = tuple(each.resolve(context, ignore_failures=True) for each in self.what)
        found = drawn.get(key)
        if found is None:
            found = drawn[key] = self.inside.render(context)
        return mark_safe(found)  # noqa: S308 - template output


@register.tag
def standing(parser: template.base.Parser, token: template.base.Token) -> Standing:
    """{% standing owner "name" … %}: whatever it depends on, beside its owner's own facts, is named after the name."""
    _, owner, *what = token.split_contents()
    inside = parser.parse(("endstanding",))
    parser.delete_first_token()
    return Standing(inside, parser.compile_filter(owner), [parser.compile_filter(each) for each in what])


@register.simple_tag(takes_context=True)
def page_part(context: template.Context, part: Any) -> SafeString:
    """A block of a page's body; kept with the page, but for one that tells the ledger's figures."""
    drawn: dict[Hashable, str] | None = getattr(context.get("page"), "drawn", None)
    found = drawn.get(part.id) if drawn is not None else None
    if found is None:
        found = conditional_escape(part.render_as_block(context=context.flatten()))
        if drawn is not None and part.id and not is_live(part.block):
            drawn[part.id] = found
    return mark_safe(found)  # noqa: S308 - template output


def is_live(block: Block) -> bool:
    """Whether a block, or one within it, tells what changes by the minute."""
    within = [*getattr(block, "child_blocks", {}).values(), getattr(block, "child_block", None)]
    return getattr(block, "is_live", False) or any(is_live(each) for each in within if each is not None)
