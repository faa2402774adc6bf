"""A regular gift: it begins, goes on month after month or year after year, and each payment is a gift of its own."""

from datetime import timedelta

import pytest
from django.utils import timezone

from donations.models import Donation, Payment, Pledge, RegularGift
from donations.models.pledge import PledgeState
from donations.models.regular_gift import RegularState

pytestmark = pytest.mark.django_db
PERIODS = {"month": timedelta(days=27), "year": timedelta(days=364)}


@pytest.mark.parametrize("every", ["month", "year"])
def test_three_periods_by_card_are_three_gifts_three_entries_and_three_receipts(life, every):
    gift = life.begins("10", every=every)
    for _ in range(2):
        life.standin.renew(gift.subscription)
        life.hears()
    gift.refresh_from_db()
    assert (gift.state, gift.every) == (RegularState.ACTIVE, every)
    assert gift.next_on - gift.began_on >= 3 * PERIODS[every]
    assert [donation.pence for donation in Donation.objects.filter(regular_gift=gift)] == [1000] * 3
    assert life.entries() == [("gift", 1000), ("fee", -35)] * 3
    assert life.letters == ["receipt"] * 3
    assert Pledge.objects.get().state == PledgeState.GIVEN
    life.stands()


@pytest.mark.parametrize("every", ["month", "year"])
def test_three_periods_by_direct_debit_are_thanked_for_when_the_money_is_there(life, every):
    gift = life.begins("10", every=every, card="bacs")
    assert gift.state == RegularState.STARTING
    assert life.letters == ["pending"]
    _settle(life, gift)
    for _ in range(2):
        life.standin.renew(gift.subscription)
        life.hears()
        _settle(life, gift)
    gift.refresh_from_db()
    assert gift.state == RegularState.ACTIVE
    assert life.entries() == [("gift", 1000), ("fee", -20)] * 3
    assert life.letters == ["pending", "receipt", "receipt", "receipt"], "only the first debit is announced"
    life.stands()


def _settle(life, gift: RegularGift) -> None:
    life.standin.settle_bacs(Payment.objects.filter(regular_gift=gift).latest("pk").payment_intent)
    life.hears()


def test_three_months_of_the_clock_bring_three_gifts(life):
    gift = life.begins("10")
    for _ in range(2):
        life.standin.move_clock(31 * 86_400)
        life.hears()
    assert Donation.objects.filter(regular_gift=gift).count() == 3
    assert {donation.received_on for donation in Donation.objects.all()} == {timezone.localdate()}, "never tomorrow"
    life.stands()


def test_only_the_first_payment_is_that_of_the_pledge(life):
    gift = life.begins("10")
    life.standin.renew(gift.subscription)
    life.hears()
    assert Donation.objects.filter(pledge=gift.pledge).count() == 1
    assert Donation.objects.filter(pledge=None, regular_gift=gift).count() == 1
    assert not Donation.objects.exclude(note="").exists()


def test_an_appeal_that_points_elsewhere_later_leaves_a_regular_gift_where_it_was(life, nurse_appeal, general):
    gift = life.begins("10")
    nurses = nurse_appeal.fund
    nurse_appeal.fund = general
    nurse_appeal.purpose = general.purposes.get(code="any")
    nurse_appeal.save()
    life.standin.renew(gift.subscription)
    life.hears()
    assert {donation.fund for donation in Donation.objects.all()} == {nurses}
    life.stands()


def test_a_first_debit_that_comes_back_leaves_the_pledge_and_writes_kindly(life):
    gift = life.begins("10", card="bacs")
    life.standin.fail_bacs(life.intent(gift.pledge))
    life.hears()
    gift.refresh_from_db()
    gift.pledge.refresh_from_db()
    assert (gift.state, gift.pledge.state) == (RegularState.FAILING, PledgeState.LEFT)
    assert life.letters == ["pending", "failed"]
    life.standin.retry(gift.subscription)
    life.hears()
    _settle(life, gift)
    gift.refresh_from_db()
    gift.pledge.refresh_from_db()
    assert (gift.state, gift.pledge.state) == (RegularState.ACTIVE, PledgeState.GIVEN)
    assert life.letters == ["pending", "failed", "receipt"]
    life.stands()
