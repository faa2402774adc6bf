"""What stands around every page: the charity's names, the menu, the foot. Asked once a request."""

from dataclasses import dataclass, field
from typing import Any

from django import template
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest

from almoner.kit.briefly import briefly
from content import pictures, routing, theme
from content.models import CharitySettings
from content.models.appeals import AppealIndexPage

register = template.Library()


@dataclass(frozen=True)
class Item:
    """A link in the menu or at the foot."""

    title: str
    url: str
    is_here: bool
    is_exactly_here: bool
    is_ask: bool = False  # left out where a page asks for nothing


@dataclass
class Frame:
    """The charity, its menu, and where the Donate button leads."""

    charity: CharitySettings | None = None
    logo: Any = None
    icon: Any = None
    theme_url: str = ""
    menu: list[Item] = field(default_factory=list)
    footer: list[Item] = field(default_factory=list)
    give_url: str = ""


@register.simple_tag(takes_context=True)
def site_frame(context: dict[str, Any]) -> Frame:
    """The frame of the site that was asked for; an empty one where there is no site yet."""
    request: HttpRequest | None = context.get("request")
    if request is None:
        return Frame()
    frame = getattr(request, "_site_frame", None)
    if frame is None:
        frame = request._site_frame = _build(request)  # type: ignore[attr-defined]  # kept for the request's life
    return frame


def _build(request: HttpRequest) -> Frame:
    site = routing.site_of(request)
    if site is None:
        return Frame()
    charity = CharitySettings.for_request(request)
    is_draft = getattr(request, "is_preview", False)
    frame = Frame(charity=charity, theme_url=theme.address_of(charity, is_draft=is_draft))
    frame.logo, frame.icon = (_drawn if is_draft else _pictures_of)(charity)
    at_foot = {ContentType.objects.get_for_model(kind).pk for kind in routing.AT_FOOT}
    appeals = ContentType.objects.get_for_model(AppealIndexPage).pk
    for page in routing.menu_of(site):
        # Root paths are cached by Wagtail, so that asking a page for its address costs no query.
        url = page.get_url(request) or ""
        is_ask = page.content_type_id == appeals
        item = Item(page.title, url, request.path.startswith(url), request.path == url, is_ask)
        if page.show_in_menus:
            frame.menu.append(item)
        elif page.content_type_id in at_foot:
            frame.footer.append(item)
        if is_ask:
            frame.give_url = url
    return frame


def _drawn(charity: CharitySettings) -> tuple[Any, Any]:
    """Logo and icon at the sizes at which they stand on pages."""
    logo = charity.logo.drawn(pictures.LOGO) if charity.logo else None
    if logo is not None:
        logo.attrs = {"class": "header__logo", "alt": ""}
    return logo, charity.favicon.get_rendition("fill-192x192|format-png") if charity.favicon else None


_pictures_of = briefly(_drawn)
