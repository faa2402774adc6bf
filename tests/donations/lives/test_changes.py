"""What a donor, the office or Stripe's dashboard changes about a regular gift: who, when, why, and one letter each."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from donations.actions import looking_after, renewing
from donations.exceptions import AmountIsOutside, NotADayForIt, PaymentsUnavailable, RegularGiftHasEnded
from donations.ledger.money import Money
from donations.models import Donation, RegularGift
from donations.models.regular_gift import Change, Ender, RegularState

pytestmark = pytest.mark.django_db


@pytest.fixture
def gift(life) -> RegularGift:
    """£10 every month, of which the first has come."""
    return life.begins("10")


def renew(life, gift):
    """The next month comes."""
    life.standin.renew(gift.subscription)
    life.hears()
    gift.refresh_from_db()


def after(life, gift):
    """The change is carried out, and Stripe's own news of it comes as well."""
    life.works()
    life.hears()
    gift.refresh_from_db()
    return gift.changes.latest("pk")


def test_another_amount_counts_from_the_next_payment_on(life, gift):
    renewing.change_amount(gift=gift, amount=Money(1500), asked_by=Ender.DONOR, because="A new job")
    change = after(life, gift)
    assert (change.kind, change.before, change.after) == (Change.AMOUNT, "£10", "£15")
    assert (change.asked_by, change.because, change.done_at is not None) == (Ender.DONOR, "A new job", True)
    assert gift.pence == 1500
    assert life.letters == ["receipt", "changed"]
    renew(life, gift)
    assert [donation.pence for donation in Donation.objects.order_by("pk")] == [1000, 1500]
    life.stands()


def test_an_amount_outside_the_appeals_limits_is_refused(life, gift):
    with pytest.raises(AmountIsOutside):
        renewing.change_amount(gift=gift, amount=Money(100), asked_by=Ender.DONOR)
    assert not gift.changes.exists()


def test_another_day_moves_the_next_payment_and_charges_nothing(life, gift, people):
    day = gift.next_on + timedelta(days=5)
    renewing.move_date(gift=gift, to=day, asked_by=Ender.STAFF, by=people.finance_officer, because="Payday")
    change = after(life, gift)
    assert (change.kind, change.by, gift.next_on) == (Change.DATE, people.finance_officer, day)
    assert gift.state == RegularState.ACTIVE
    assert Donation.objects.count() == 1
    assert life.letters == ["receipt", "changed"]
    renew(life, gift)
    assert Donation.objects.count() == 2
    assert gift.next_on > day, "the trial that moved it is over"
    assert gift.next_on.day == day.day or gift.next_on.day >= 28
    life.stands()


@pytest.mark.parametrize("days", [0, -1, 62])
def test_a_day_that_has_been_or_is_far_off_is_refused(life, gift, days):
    with pytest.raises(NotADayForIt):
        renewing.move_date(gift=gift, to=timezone.localdate() + timedelta(days=days), asked_by=Ender.DONOR)


def test_a_pause_takes_nothing_and_owes_nothing_until_its_day(life, gift):
    renewing.pause(gift=gift, months=2, asked_by=Ender.DONOR, because="Between jobs")
    change = after(life, gift)
    assert gift.state == RegularState.PAUSED
    assert gift.paused_until == renewing.months_after(timezone.localdate(), 2)
    assert (change.kind, change.because) == (Change.PAUSE, "Between jobs")
    assert life.letters == ["receipt", "paused"]
    renew(life, gift)
    assert Donation.objects.count() == 1
    life.standin.move_clock(63 * 86_400)
    life.hears()
    gift.refresh_from_db()
    assert gift.state == RegularState.ACTIVE
    life.stands()


@pytest.mark.parametrize("months", [0, 13])
def test_a_pause_is_from_one_to_twelve_months(life, gift, months):
    with pytest.raises(NotADayForIt):
        renewing.pause(gift=gift, months=months, asked_by=Ender.DONOR)


def test_resuming_ends_a_pause_now(life, gift):
    renewing.pause(gift=gift, months=12, asked_by=Ender.DONOR)
    after(life, gift)
    renewing.resume(gift=gift, asked_by=Ender.DONOR)
    change = after(life, gift)
    assert (gift.state, gift.paused_until, change.kind) == (RegularState.ACTIVE, None, Change.RESUME)
    assert life.letters == ["receipt", "paused", "changed"]
    renew(life, gift)
    assert Donation.objects.count() == 2
    life.stands()


