"""A champion doubles gifts: nobody is promised what somebody else was, and what is not used goes back once."""

import random
from collections import Counter
from datetime import date, timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils import timezone

from donations.actions import looking_after, matching, pledging
from donations.ledger.money import NOTHING, Money, pounds
from donations.models import Appeal, Match, MatchedGift, Pledge
from donations.models.match import MatchState
from donations.models.pledge import Every, PledgeState
from tests.factories import payments
from tests.grants.at_once import at_once
from tests.walks.postman import carry_the_post, payment_pages, stripe_away, work_through_the_jobs


def a_match(appeal: Appeal, amount: str = "1000", **more: object) -> Match:
    """A local family that doubles gifts."""
    pence = pounds(amount).pence
    facts = {"champion": "a local family", "opens_on": date(2020, 1, 1), **more}
    return Match.objects.create(appeal=appeal, pence=pence, available_pence=pence, **facts)


def promise(appeal: Appeal, amount: str = "25", *, fee_cover: int = 0, every: Every = Every.ONCE) -> Pledge:
    """What a donor asks to give."""
    pledge = payments.pledge(appeal, pounds(amount).pence + fee_cover, every=every)
    Pledge.objects.filter(pk=pledge.pk).update(fee_cover_pence=fee_cover)
    pledge.refresh_from_db()
    matching.hold(pledge=pledge)
    return pledge


def stands(match: Match) -> tuple[str, str]:
    """What is left of it and what is promised; the two come to the whole, and to what its gifts say."""
    match.refresh_from_db()
    gifts = match.gifts.exclude(state=MatchState.RELEASED).aggregate(sum=Sum("pence"))["sum"] or 0
    assert match.available_pence + match.promised_pence == match.pence
    assert match.promised_pence == gifts
    return str(match.available), str(match.promised)


# ---- held, used, given back


@pytest.mark.django_db
def test_a_gift_is_doubled_from_the_pledge_to_the_day_it_arrives(nurse_appeal):
    match = a_match(nurse_appeal)
    pledge = promise(nurse_appeal, "25")
    assert pledge.matched.amount == pounds("25")
    assert stands(match) == ("£975", "£25")
    assert matching.champion_of(nurse_appeal).available == pounds("975")
    payments.payment(pledge)
    pledge.matched.refresh_from_db()
    assert pledge.matched.state == MatchState.USED
    assert stands(match) == ("£975", "£25")


@pytest.mark.django_db
def test_without_a_match_nothing_is_promised(nurse_appeal):
    pledge = promise(nurse_appeal)
    assert not hasattr(pledge, "matched")
    assert matching.champion_of(nurse_appeal) is None
    assert matching.would_double(nurse_appeal, pounds("25"), None) == NOTHING
    assert matching.use(pledge=pledge) is None
    assert matching.release(pledge=pledge) is False


@pytest.mark.django_db
def test_the_last_of_a_match_doubles_a_part(nurse_appeal):
    match = a_match(nurse_appeal, "30")
    assert promise(nurse_appeal, "25").matched.amount == pounds("25")
    assert promise(nurse_appeal, "25").matched.amount == pounds("5")
    assert not hasattr(promise(nurse_appeal, "25"), "matched")
    assert stands(match) == ("£0", "£30")


@pytest.mark.django_db
def test_the_oldest_open_match_goes_first_then_the_next(nurse_appeal):
    tomorrow, yesterday = date.today() + timedelta(days=1), date.today() - timedelta(days=1)
    a_match(nurse_appeal, "500", opens_on=tomorrow, champion="not yet")
    a_match(nurse_appeal, "500", closes_on=yesterday, champion="no more")
    younger = a_match(nurse_appeal, "100", opens_on=date(2024, 1, 1), champion="the harbour")
    older = a_match(nurse_appeal, "25", opens_on=date(2023, 1, 1), champion="the lighthouse")
    assert [promise(nurse_appeal).matched.match for _ in range(2)] == [older, younger]


@pytest.mark.django_db
def test_what_covers_the_card_fee_is_not_doubled(nurse_appeal):
    a_match(nurse_appeal)
    assert promise(nurse_appeal, "25", fee_cover=55).matched.amount == pounds("25")


@pytest.mark.django_db
def test_a_donor_who_leaves_gives_the_match_back_once(nurse_appeal):
    match = a_match(nurse_appeal)
    pledge = promise(nurse_appeal)
    for _ in range(3):
        pledging.lapse(reference=pledge.reference)
        matching.release(pledge=pledge)
    assert stands(match) == ("£1,000", "£0")
    assert pledge.matched.match.gifts.get().state == MatchState.RELEASED


