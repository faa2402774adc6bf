"""What a donor has given, how each gift stands, and what its fund has paid for since then."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Min, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from donations import facts
from donations.ledger import balances
from donations.ledger.models import Fund, Purpose
from donations.ledger.money import NOTHING, Money
from donations.models import Donation, Donor
from donations.models.donation import Status
from donations.own.doors import for_the_donor
from donations.own.views import papers

ON_A_PAGE = 25
KINDS = {Status.RECEIVED: "good", Status.PART_REFUNDED: "waiting", Status.DISPUTED: "waiting"}  # all else is neutral


@dataclass
class Spent:
    """What a fund has paid since a donor gave to it, and what it has promised and not paid yet; purpose by purpose."""

    fund: Fund
    since: date
    purposes: dict[Purpose, tuple[Money, Money]] = field(default_factory=dict)

    @property
    def paid(self) -> Money:
        """In all, since then."""
        return sum((paid for paid, _ in self.purposes.values()), NOTHING)

    @property
    def promised(self) -> Money:
        """In all, still to be paid."""
        return sum((promised for _, promised in self.purposes.values()), NOTHING)


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
        "went_back": facts.went_back(donation),
        "funds": what_was_paid_since({donation.fund: donation.received_on}),
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
    }


def what_funds_paid_for(donor: Donor) -> list[Spent]:
    """The funds that a donor gave to, unless it all went back; in the same few questions however many they are."""
    kept = Donation.objects.filter(donor=donor).with_status().filter(Q(net_pence__gt=0))
    first = Donation.objects.filter(pk__in=kept.values("pk")).order_by().values("fund").annotate(day=Min("received_on"))
    days = {each["fund"]: each["day"] for each in first}
    return what_was_paid_since({fund: days[fund.pk] for fund in Fund.objects.filter(pk__in=days).order_by("pk")})


def what_was_paid_since(days: Mapping[Fund, date]) -> list[Spent]:
    """What each fund has paid since its day, and has promised besides."""
    paid = balances.paid_since({fund.pk: day for fund, day in days.items()})
    spent = {
        fund.pk: Spent(fund, day, {purpose: (sum_of, NOTHING) for purpose, sum_of in paid[fund.pk]})
        for fund, day in days.items()
    }
    for fund, purpose, numbers in balances.by_purpose_and_fund():
        if fund.pk in spent and numbers.still_to_pay:
            known, _ = spent[fund.pk].purposes.get(purpose, (NOTHING, NOTHING))
            spent[fund.pk].purposes[purpose] = known, numbers.still_to_pay
    return list(spent.values())
