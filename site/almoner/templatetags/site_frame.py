"""What stands around every page: the charity's names, the menu, the foot. Asked once in an edition."""

from dataclasses import dataclass, field, replace
from typing import Any

from django import template
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from wagtail.models import Site

from content import edition, pictures, routing, theme
from content.models import CharitySettings
from content.models.appeals import AppealIndexPage

register = template.Library()


@dataclass(frozen=True)
class Item:
    """A link in the menu or at the foot."""

    title: str
    url: str
    is_ask: bool = False  # left out where a page asks for nothing
    is_here: bool = False
    is_exactly_here: bool = False


@dataclass(frozen=True)
class Frame:
    """The charity, its menu, and where the Donate button leads."""

    charity: CharitySettings | None = None
    logo: Any = None
    icon: Any = None
    theme_url: str = ""
    menu: tuple[Item, ...] = ()
    footer: tuple[Item, ...] = ()
    give_url: str = ""
    drawn: dict[Any, str] | None = field(
        default=None, compare=False
    )  # its parts in HTML: content's templatetags.standing


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
    frame = edition.of(request).kept(lambda: _of_site(site, request), "frame", site.pk)
    menu = tuple(
        replace(item, is_here=True, is_exactly_here=request.path == item.url)
        if request.path.startswith(item.url)
        else item
        for item in frame.menu
    )
    return replace(frame, menu=menu)


def _of_site(site: Site, request: HttpRequest) -> Frame:
    """What is the same on all its pages."""
    charity = CharitySettings.for_request(request)
    is_draft = getattr(request, "is_preview", False)
    at_foot = {ContentType.objects.get_for_model(kind).pk for kind in routing.AT_FOOT}
    appeals = ContentType.objects.get_for_model(AppealIndexPage).pk
    menu, footer, give_url = [], [], ""
    for page in routing.menu_of(request, site):
        # Root paths are cached by Wagtail, so that asking a page for its address costs no query.
        item = Item(page.title, page.get_url(request) or "", page.content_type_id == appeals)
        if page.show_in_menus:
            menu.append(item)
        elif page.content_type_id in at_foot:
            footer.append(item)
        if item.is_ask:
            give_url = item.url
    logo = charity.logo.drawn(pictures.LOGO) if charity.logo else None
    if logo is not None:
        logo.attrs = {"class": "header__logo", "alt": ""}
    return Frame(
        charity=charity,
        logo=logo,
        icon=charity.favicon.get_rendition("fill-192x192|format-png") if charity.favicon else None,
        theme_url=theme.address_of(charity, is_draft=is_draft),
        menu=tuple(menu),
        footer=tuple(footer),
        give_url=give_url,
        drawn=None if is_draft else {},
    )