@pytest.mark.django_db
def test_news_of_a_closed_page_after_the_gift_changes_nothing(nurse_appeal):
    match = a_match(nurse_appeal)
    pledge = promise(nurse_appeal)
    payments.payment(pledge)
    pledging.lapse(reference=pledge.reference)
    assert stands(match) == ("£975", "£25")
    assert MatchedGift.objects.get().state == MatchState.USED


@pytest.mark.django_db
def test_a_debit_that_fails_gives_the_match_back(nurse_appeal):
    match = a_match(nurse_appeal)
    pledge = promise(nurse_appeal)
    payments.payment(pledge, status="requires_payment_method", method="bacs_debit")
    assert stands(match) == ("£1,000", "£0")


@pytest.mark.django_db
@pytest.mark.parametrize("before", ["processing", "requires_action"])
def test_a_payment_that_is_cancelled_gives_the_match_back(nurse_appeal, before):
    match = a_match(nurse_appeal)
    pledge = promise(nurse_appeal)
    kept = payments.payment(pledge, status=before, method="bacs_debit")
    payments.payment(pledge, status="canceled", method="bacs_debit", of=kept)
    assert stands(match) == ("£1,000", "£0")
    pledge.refresh_from_db()
    assert pledge.state == PledgeState.LEFT
    told = list(kept.letters.order_by("pk").values_list("kind", flat=True))
    assert told == (["pending", "failed"] if before == "processing" else [])


@pytest.mark.django_db
def test_a_gift_that_was_refunded_as_a_whole_was_no_gift_and_its_share_doubles_another(nurse_appeal):
    match = a_match(nurse_appeal, "25")
    pledge = promise(nurse_appeal)
    gift = payments.payment(pledge).donation
    payments.refund(gift, 1000)
    assert stands(match) == ("£0", "£25"), "of a part that is left all stays doubled"
    payments.refund(gift, 1500)
    assert stands(match) == ("£25", "£0")
    payments.refund(gift, 1500, known=gift.refunds.order_by("pk").last())
    assert stands(match) == ("£25", "£0"), "news that comes twice gives back once"
    assert promise(nurse_appeal).matched.amount == pounds("25")


@pytest.mark.django_db
def test_of_a_match_that_has_closed_nothing_comes_back(nurse_appeal):
    match = a_match(nurse_appeal)
    gift = payments.payment(promise(nurse_appeal)).donation
    Match.objects.filter(pk=match.pk).update(closes_on=timezone.localdate() - timedelta(days=1))
    payments.refund(gift)
    assert stands(match) == ("£975", "£25")


@pytest.mark.django_db
def test_a_refund_that_fails_lets_the_gift_be_doubled_again_if_that_is_still_there(nurse_appeal):
    match = a_match(nurse_appeal, "25")
    gift = payments.payment(promise(nurse_appeal)).donation
    refund = payments.refund(gift)
    payments.refund(gift, known=refund, status="failed")
    assert stands(match) == ("£0", "£25")
    refund = payments.refund(gift)
    promise(nurse_appeal)
    payments.refund(gift, known=refund, status="failed")
    assert MatchedGift.objects.get(pledge=gift.pledge).state == MatchState.RELEASED
    assert stands(match) == ("£0", "£25"), "somebody else has been promised it"


@pytest.mark.django_db
def test_a_failed_refund_that_is_heard_of_again_after_a_real_one_promises_nothing(nurse_appeal):
    match = a_match(nurse_appeal, "25")
    gift = payments.payment(promise(nurse_appeal)).donation
    failed = payments.refund(gift)
    payments.refund(gift, known=failed, status="failed")
    payments.refund(gift)
    failed.refresh_from_db()
    payments.refund(gift, known=failed, status="failed")
    assert stands(match) == ("£25", "£0")


@pytest.mark.django_db
def test_a_gift_that_was_lost_in_a_dispute_gives_its_share_back_once_that_is_decided(nurse_appeal):
    match = a_match(nurse_appeal)
    gift = payments.payment(promise(nurse_appeal)).donation
    payments.dispute(gift)
    assert stands(match) == ("£975", "£25"), "the donor may still win"
    other = payments.payment(promise(nurse_appeal)).donation
    payments.dispute(other, status="lost")
    assert stands(match) == ("£975", "£25")


@pytest.mark.django_db
def test_a_refunded_gift_without_a_match_and_a_renewal_change_no_match(nurse_appeal):
    match = a_match(nurse_appeal)
    payments.refund(payments.gift(nurse_appeal))
    payments.refund(payments.payment(payments.regular_gift(nurse_appeal)).donation)
    assert stands(match) == ("£1,000", "£0")


