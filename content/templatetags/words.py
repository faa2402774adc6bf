"""{% explained %}: what stands in it, with the words of the glossary marked where they come first."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from content import glossary

register = template.Library()


class Explained(template.Node):
    """The words between the two tags."""

    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Any) -> SafeString:
        """All of it at once, so that a word is explained once on a page."""
        return glossary.explained(self.nodelist.render(context))


@register.tag("explained")
def explained(parser: Any, token: Any) -> Explained:
    """Everything up to {% endexplained %}."""
    inside = parser.parse(("endexplained",))
    parser.delete_first_token()
    return Explained(inside)
