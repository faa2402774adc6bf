"""Stripe's messages: what came of each, and “try again” for those that could not be obeyed."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from wagtail.admin import messages
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.log_actions import log

from almoner.accounts.models import person
from almoner.kit.staff.read_only import DayColumn, InspectView, MoneyList, ReadOnlyViewSet
from almoner.kit.staff.screens import Screen
from donations.actions import retrying
from donations.exceptions import AlreadyObeyed
from donations.models import StripeEvent


def standing(event: StripeEvent) -> str:
    """Where an event stands, in a word."""
    if event.handled_at:
        return "Done"
    return "Failed, tried again by itself" if event.error else "Waiting"


def by_standing(events: "QuerySet[StripeEvent]", name: str, wanted: str) -> "QuerySet[StripeEvent]":
    """The events that stand so."""
    if wanted == "done":
        return events.filter(handled_at__isnull=False)
    undone = events.filter(handled_at__isnull=True)
    return undone.exclude(error="") if wanted == "failed" else undone.filter(error="")


class EventFilters(WagtailFilterSet):
    """By standing, kind and day."""

    standing = django_filters.ChoiceFilter(
        label="Standing",
        choices=[("waiting", "Waiting"), ("failed", "Failed"), ("done", "Done")],
        method=by_standing,
    )
    received_at = django_filters.DateFromToRangeFilter(label="Received", widget=DateRangePickerWidget)

    class Meta:
        model = StripeEvent
        fields = ["standing", "received_at"]


class EventList(MoneyList):
    """Events, the newest first."""

    title_class = "code"


class EventPage(InspectView):
    """One event. What Stripe wrote in it names people, and stays unshown."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether the button is there."""
        can_retry = self.object.handled_at is None and self.request.user.has_perm("donations.retry_stripeevent")
        return {**super().get_context_data(**kwargs), "can_retry": can_retry, "standing": standing(self.object)}


class TryAgain(Screen):
    """The button's answer."""

    permission = "donations.retry_stripeevent"
    page_title = "Try an event again"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Looking changes nothing."""
        return HttpResponseNotAllowed(["POST"])

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Put the event before the worker again, and say so."""
        event = get_object_or_404(StripeEvent, pk=pk)
        try:
            retrying.try_again(event=event, by=person(request))
        except AlreadyObeyed as fact:
            messages.warning(request, str(fact))
        else:
            log(instance=event, action="donations.try_again", user=request.user)
            messages.success(request, "The worker will try this event again in a moment.")
        return redirect("stripe_events:inspect", pk)


class StripeEventViewSet(ReadOnlyViewSet):
    """The inbox."""

    model = StripeEvent
    name = "stripe_events"
    url_prefix = "giving/stripe-events"
    menu_label = "Stripe’s events"
    icon = "mail"
    index_view_class = EventList
    inspect_view_class = EventPage
    inspect_template_name = "donations/staff/event.html"
    ordering = ["-received_at", "-pk"]
    list_display = [
        "kind",
        DayColumn("received_at", label="Received", sort_key="received_at"),
        Column("standing", label="Standing", accessor=standing),
        Column("attempts", label="Attempts", sort_key="attempts", classname="figure"),
        Column("outcome", label="Outcome"),
        Column("error", label="Error"),
        Column("event_id", label="Stripe’s number"),
    ]
    search_fields = ["event_id", "kind"]
    search_backend_name = None
    filterset_class = EventFilters
    inspect_view_fields_exclude = ["id", "payload"]

    def get_urlpatterns(self) -> list[URLPattern]:
        """And the button's."""
        return [*super().get_urlpatterns(), path("<int:pk>/try-again/", TryAgain.as_view(), name="try_again")]