@pytest.mark.django_db
def test_a_payment_after_its_hold_was_given_back_gets_it_again_if_it_is_there(nurse_appeal):
    match = a_match(nurse_appeal, "40")
    late, too_late = promise(nurse_appeal, "25"), None
    pledging.lapse(reference=late.reference)
    payments.payment(late)
    assert MatchedGift.objects.get(pledge=late).state == MatchState.USED
    too_late = promise(nurse_appeal, "15")
    pledging.lapse(reference=too_late.reference)
    promise(nurse_appeal, "15")
    payments.payment(too_late)
    assert MatchedGift.objects.get(pledge=too_late).state == MatchState.RELEASED, "the gift stands, unmatched"
    assert too_late.donation.pence == 1500
    assert stands(match) == ("£0", "£40")


@pytest.mark.django_db
def test_of_a_monthly_gift_the_first_payment_is_doubled(nurse_appeal):
    match = a_match(nurse_appeal)
    gift = payments.regular_gift(nurse_appeal, 1000)
    matching.hold(pledge=gift.pledge)
    payments.payment(gift.pledge)
    for _ in range(2):
        payments.payment(gift)
    assert stands(match) == ("£990", "£10")


@pytest.mark.django_db
def test_a_match_is_raised_and_never_lowered_below_what_is_promised(nurse_appeal):
    match = a_match(nurse_appeal, "100")
    promise(nurse_appeal, "25")
    assert matching.change(match=match, amount=pounds("250"))
    assert stands(match) == ("£225", "£25")
    assert not matching.change(match=match, amount=Money(2499))
    assert matching.change(match=match, amount=pounds("25"))
    assert stands(match) == ("£0", "£25")


# ---- what the database refuses


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("wrong", [{"available_pence": 90_000}, {"pence": 200_000}, {"promised_pence": 10_000}])
def test_a_match_whose_parts_are_not_the_whole_is_refused(nurse_appeal, wrong):
    match = a_match(nurse_appeal)
    with pytest.raises(IntegrityError, match="together the whole match"):
        Match.objects.filter(pk=match.pk).update(**wrong)


