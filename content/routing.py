"""From an address to its page in four queries: the site with its charity; the menu; the pages on the way; the page.

Wagtail asks two for each step down the tree, and more for the menu and for who may read. What is no page of ours, or
not for everybody, is left to Wagtail. Site and menu are known for a moment (kit.briefly), so that a busy hour asks two.
"""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest
from django.http.request import split_domain_port
from django.http.response import HttpResponseBase
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve as wagtails_serve

from almoner.kit.briefly import briefly
from content.models.appeals import AppealIndexPage
from content.models.base import BasePage
from content.models.forms import FormPage
from content.models.info import PolicyPage
from content.models.notice import Notice
from content.models.people_page import PeoplePage
from content.models.programmes import ProgrammeIndexPage
from content.models.publications import PublicationIndexPage
from content.models.settings import CharitySettings

# Kinds of page to which the foot of every page leads.
AT_FOOT = (FormPage, PeoplePage, PolicyPage, ProgrammeIndexPage, PublicationIndexPage)
SHOWN_OF_A_LINK = ["path", "depth", "title", "slug", "url_path", "live", "show_in_menus", "content_type", "alias_of"]


def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """A page of the site; in Wagtail's own way from the moment it is found."""
    site = site_of(request)
    if site is not None and site.root_page.depth == 2:  # above it there is only the tree's root
        found = _find(request, site, [part for part in path.split("/") if part])
        if found is not None:
            request._wagtail_route_for_request = found  # type: ignore[attr-defined]  # where Wagtail looks first
    answer: HttpResponseBase = wagtails_serve(request, path)
    return answer


# ---- the site


def site_of(request: HttpRequest) -> Site | None:
    """The site that was asked for, chosen as Wagtail chooses it, with its charity."""
    if not hasattr(request, "_wagtail_site"):
        hostname, port = split_domain_port(request._get_raw_host())[0], int(request.get_port())  # type: ignore[attr-defined]  # as Wagtail
        site = _chosen(_sites(), hostname, port)
        request._wagtail_site = site  # type: ignore[attr-defined]  # where Wagtail looks first
        charity = getattr(site, "charitysettings", None) if site else None
        if charity is not None:
            setattr(request, CharitySettings.get_cache_attr_name(), charity)
    found: Site | None = request._wagtail_site  # type: ignore[attr-defined]
    return found


@briefly
def _sites() -> list[Site]:
    """With whether any notice is to be looked for: on most days there is none."""
    known = Site.objects.select_related("root_page", "charitysettings__logo")
    return list(known.annotate(has_notices=Exists(Notice.objects.filter(live=True))))


def _chosen(sites: list[Site], hostname: str, port: int) -> Site | None:
    here = [site for site in sites if site.hostname == hostname]
    default = next((site for site in sites if site.is_default_site), None)
    exact = next((site for site in here if site.port == port), None)
    if exact is not None or default in here:
        return exact or default
    return here[0] if len(here) == 1 else default


# ---- the page


@briefly
def menu_of(site: Site) -> list[Page]:
    """The pages of menu and foot, and the one that Donate leads to, in the order of the tree."""
    root = site.root_page
    below = Page.objects.filter(path__startswith=root.path, depth=root.depth + 1, live=True)
    asked = below.filter(Q(show_in_menus=True) | Q(content_type_id__in=_always_told()))
    return list(asked.only(*SHOWN_OF_A_LINK).order_by("path"))


def _always_told() -> list[int]:
    """Kinds of page that are linked to whether or not an editor puts them into the menu."""
    return [ContentType.objects.get_for_model(kind).pk for kind in (*AT_FOOT, AppealIndexPage)]


def _find(request: HttpRequest, site: Site, parts: list[str]) -> RouteResult | None:
    """The page at this address if it is ours and the address ends there; None leaves it to Wagtail."""
    way = [site.root_page.url_path]
    for part in parts:
        way.append(f"{way[-1]}{part}/")
    private = PageViewRestriction.objects.filter(page_id=OuterRef("pk"))
    asked = Page.objects.filter(Q(url_path__in=way) | Q(depth=1)).only(*SHOWN_OF_A_LINK)
    above = {page.url_path: page for page in asked.annotate(is_private=Exists(private)).order_by("path")}
    page = above.pop(way[-1], None)
    if page is None:
        return None
    kind = page.specific_class
    if kind is None or not issubclass(kind, BasePage):
        return None
    if not page.live:
        raise Http404
    shown: Any = kind.for_reading().get(pk=page.pk)
    on_the_way = sorted(above.values(), key=lambda each: each.depth)
    shown.above = [each for each in on_the_way if each.depth > 1]
    shown.is_for_everybody = not any(each.is_private or each.alias_of_id for each in [*on_the_way, page])
    found: RouteResult = shown.route(request, [])
    return found
