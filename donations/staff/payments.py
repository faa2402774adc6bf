"""Payments: how far each has come, what it cost, and what came of it."""

from typing import Any

import django_filters
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column

from almoner.kit.staff.read_only import DayColumn, InspectView, MoneyColumn, MoneyList, ReadOnlyViewSet
from donations.ledger.money import Money
from donations.models import Letter, Payment, StripeEvent
from donations.models.payment import PaymentState

# Stripe's words for methods, in ours; a new one is shown as it comes.
METHODS = {
    "card": _("Card"),
    "bacs_debit": _("Direct Debit"),
    "link": _("Link"),
    "paypal": _("PayPal"),
    "apple_pay": _("Apple Pay"),
    "google_pay": _("Google Pay"),
}
NEWEST = 50


def method(payment: Payment) -> str:
    """How it is paid, in words."""
    return str(METHODS.get(payment.method, payment.method.replace("_", " ").capitalize())) or gettext("not chosen yet")


def fee(payment: Payment) -> str:
    """What Stripe kept."""
    return "" if payment.fee_pence is None else Money(payment.fee_pence).exact


def whose(payment: Payment) -> str:
    """Who gives; empty where the payment did not begin here."""
    asked = payment.pledge or (payment.regular_gift.pledge if payment.regular_gift else None)
    return asked.name if asked else ""


class PaymentFilters(WagtailFilterSet):
    """By how far it has come, whether it is ours, and day."""

    state = django_filters.ChoiceFilter(label=_("Standing"), choices=PaymentState.choices)
    ours = django_filters.BooleanFilter(label=_("Began here"))
    created_at = django_filters.DateFromToRangeFilter(label=_("Begun"), widget=DateRangePickerWidget)

    class Meta:
        model = Payment
        fields = ["state", "ours", "created_at"]


class PaymentList(MoneyList):
    """Payments, the newest first."""

    related = ("pledge", "regular_gift__pledge")
    title_class = "code"


class PaymentPage(InspectView):
    """One payment."""

    related = ("pledge__appeal", "regular_gift__pledge", "regular_gift__appeal", "donation")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Its letters and its gift's, and Stripe's events about it."""
        payment = self.object
        numbers = [number for number in (payment.payment_intent, payment.charge, payment.invoice) if number]
        events = StripeEvent.objects.filter(object_id__in=numbers).defer("payload")
        known = payment.fee_pence is not None
        return {
            **super().get_context_data(**kwargs),
            "method": method(payment),
            "whose": whose(payment),
            "fee": Money(payment.fee_pence) if known else None,
            "net": Money(payment.pence - payment.fee_pence) if known else None,
            "letters": Letter.objects.filter(Q(payment=payment) | Q(donation__payment=payment)).order_by("pk"),
            "events": events[:NEWEST],
        }


class PaymentViewSet(ReadOnlyViewSet):
    """Payments, each one PaymentIntent of Stripe's."""

    model = Payment
    name = "payments"
    url_prefix = "giving/payments"
    menu_label = _("Payments")
    icon = "arrow-right-full"
    index_view_class = PaymentList
    inspect_view_class = PaymentPage
    inspect_template_name = "donations/staff/payment.html"
    ordering = ["-created_at", "-pk"]
    list_display = [
        "payment_intent",
        DayColumn("created_at", label=_("Begun"), sort_key="created_at"),
        Column("state", label=_("Standing"), accessor="get_state_display", sort_key="state"),
        MoneyColumn("amount", amount=lambda payment: payment.amount, label=_("Amount"), sort_key="pence"),
        Column("fee", label=_("Fee"), accessor=fee, classname="figure"),
        Column("method", label=_("Method"), accessor=method),
        Column("donor", label=_("Donor"), accessor=whose),
    ]
    search_fields = ["payment_intent", "charge", "invoice", "pledge__reference", "pledge__name", "pledge__email"]
    search_backend_name = None
    filterset_class = PaymentFilters