@pytest.mark.django_db
def test_a_promise_is_not_deleted_and_not_made_larger(nurse_appeal):
    a_match(nurse_appeal)
    promised = promise(nurse_appeal).matched
    for deed in (
        lambda: MatchedGift.objects.filter(pk=promised.pk).update(pence=1),
        lambda: MatchedGift.objects.filter(pk=promised.pk).delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            deed()


@pytest.mark.django_db
def test_what_a_gift_was_doubled_by_stands_while_any_of_the_gift_does(nurse_appeal):
    a_match(nurse_appeal)
    gift = payments.payment(promise(nurse_appeal)).donation
    payments.refund(gift, 2499)
    used = MatchedGift.objects.filter(pledge=gift.pledge)
    with pytest.raises(IntegrityError, match="unless all of the gift went back"), transaction.atomic():
        used.update(state=MatchState.RELEASED)


# ---- many at once


@pytest.mark.django_db(transaction=True)
def test_two_hundred_gifts_of_25_pounds_at_once_against_a_match_of_1000(nurse_appeal):
    match = a_match(nurse_appeal, "1000")
    pledges = [payments.pledge(nurse_appeal, 2500) for _ in range(200)]
    answers = []
    for batch in range(0, 200, 50):  # the server of the tests has 100 connections
        answers += at_once([partial(matching.hold, pledge=each) for each in pledges[batch : batch + 50]])
    assert Counter(type(answer) for answer in answers) == {MatchedGift: 40, type(None): 160}
    assert {answer.pence for answer in answers if answer} == {2500}
    assert stands(match) == ("£0", "£1,000")

    promised = [answer.pledge for answer in answers if answer]
    left = promised[:10] * 5  # told five times each, all at once
    given_back = at_once([partial(matching.release, pledge=each) for each in left])
    assert Counter(given_back) == {True: 10, False: 40}
    assert stands(match) == ("£250", "£750")
    after = at_once([partial(matching.hold, pledge=payments.pledge(nurse_appeal, 2500)) for _ in range(20)])
    assert Counter(type(answer) for answer in after) == {MatchedGift: 10, type(None): 10}
    assert stands(match) == ("£0", "£1,000")


@pytest.mark.django_db(transaction=True)
def test_two_hundred_forms_at_once_are_promised_exactly_the_match(nurse_appeal):
    match = a_match(nurse_appeal, "1000")

    def give(number: int) -> Pledge:
        return pledging.make_pledge(
            appeal=nurse_appeal, amount=pounds("25"), name="Ada Periwinkle", email=f"ada{number}@example.org",
            token=uuid4(),
        )  # fmt: skip

    pledges = []
    for batch in range(4):
        pledges += at_once([partial(give, batch * 50 + number) for number in range(50)])
    assert {type(each) for each in pledges} == {Pledge}
    assert sum(hasattr(each, "matched") for each in pledges) == 40
    assert stands(match) == ("£0", "£1,000")


@pytest.mark.django_db(transaction=True)
def test_whatever_happens_in_whatever_order_the_parts_are_the_whole(nurse_appeal):
    chance = random.Random(4)
    match = a_match(nurse_appeal, "300")
    pledges = [payments.pledge(nurse_appeal, chance.choice([500, 1700, 2500])) for _ in range(60)]

    def live(number: int) -> None:
        """Promise five gifts, as only the making of a pledge does; and be told things about any of the sixty."""
        mine = random.Random(number)
        for own in pledges[number * 5 : number * 5 + 5]:
            matching.hold(pledge=own)
            for pledge in mine.sample(pledges, 6):
                mine.choice([matching.release, matching.release, matching.use])(pledge=pledge)

    assert at_once([partial(live, number) for number in range(12)]) == [None] * 12
    stands(match)


# ---- with Stripe


def form(**changed: str) -> dict[str, str]:
    """A form rightly filled in."""
    typed = {"every": "once", "choice": "2500", "name": "Ada Periwinkle", "email": "ada@example.org", "gift_aid": "no"}
    return {**typed, "token": str(uuid4()), **changed}


@pytest.mark.django_db(transaction=True)
def test_a_matched_gifts_page_closes_in_time_for_the_match_to_go_back(client, nurse_appeal, standin):
    match = a_match(nurse_appeal)
    client.post("/donate/nurse/at-once/", form())
    pledge = Pledge.objects.get()
    session = standin.account.need(pledge.checkout_session, "checkout.session")
    assert session["expires_at"] == int((pledge.created_at + matching.HELD_FOR).timestamp())
    assert stands(match) == ("£975", "£25")


@pytest.mark.django_db(transaction=True)
def test_what_is_held_for_a_form_that_stripe_never_answered_goes_back(client, nurse_appeal):
    match = a_match(nurse_appeal)
    assert client.post("/donate/nurse/at-once/", form()).status_code == 503  # nobody answers at that address
    assert stands(match) == ("£975", "£25")
    assert looking_after.give_back_what_was_left() == 0
    MatchedGift.objects.update(held_at=timezone.now() - matching.LEFT_AFTER)
    assert looking_after.give_back_what_was_left() == 1
    assert stands(match) == ("£1,000", "£0")
    assert Pledge.objects.get().state == PledgeState.LEFT


def six_minutes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """By our clock; the stand-in keeps its own, as Stripe does."""
    then = timezone.now() + timedelta(minutes=6)
    monkeypatch.setattr("donations.actions.matching.timezone.now", lambda: then)


@pytest.mark.django_db(transaction=True)
def test_a_form_whose_answer_was_lost_at_stripe_leads_to_the_same_page_six_minutes_later(
    client, nurse_appeal, standin, monkeypatch
):
    a_match(nurse_appeal)
    client.post("/donate/nurse/at-once/", form(email="ben@example.org"))  # the appeal is known at Stripe from here on
    answers = form()
    standin.trouble(after=True, final=True)
    assert client.post("/donate/nurse/at-once/", answers).status_code == 503
    six_minutes_on(monkeypatch)
    assert client.post("/donate/nurse/at-once/", answers).status_code == 302
    assert payment_pages(standin) == 2


@pytest.mark.django_db(transaction=True)
def test_a_form_that_never_reached_stripe_gets_a_page_that_is_open_long_enough(
    client, nurse_appeal, standin, monkeypatch
):
    a_match(nurse_appeal)
    answers = form()
    with stripe_away(standin, asked_by="POST"):
        assert client.post("/donate/nurse/at-once/", answers).status_code == 503
    six_minutes_on(monkeypatch)
    assert client.post("/donate/nurse/at-once/", answers).status_code == 302
    pledge = Pledge.objects.get()
    session = standin.account.need(pledge.checkout_session, "checkout.session")
    assert session["expires_at"] == int((pledge.created_at + timedelta(minutes=41)).timestamp())


@pytest.mark.django_db(transaction=True)
def test_a_donor_who_leaves_stripes_page_gives_the_match_back(client, nurse_appeal, standin):
    match = a_match(nurse_appeal)
    client.post("/donate/nurse/at-once/", form())
    standin.expire(Pledge.objects.get().checkout_session)
    carry_the_post(standin, client)
    work_through_the_jobs()
    assert stands(match) == ("£1,000", "£0")


@pytest.mark.django_db(transaction=True)
def test_a_hold_ends_with_its_page_although_nobody_told_us(client, nurse_appeal, standin):
    match = a_match(nurse_appeal)
    client.post("/donate/nurse/at-once/", form())
    standin.move_clock(int(matching.LEFT_AFTER.total_seconds()))
    MatchedGift.objects.update(held_at=timezone.now() - matching.LEFT_AFTER)
    assert looking_after.give_back_what_was_left() == 1
    assert stands(match) == ("£1,000", "£0")
