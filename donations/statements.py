"""What one donor gave in one tax year, as their statement says it.

The ledger's totals name no donors, so this one sum is made from the donations, each net of what went back.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from donations.ledger.money import NOTHING, Money
from donations.models import Donation, Donor
from donations.models.donation import DonationQuerySet, Method


@dataclass(frozen=True)
class TaxYear:
    """A British tax year: from 6 April to the next 5 April, named by the year in which it ends."""

    ending: int

    @property
    def first(self) -> date:
        """6 April."""
        return date(self.ending - 1, 4, 6)

    @property
    def last(self) -> date:
        """5 April."""
        return date(self.ending, 4, 5)

    def is_over(self, on: date) -> bool:
        """Whether no gift of that year can come any more."""
        return on > self.last

    def __str__(self) -> str:
        return f"{self.ending - 1}–{self.ending % 100:02}"


def last_year_over(on: date) -> TaxYear:
    """The newest tax year that is over on that day."""
    this = TaxYear(on.year)
    return this if this.is_over(on) else TaxYear(on.year - 1)


@dataclass(frozen=True)
class Given:
    """One gift of a statement."""

    day: date
    to: str
    method: str
    reference: str
    amount: Money
    gift_aid: Money | None
    fee_cover: Money = NOTHING  # of the amount, what covers a card’s fee: no Gift Aid is claimed on it


@dataclass(frozen=True)
class Statement:
    """All gifts of one donor in one tax year."""

    donor_name: str
    year: TaxYear
    gifts: tuple[Given, ...]

    @property
    def total(self) -> Money:
        """What was given, without what went back."""
        return sum((each.amount for each in self.gifts), NOTHING)

    @property
    def gift_aid(self) -> Money:
        """What Gift Aid adds to it."""
        return sum((each.gift_aid for each in self.gifts if each.gift_aid), NOTHING)

    @property
    def with_gift_aid(self) -> Money:
        """What of it was given under Gift Aid: the figure that a tax return asks for."""
        return sum((each.amount - each.fee_cover for each in self.gifts if each.gift_aid is not None), NOTHING)


def gifts_of(year: TaxYear) -> DonationQuerySet:
    """The gifts that statements of that year are about: what HMRC pays back, and what nobody is named for, is none."""
    received = Donation.objects.received_between(year.first, year.last)
    return received.filter(donor__isnull=False).exclude(method=Method.GIFT_AID)


def donors_of(year: TaxYear) -> "QuerySet[Donor]":
    """Who gave in that year, and was not given all of it back."""
    left = gifts_of(year).with_status().filter(Q(net_pence__gt=0))
    return Donor.objects.filter(pk__in=left.order_by().values("donor"))


def statement(donor: Donor, *, year_ending: int) -> Statement:
    """One donor's statement. What went back in full is left out."""
    year = TaxYear(year_ending)
    left = gifts_of(year).filter(donor=donor).with_status().filter(Q(net_pence__gt=0))
    gifts = left.select_related("appeal", "fund", "declaration").order_by("received_on", "pk")
    return Statement(donor_name=donor.name, year=year, gifts=tuple(_told(each) for each in gifts))


def _told(gift: Donation) -> Given:
    net = int(gift.net_pence)  # type: ignore[attr-defined] # annotated
    claimed = max(net - gift.fee_cover_pence, 0) * 25 // 100
    return Given(
        day=gift.received_on,
        to=gift.appeal.name if gift.appeal else gift.fund.name,
        method=gift.get_method_display(),
        reference=gift.reference,
        amount=Money(net),
        gift_aid=Money(claimed) if gift.gift_aid is not None else None,
        fee_cover=min(gift.fee_cover, Money(net)),
    )
