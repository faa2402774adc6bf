"""What pages say beside what is seen: to machines, and to whoever shares them."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from content import pictures, structured

register = template.Library()


@register.simple_tag
def structured_data(told: list[dict[str, Any]] | None) -> SafeString:
    """A block of data for search engines."""
    return structured.script(told or [])


@register.simple_tag(takes_context=True)
def whole(context: dict[str, Any], address: str) -> str:
    """The whole address, with our host."""
    request = context.get("request")
    return request.build_absolute_uri(address) if request is not None else address


@register.simple_tag
def shared_picture(page: Any) -> Any:
    """The picture of a page where it is shared, at the size that others ask for."""
    picture = getattr(page, "picture_to_share", None)
    return picture.get_rendition(pictures.SHARED) if picture else None


@register.filter
def guessed_words(path: str) -> str:
    """What may be looked for by an address that leads nowhere: “/news/our-nurse/” is “our nurse”."""
    last = next((part for part in reversed(path.split("/")) if part), "")
    return last.replace("-", " ").replace("_", " ")[:60] if last.replace("-", "").isalpha() else ""
