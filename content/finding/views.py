"""The search, and the two pages that machines read first."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from content import routing
from content.finding import counting, pages, results, words

NOT_FOR_MACHINES = ("/admin/", "/board/", "/giving/", "/search/", "/unsubscribe/", "/demo/")
MOST_ADDRESSES = 50_000  # of one site map, as its rules say
KEPT_SECONDS = 3600


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What was found for “q”; without any, only the box."""
    site = routing.site_of(request)
    if site is None:
        raise Http404
    asked, number = words.asked_for(request.GET.get("q", "")), request.GET.get("page", "1")
    found = results.find(asked, number, site, request)
    if request.method == "GET" and number == "1":
        counting.count(asked, found.with_all_words)
    return render(request, "content/search.html", {"found": found, "asked": asked, "trail": [(_("Home"), "/")]})


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page that search engines may list, and when it was published last."""
    site = routing.site_of(request)
    if site is None:
        raise Http404
    told = [
        {"address": request.build_absolute_uri(page.get_url(request)), "changed": page.last_published_at}
        for page in pages.public(site).order_by("path").defer_streamfields().specific()[:MOST_ADDRESSES]
        if not getattr(page, "is_unlisted", False)
    ]
    return render(request, "content/sitemap.xml", {"pages": told}, content_type="application/xml; charset=utf-8")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What machines leave alone, and where the site map is."""
    lines = ["User-agent: *", *(f"Disallow: {place}" for place in NOT_FOR_MACHINES), ""]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}")
    answer = HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
    answer["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    return answer
