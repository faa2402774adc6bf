"""From an address to its page in three queries: the site with its charity; pages on the way and in the menu; the page.

Wagtail asks two for each step down the tree, and more for the menu and for who may read. What is no page of ours, or
not for everybody, is left to Wagtail. All of it is asked once in an edition (content.edition).
"""

from copy import copy
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.http import Http404, HttpRequest
from django.http.request import split_domain_port
from django.http.response import HttpResponseBase
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve as wagtails_serve

from content import edition, pictures
from content.counting import to_be_counted
from content.models.appeals import AppealIndexPage
from content.models.base import BasePage
from content.models.forms import FormPage
from content.models.info import PolicyPage
from content.models.people_page import PeoplePage
from content.models.programmes import ProgrammeIndexPage
from content.models.publications import PublicationIndexPage
from content.models.settings import CharitySettings

# Kinds of page to which the foot of every page leads.
AT_FOOT = (FormPage, PeoplePage, PolicyPage, ProgrammeIndexPage, PublicationIndexPage)
SHOWN_OF_A_LINK = ["path", "depth", "title", "slug", "url_path", "live", "show_in_menus", "content_type", "alias_of"]


def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """A page of the site; in Wagtail's own way from the moment it is found."""
    site, found = site_of(request), None
    if site is not None and site.root_page.depth == 2:  # above it there is only the tree's root
        found = _find(request, site, path)
        if found is not None:
            request._wagtail_route_for_request = found  # type: ignore[attr-defined]  # where Wagtail looks first
    answer: HttpResponseBase = wagtails_serve(request, path)
    if found is not None and answer.status_code == 200:
        answer.counted_as = to_be_counted(found.page, request.path)  # type: ignore[attr-defined]  # by almoner.memory
    return answer


# ---- the site


def site_of(request: HttpRequest) -> Site | None:
    """The site that was asked for, chosen as Wagtail chooses it, with its charity."""
    if not hasattr(request, "_wagtail_site"):
        hostname, port = split_domain_port(request._get_raw_host())[0], int(request.get_port())  # type: ignore[attr-defined]  # as Wagtail
        site = _chosen(edition.of(request).sites, hostname, port)
        request._wagtail_site = site  # type: ignore[attr-defined]  # where Wagtail looks first
        charity = getattr(site, "charitysettings", None) if site else None
        known = CharitySettings.get_cache_attr_name()  # a preview of the settings has put its own there
        if charity is not None and not hasattr(request, known):
            setattr(request, known, charity)
    found: Site | None = request._wagtail_site  # type: ignore[attr-defined]
    return found


def _chosen(sites: list[Site], hostname: str, port: int) -> Site | None:
    here = [site for site in sites if site.hostname == hostname]
    default = next((site for site in sites if site.is_default_site), None)
    exact = next((site for site in here if site.port == port), None)
    if exact is not None or default in here:
        return exact or default
    return here[0] if len(here) == 1 else default


# ---- the page


def menu_of(request: HttpRequest, site: Site) -> list[Page]:
    """The pages of menu and foot, and the one that Donate leads to, in the order of the tree."""
    found: list[Page] = edition.of(request).kept(lambda: _pages(site, [])[1], "menu", site.pk)
    return found


def _pages(site: Site, way: list[str]) -> tuple[list[Any], list[Page]]:
    """The pages at these addresses, the tree's root first, each with whether it is private; and those of the menu."""
    root = site.root_page
    private = PageViewRestriction.objects.filter(page_id=OuterRef("pk"))
    told = Q(show_in_menus=True) | Q(content_type_id__in=_always_told())
    in_menu = Q(path__startswith=root.path, depth=root.depth + 1, live=True) & told
    asked = Page.objects.filter(Q(depth=1) | Q(url_path__in=way) | in_menu).only(*SHOWN_OF_A_LINK)
    found = list(asked.annotate(is_private=Exists(private), is_in_menu=_whether(in_menu)).order_by("path"))
    return [page for page in found if page.depth == 1 or page.url_path in way], [p for p in found if p.is_in_menu]


def _whether(condition: Q) -> ExpressionWrapper:
    return ExpressionWrapper(condition, BooleanField())


def _always_told() -> list[int]:
    """Kinds of page that are linked to whether or not an editor puts them into the menu."""
    return [ContentType.objects.get_for_model(kind).pk for kind in (*AT_FOOT, AppealIndexPage)]


def _find(request: HttpRequest, site: Site, path: str) -> RouteResult | None:
    """The page at this address if it is ours and the address ends there; None leaves it to Wagtail."""
    parts = [part for part in path.split("/") if part]
    host = (request.scheme, request.get_host())  # whole addresses stand on pages
    present = edition.of(request)
    kept = present.kept(lambda: _page_at(site, parts, present), "page", site.pk, *host, *parts)
    if kept is None:
        return None
    shown: Any = copy(kept)  # whoever shows it may write on it
    found: RouteResult = shown.route(request, [])
    return found


def _page_at(site: Site, parts: list[str], present: edition.Edition) -> BasePage | None:
    way = [site.root_page.url_path]
    for part in parts:
        way.append(f"{way[-1]}{part}/")
    above, menu = _pages(site, way)
    present.kept(lambda: menu, "menu", site.pk)  # asked for in the same breath: whoever reads a page sees it
    page = next((each for each in above if each.url_path == way[-1]), None)
    if page is None:
        return None
    kind = page.specific_class
    if kind is None or not issubclass(kind, BasePage):
        return None
    if not page.live:
        raise Http404
    shown: Any = kind.for_reading().get(pk=page.pk)
    pictures.read_sizes(shown.share_picture, getattr(shown, "picture", None))
    shown.above = [each for each in above if 1 < each.depth < page.depth]
    shown.is_for_everybody = not any(each.is_private or each.alias_of_id for each in above)
    shown.drawn = {}
    return shown
