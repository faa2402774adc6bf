"""Which appeal: the open ones, and what each has raised."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from donations.ledger import balances
from donations.ledger.money import NOTHING
from donations.models import Appeal


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """The appeals that take gifts today."""
    appeals = Appeal.objects.open_on(timezone.localdate()).select_related("fund")
    raised = {fund.pk: numbers.raised for fund, numbers in balances.of_funds()}
    shown = [(appeal, raised.get(appeal.fund_id, NOTHING)) for appeal in appeals]
    return render(request, "donations/choose.html", {"appeals": shown})
