"""{% standing_notices %}: what stands above a page for a while."""

from typing import Any

from django import template

from content import routing
from content.models.notice import notices_above

register = template.Library()


@register.inclusion_tag("content/notices.html", takes_context=True)
def standing_notices(context: dict[str, Any]) -> dict[str, Any]:
    """Notices of the whole site, and of the section that a page stands in. No query where none is published."""
    request = context.get("request")
    site = routing.site_of(request) if request is not None else None
    told = site is not None and getattr(site, "has_notices", True)
    return {"notices": notices_above(context.get("page")) if told else []}
