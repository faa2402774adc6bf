"""What the dashboard says of pages: drafts, answers of clinicians, what readers look for, how often pages are read."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Q, Sum
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.ui.components import Component
from wagtail.contrib.search_promotions.models import Query
from wagtail.models import GroupApprovalTask, Page
from wagtail.permissions import page_permission_policy

from content.models.review_link import ReviewLink
from content.models.searching import SearchTerm
from content.models.templates import TemplatesPage
from content.models.visits import DailyVisits

DAYS = 28
LINES = 8


class DraftsPanel(Component):
    """What this person began and has not published; and examples to begin from."""

    name = "my_drafts"
    template_name = "content/staff/panel_drafts.html"
    order = 105

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        """Two queries, and two for the examples."""
        user = parent_context["request"].user
        place = TemplatesPage.objects.first()
        mine = Page.objects.filter(has_unpublished_changes=True).filter(Q(latest_revision__user=user) | Q(owner=user))
        examples = []
        if place is not None:
            mine = mine.not_descendant_of(place, inclusive=True)
            examples = list(Page.objects.child_of(place).order_by("path")[:12])
        drafts = mine.order_by("-latest_revision_created_at")[:LINES]
        return {"drafts": drafts, "place": place, "examples": examples}


class CliniciansPanel(Component):
    """Who was asked to read a page through a link, and what came back lately."""

    name = "clinicians"
    template_name = "content/staff/panel_clinicians.html"
    order = 106

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        """The open links and the answers of the last weeks, in one query."""
        now = timezone.now()
        told = Q(answered_at__gte=now - timedelta(days=DAYS)) | Q(answered_at__isnull=True, expires_at__gt=now)
        return {"links": ReviewLink.objects.filter(told).select_related("page", "asked_by")[:LINES]}


class SearchGapsPanel(Component):
    """What readers looked for and we have no page on."""

    name = "search_gaps"
    template_name = "content/staff/panel_search_gaps.html"
    order = 130

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        """The most frequent questions of the last weeks to which nothing was found, in one query."""
        return {"gaps": gaps(timezone.localdate() - timedelta(days=DAYS))}


def gaps(since: date) -> list[Any]:
    """Questions without a promoted page to which nothing was found however often they were asked."""
    promoted = Query.objects.filter(editors_picks__isnull=False).values("query_string")
    asked: Any = SearchTerm.objects.filter(day__gte=since).exclude(words__in=promoted)
    return list(asked.by_words().filter(most=0)[:LINES])


class VisitsPanel(Component):
    """How often pages are read. Counted by path and day; nothing is known of who read them."""

    name = "visits"
    template_name = "content/staff/panel_visits.html"
    order = 140

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        """Three sums over the last weeks."""
        today = timezone.localdate()
        counted = DailyVisits.objects.filter(day__gt=today - timedelta(days=DAYS))
        by_day = dict(counted.values_list("day").annotate(Sum("visits")))
        most = max(by_day.values(), default=0) or 1
        bars = []
        for at in range(DAYS):
            number = by_day.get(today - timedelta(days=DAYS - 1 - at), 0)
            height = round(number * 100 / most)
            bars.append({"x": at * 10, "y": 100 - height, "height": height})
        by_path = counted.values("path").annotate(number=Sum("visits")).order_by("-number", "path")
        by_site = counted.exclude(referrer="").values("referrer").annotate(number=Sum("visits"))
        return {
            "days": DAYS,
            "bars": bars,
            "width": DAYS * 10,
            "total": sum(by_day.values()),
            "paths": by_path[:LINES],
            "sites": by_site.order_by("-number", "referrer")[:LINES],
        }


def add(request: HttpRequest, panels: list[Component]) -> None:
    """For those who write pages; and to everybody else nothing."""
    may = page_permission_policy.user_has_any_permission
    if may(request.user, ["add", "change"]):
        panels.append(DraftsPanel())
        panels.append(VisitsPanel())
    if request.user.has_perm("content.add_reviewlink"):
        panels.append(CliniciansPanel())
    if request.user.has_perm("wagtailsearchpromotions.add_searchpromotion"):
        panels.append(SearchGapsPanel())


def reviews(user: Any) -> bool:
    """Whether a step of some workflow is this person's."""
    return bool(GroupApprovalTask.objects.filter(active=True, groups__user=user).exists())