def test_skipping_leaves_one_payment_out_and_the_next_comes(life, gift):
    renewing.skip(gift=gift, asked_by=Ender.DONOR)
    assert after(life, gift).kind == Change.SKIP
    assert life.letters == ["receipt", "paused"]
    assert "left out once" in mail.outbox[-1].body
    renew(life, gift)
    assert Donation.objects.count() == 1
    renew(life, gift)
    assert Donation.objects.count() == 2
    assert gift.state == RegularState.ACTIVE
    life.stands()


def test_a_donor_who_cancels_is_asked_for_nothing_more(life, gift):
    renewing.cancel(gift=gift, asked_by=Ender.DONOR, because="I am moving away")
    after(life, gift)
    assert (gift.state, gift.ended_by, gift.ended_because) == (RegularState.ENDED, Ender.DONOR, "I am moving away")
    assert gift.ended_at is not None
    assert life.standin.subscription(gift.subscription)["status"] == "canceled"
    assert life.letters == ["receipt", "ended"]
    life.stands()


def test_the_office_cancels_for_a_donor_and_is_named(life, gift, people):
    renewing.cancel(gift=gift, asked_by=Ender.STAFF, by=people.finance_officer, because="She telephoned")
    change = after(life, gift)
    assert (gift.ended_by, gift.ended_because, change.by) == (Ender.STAFF, "She telephoned", people.finance_officer)
    assert life.letters == ["receipt", "ended"]


def test_one_ended_in_stripes_dashboard_says_so(life, gift):
    life.standin.end_subscription(gift.subscription)
    life.hears()
    gift.refresh_from_db()
    assert (gift.state, gift.ended_by) == (RegularState.ENDED, Ender.STRIPE)
    assert gift.ended_because == "Ended in Stripe’s dashboard."
    assert life.letters == ["receipt", "ended"]


def test_what_has_ended_stays_ended_whatever_comes_late(life, gift):
    earlier = life.standin.events_of("customer.subscription.updated")
    life.standin.end_subscription(gift.subscription)
    life.hears()
    life.hears(earlier)
    gift.refresh_from_db()
    assert gift.state == RegularState.ENDED
    with pytest.raises(RegularGiftHasEnded):
        renewing.pause(gift=gift, months=1, asked_by=Ender.DONOR)


def test_a_change_that_comes_too_late_for_stripe_is_left_undone_without_an_error(life, gift):
    renewing.change_amount(gift=gift, amount=Money(1500), asked_by=Ender.DONOR)
    life.standin.end_subscription(gift.subscription)
    change = after(life, gift)
    assert change.done_at is None
    assert gift.state == RegularState.ENDED
    assert life.letters == ["receipt", "ended"]
    life.standin.forgive()


def test_a_change_asked_while_stripe_is_away_waits_and_is_made_once(life, gift):
    renewing.change_amount(gift=gift, amount=Money(1500), asked_by=Ender.DONOR)
    change = gift.changes.get()
    life.standin.trouble(after=True, final=True)
    with pytest.raises(PaymentsUnavailable):
        renewing.carry_out(change_id=change.pk)
    after(life, gift)
    after(life, gift)
    assert gift.pence == 1500
    assert life.letters == ["receipt", "changed"]


# ---- cards and mandates that end


def test_a_card_about_to_expire_is_told_of_once(life):
    gift = life.begins("10", card="expiring")
    assert gift.card_expires_on is not None
    assert looking_after.tell_of_expiring_cards() == 1
    looking_after.tell_of_expiring_cards()
    life.works()
    assert life.letters == ["receipt", "card_expiring"]
    assert f"{gift.card_expires_on:%B %Y}" in mail.outbox[1].body


def test_a_card_that_is_good_for_long_is_not_spoken_of(life, gift):
    assert looking_after.tell_of_expiring_cards() == 0


def test_a_mandate_that_the_donor_ended_at_her_bank_brings_one_letter(life):
    gift = life.begins("10", card="bacs")
    life.standin.settle_bacs(life.intent(gift.pledge))
    life.hears()
    mandate = life.standin.account.store.every("mandate")[0]["id"]
    life.standin.end_mandate(mandate)
    event = life.news()[-1]
    life.hears()
    life.hears([{**event, "id": "evt_the_same_again"}])
    assert life.letters == ["pending", "receipt", "mandate_ended"]
    assert "/donate/mend/" in mail.outbox[-1].body
