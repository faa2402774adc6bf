"""The report on reviews: what is overdue, what is due, what was changed since, what waits for whom."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.reports.base import ReportView
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from content import reviews
from content.models import ReviewSettings

SEES = ["add", "change", "publish"]  # whoever has one of these rights on pages


class ReviewFilterSet(WagtailFilterSet):
    """By how soon a review is due."""

    due = django_filters.ChoiceFilter(label=_("Due"), choices=reviews.Due.choices, method="that_are")

    class Meta:
        model = Page
        fields = ["due"]

    def that_are(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those that are due so soon."""
        return reviews.that_are(value, timezone.localdate(), queryset)


class ReviewQueue(ReportView):
    """Pages of whom somebody has a right to change, those due first at the top."""

    page_title = _("Reviews of pages")
    header_icon = "clipboard-list"
    template_name = "wagtailadmin/reports/base_report.html"
    results_template_name = "content/staff/review_results.html"
    index_url_name = "content_reviews:queue"
    index_results_url_name = "content_reviews:results"
    filterset_class = ReviewFilterSet
    permission_policy = page_permission_policy
    any_permission_required = SEES
    is_searchable = False
    list_export: list[str] = []

    def get_queryset(self) -> QuerySet[Any]:
        """Those that this person may change."""
        theirs = page_permission_policy.instances_user_has_any_permission_for(self.request.user, SEES)
        queue: Any = reviews.queue().filter(pk__in=theirs.values("pk"))
        found: QuerySet[Any] = queue.select_related("latest_revision", "content_type").prefetch_workflow_states()
        return found

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        """Each page with what there is to do about it."""
        today, decided = timezone.localdate(), ReviewSettings.ours()
        for page in object_list:
            page.due = reviews.due_of(page.its_next_review_on, today, decided)
            page.has_changed = reviews.has_changed(page)
        return object_list


def urls() -> list[URLPattern]:
    """The report's addresses."""
    return [
        path("", ReviewQueue.as_view(), name="queue"),
        path("results/", ReviewQueue.as_view(results_only=True), name="results"),
    ]


class ReviewMenuItem(MenuItem):
    """For those who work on pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this person does."""
        return bool(page_permission_policy.user_has_any_permission(request.user, SEES))


def menu_item() -> ReviewMenuItem:
    """Its place among the reports."""
    return ReviewMenuItem(
        _("Reviews of pages"), reverse("content_reviews:queue"), name="reviews", icon_name="clipboard-list", order=100
    )
