"""What a donor has given, how each gift stands, and what its fund has since paid for."""

from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from donations.ledger import balances
from donations.ledger.balances import Numbers
from donations.ledger.models import Fund, Purpose
from donations.ledger.money import Money
from donations.models import Donation, Donor
from donations.models.donation import Status
from donations.views_of_donors import papers
from donations.views_of_donors.doors import for_the_donor

ON_A_PAGE = 25
KINDS = {Status.RECEIVED: "good", Status.PART_REFUNDED: "waiting", Status.DISPUTED: "waiting"}  # all else is neutral


@dataclass
class Spent:
    """A fund that a donor gave to, and what it has paid and promised, purpose by purpose."""

    fund: Fund
    numbers: Numbers = field(default_factory=Numbers)
    purposes: list[tuple[Purpose, Numbers]] = field(default_factory=list)


@for_the_donor("GET")
def overview(request: HttpRequest, donor: Donor) -> HttpResponse:
    """All that was given, the newest first; each fund, and what it has since paid for."""
    page = Paginator(gifts_of(donor), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "donor": donor,
        "page": page,
        "gifts": [told(donation) for donation in page],
        "funds": what_funds_paid_for(donor),
        "regular_gifts": donor.regular_gifts.living().select_related("appeal"),
        "years": papers.years_of(donor),
    }
    return render(request, "donations/own/overview.html", context)


@for_the_donor("GET")
def gift(request: HttpRequest, donor: Donor, reference: str) -> HttpResponse:
    """One gift."""
    donation = get_object_or_404(gifts_of(donor), reference=reference)
    context = {
        "donor": donor,
        "gift": told(donation),
        "tribute": getattr(donation.pledge, "tribute", None),
        "refunds": donation.refunds.filter(entry__isnull=False, turned__isnull=True).order_by("pk"),
        "spent": Spent(
            donation.fund,
            balances.of_fund(donation.fund),
            [each for each in balances.of_purposes_in(donation.fund) if each[1].allocated],
        ),
    }
    return render(request, "donations/own/gift.html", context)


def gifts_of(donor: Donor) -> "QuerySet[Donation]":
    """A donor's gifts, each with its status and with all that is said of it."""
    related = ("fund", "appeal", "purpose", "declaration", "regular_gift", "pledge__tribute")
    return Donation.objects.filter(donor=donor).with_status().select_related(*related)


def told(donation: Any) -> dict[str, Any]:
    """A gift as its donor reads it; `donation` came with its status."""
    status = Status(donation.status)
    return {
        "donation": donation,
        "status": status.label,
        "kind": KINDS.get(status, "neutral"),
        "gift_aid": donation.declaration if donation.gift_aid is not None else None,
        "net": Money(donation.net_pence),
        "given_back": Money(donation.refunded_pence),
    }


def what_funds_paid_for(donor: Donor) -> list[Spent]:
    """The funds that a donor gave to, in the same few questions however many they are."""
    given_to = set(donor.donations.order_by().values_list("fund", flat=True).distinct())
    found = {fund.pk: Spent(fund, numbers) for fund, numbers in balances.of_funds() if fund.pk in given_to}
    for fund, purpose, numbers in balances.by_purpose_and_fund():
        if fund.pk in found and numbers.allocated:
            found[fund.pk].purposes.append((purpose, numbers))
    return list(found.values())
