"""Stripe's messages: what came of each, and “try again” for those that could not be obeyed."""

from datetime import datetime
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.log_actions import log

from almoner.accounts.models import person
from almoner.kit import jobs
from almoner.kit.staff.read_only import DayColumn, InspectView, MoneyList, ReadOnlyViewSet
from almoner.kit.staff.screens import Screen
from donations.actions import retrying
from donations.exceptions import AlreadyObeyed
from donations.models import StripeEvent


def standing(event: StripeEvent) -> str:
    """Where an event stands, in a word."""
    if event.handled_at:
        return gettext("Kept to be looked at") if event.flagged else gettext("Done")
    return gettext("Failed, tried again by itself") if event.error else gettext("Waiting")


def by_standing(events: "QuerySet[StripeEvent]", name: str, wanted: str) -> "QuerySet[StripeEvent]":
    """The events that stand so."""
    if wanted == "done":
        return events.filter(handled_at__isnull=False)
    undone = events.filter(handled_at__isnull=True)
    return undone.exclude(error="") if wanted == "failed" else undone.filter(error="")


def next_tries() -> dict[int, datetime]:
    """When the events that failed are tried next, by event."""
    return jobs.next_tries("donations.obey_event", "event")


class EventFilters(WagtailFilterSet):
    """By standing, kind and day."""

    standing = django_filters.ChoiceFilter(
        label=_("Standing"),
        choices=[("waiting", "Waiting"), ("failed", "Failed"), ("done", "Done")],
        method=by_standing,
    )
    flagged = django_filters.BooleanFilter(label=_("Kept to be looked at"))
    received_at = django_filters.DateFromToRangeFilter(label=_("Received"), widget=DateRangePickerWidget)

    class Meta:
        model = StripeEvent
        fields = ["standing", "flagged", "received_at"]


class EventList(MoneyList):
    """Events, the newest first."""

    title_class = "code"

    @cached_property
    def next_tries(self) -> dict[int, datetime]:
        """When those that failed are tried next: one query."""
        return next_tries()

    def next_try(self, event: StripeEvent) -> str:
        """When one is tried next, if it is waiting for that."""
        at = None if event.handled_at else self.next_tries.get(event.pk)
        return date_format(localtime(at), "j F Y, H:i") if at else ""

    @cached_property
    def columns(self) -> list[Column]:
        """What came of each."""
        return [
            self._get_title_column("kind"),
            DayColumn("received_at", label=gettext("Received"), sort_key="received_at"),
            Column("standing", label=gettext("Standing"), accessor=standing),
            Column("attempts", label=gettext("Attempts"), sort_key="attempts", classname="figure"),
            Column("next_try", label=gettext("Tried next"), accessor=self.next_try),
            Column("outcome", label=gettext("Outcome")),
            Column("error", label=gettext("Error")),
            Column("event_id", label=gettext("Stripe’s number")),
        ]


class EventPage(InspectView):
    """One event. What Stripe wrote in it names people, and stays unshown."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether the button is there, and when it is tried by itself."""
        undone = self.object.handled_at is None
        return {
            **super().get_context_data(**kwargs),
            "can_retry": undone and self.request.user.has_perm("donations.retry_stripeevent"),
            "standing": standing(self.object),
            "next_try": next_tries().get(self.object.pk) if undone else None,
        }


class TryAgain(Screen):
    """The button's answer."""

    permission = "donations.retry_stripeevent"
    page_title = _("Try an event again")

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
            messages.success(request, gettext("The worker will try this event again in a moment."))
        return redirect("stripe_events:inspect", pk)


class StripeEventViewSet(ReadOnlyViewSet):
    """The inbox."""

    model = StripeEvent
    name = "stripe_events"
    url_prefix = "giving/stripe-events"
    menu_label = _("Stripe’s events")
    icon = "mail"
    index_view_class = EventList
    inspect_view_class = EventPage
    inspect_template_name = "donations/staff/event.html"
    ordering = ["-received_at", "-pk"]
    search_fields = ["event_id", "kind", "object_id"]
    search_backend_name = None
    filterset_class = EventFilters
    inspect_view_fields_exclude = ["id", "payload", "about"]

    def get_urlpatterns(self) -> list[URLPattern]:
        """And the button's."""
        return [*super().get_urlpatterns(), path("<int:pk>/try-again/", TryAgain.as_view(), name="try_again")]
