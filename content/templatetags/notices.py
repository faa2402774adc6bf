"""{% standing_notices %}: what stands above a page for a while."""

from typing import Any

from django import template

from content import edition, routing
from content.models.notice import published_notices, standing_above

register = template.Library()


@register.inclusion_tag("content/notices.html", takes_context=True)
def standing_notices(context: dict[str, Any]) -> dict[str, Any]:
    """Notices of the whole site, and of the section that a page stands in. No query where none is published."""
    request = context.get("request")
    site = routing.site_of(request) if request is not None else None
    if request is None or site is None or not getattr(site, "has_notices", True):
        return {"notices": []}
    published = edition.of(request).kept(published_notices, "notices")
    return {"notices": standing_above(context.get("page"), published)}
