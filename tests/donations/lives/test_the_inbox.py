"""The inbox: what comes is kept once, obeyed once, tried again with growing delay, and never dropped."""

import json
import logging
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from almoner.kit import jobs
from donations import outbox
from donations.actions import looking_after, obeying
from donations.exceptions import DonationsError, PaymentsUnavailable
from donations.models import Donation, Letter, StripeEvent
from stripe_standin.specification import LIBRARY

pytestmark = pytest.mark.django_db
EXAMPLES = Path(__file__).resolve().parents[4] / "shared" / "data" / "stripe" / "events"
examples = sorted(EXAMPLES.glob("*.json"))
if not examples:
    examples = [
        pytest.param(None, marks=pytest.mark.skip(reason="the example events lie beside the project, if at all"))
    ]


@pytest.fixture
def paid(life):
    """A pledge that was paid, and of which we have not heard."""
    pledge = life.asks("25")
    life.standin.pay(pledge.checkout_session)
    return pledge


def event_of(life, kind: str):
    """The last event of a kind."""
    return life.standin.events_of(kind)[-1]


# ---- what is refused


@pytest.mark.parametrize("off", [-301, 302], ids=["301 seconds old", "ahead of us"])
def test_a_message_of_another_time_is_refused_and_not_stored(life, paid, off):
    signed = life.standin.signed(event_of(life, "payment_intent.succeeded"), at=int(time.time()) + off)
    assert life.status_of(*signed) == 400
    assert not StripeEvent.objects.exists()


def test_another_secret_a_changed_body_and_no_header_are_refused_and_not_stored(life, paid):
    event = event_of(life, "payment_intent.succeeded")
    body, signature = life.standin.signed(event)
    assert life.status_of(*life.standin.signed(event, secret="whsec_somebody_elses")) == 400
    assert life.status_of(body.replace(b"2500", b"9500"), signature) == 400
    assert life.status_of(body, "") == 400
    assert not StripeEvent.objects.exists()


def test_a_live_message_to_a_test_site_is_refused_and_logged(life, paid, caplog):
    event = event_of(life, "payment_intent.succeeded") | {"livemode": True}
    with caplog.at_level(logging.WARNING):
        assert life.status_of(*life.standin.signed(event)) == 400
    assert "WrongMode" in caplog.text
    assert not StripeEvent.objects.exists()


# ---- what is kept


@pytest.mark.parametrize("example", examples, ids=lambda path: path.stem if path else "")
def test_each_example_is_taken_whatever_optional_field_is_null(life, example):
    told = json.loads(example.read_text(encoding="utf-8"))
    shape = LIBRARY.need(told["data"]["object"]["object"])
    nullable = [name for name, field in shape.fields.items() if not list(field.shape.faults(None, name, False))]
    variants = [told] + [
        told | {"id": f"{told['id']}_{name}", "data": told["data"] | {"object": told["data"]["object"] | {name: None}}}
        for name in nullable
        if name in told["data"]["object"]
    ]
    assert len(variants) > 1
    for variant in variants:
        assert life.status_of(*life.standin.signed(variant)) == 200
    assert StripeEvent.objects.count() == len(variants)
    life.works()
    assert not StripeEvent.objects.filter(handled_at=None).exists()
    assert not StripeEvent.objects.exclude(error="").exists()
    assert set(StripeEvent.objects.values_list("outcome", flat=True)) != {""}


def test_a_kind_and_a_thing_that_nobody_has_heard_of_are_kept_and_flagged(life, paid):
    event = event_of(life, "payment_intent.succeeded")
    life.hears(
        [
            event | {"id": "evt_1", "type": "teapot.boiled"},
            event | {"id": "evt_2", "data": {"object": {"id": "pi_nowhere", "object": "payment_intent"}}},
            event | {"id": "evt_3", "type": "customer.created"},
        ]
    )
    flagged = StripeEvent.objects.filter(flagged=True).values_list("event_id", flat=True)
    assert set(flagged) == {"evt_1", "evt_2"}
    assert not StripeEvent.objects.filter(handled_at=None).exists()


KINDS_WE_READ = {
    "payment_intent": "payment_intent.succeeded",
    "charge": "charge.updated",
    "refund": "refund.created",
    "dispute": "charge.dispute.created",
    "payout": "payout.paid",
    "invoice": "invoice.paid",
    "subscription": "customer.subscription.updated",
    "checkout.session": "checkout.session.completed",
}


@pytest.mark.parametrize("kind", KINDS_WE_READ)
def test_whatever_optional_field_stripe_leaves_null_in_its_answer_the_event_is_obeyed(life, kind):
    gift = life.begins("10")
    first = life.standin.account.store.every("charge")[0]
    life.standin.refund(first, 100)
    life.gives("250", name="Cora Whelk")
    life.standin.open_dispute(life.intent(life.gives("25")))
    life.standin.renew(gift.subscription)
    life.standin.move_clock(4 * 86_400)
    life.standin.payout_arrives(life.standin.pay_out())
    life.hears()
    life.stands()
    whole = life.standin.account.store.every(kind)[0]
    shape = LIBRARY.need(kind)
    nullable = [name for name, field in shape.fields.items() if not list(field.shape.faults(None, name, False))]
    nullable = [name for name in nullable if whole.get(name) is not None]
    assert nullable
    for name in nullable:
        life.standin.account.store.put(whole | {name: None})
        try:
            obeying.HANDLERS[KINDS_WE_READ[kind]](whole["id"])
        except DonationsError:  # a fact: kept, or tried again
            continue
    life.standin.account.store.put(whole)
    life.stands()


# ---- thin events


def test_thin_events_lead_the_same_way(life, paid):
    life.hears(thin=True)
    assert Donation.objects.get().pence == 2500
    assert StripeEvent.objects.filter(thin=True).count() == StripeEvent.objects.count() > 0
    assert life.letters == ["receipt"]
    life.stands()


def test_thin_and_snapshot_of_the_same_news_are_one_gift(life, paid):
    news = life.news()
    life.hears(news, thin=True)
    life.hears(news)
    assert life.letters == ["receipt"]
    life.stands()


# ---- one job for all that is new


def waiting() -> list[str]:
    """The names of the jobs that wait, in the order in which they begin."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name FROM procrastinate_jobs WHERE status = 'todo' ORDER BY priority DESC, id")
        return [name for (name,) in cursor.fetchall()]


def test_all_that_is_new_waits_for_one_job_which_comes_before_the_post(life, paid):
    outbox.have_them_sent()
    life.brings(life.news())
    assert StripeEvent.objects.filter(handled_at=None).count() > 1
    assert waiting() == ["donations.obey_what_waits", "donations.send_what_waits"]


def test_what_is_about_one_payment_is_given_to_one_worker_and_another_gets_the_next(life, paid):
    later = life.asks("40", name="Cora Whelk")
    life.standin.pay(later.checkout_session)
    first, *more = life.news()
    life.brings([first, *more[:-1]])
    mine = obeying.claim_new()
    assert len(mine) > 1
    assert {about for *_, about in mine} == {StripeEvent.objects.earliest("pk").about}
    life.brings([first | {"id": "evt_late"}])
    others = obeying.claim_new()
    assert others
    assert {about for *_, about in others}.isdisjoint({about for *_, about in mine})
    assert obeying.claim_new() == []
    StripeEvent.objects.exclude(event_id="evt_late").update(handled_at=timezone.now())
    assert [StripeEvent.objects.get(pk=event).event_id for event, *_ in obeying.claim_new()] == ["evt_late"]


def test_one_event_that_fails_gets_a_job_of_its_own_and_the_others_are_obeyed(life, paid, monkeypatch):
    def breaks(_: str) -> str:
        raise ZeroDivisionError("a fault of ours")

    life.brings(life.news())
    with monkeypatch.context() as broken:
        broken.setitem(obeying.HANDLERS, "payment_intent.succeeded", breaks)
        obeying.obey_what_waits()
    failed = StripeEvent.objects.get(handled_at=None)
    assert (failed.kind, failed.attempts, failed.claimed_at) == ("payment_intent.succeeded", 1, None)
    assert failed.error == "ZeroDivisionError: a fault of ours"
    assert failed.pk in jobs.next_tries("donations.obey_event", "event")
    outbox.have_them_sent()
    assert waiting().index("donations.obey_event") < waiting().index("donations.send_what_waits")
    assert obeying.obey_what_waits() == 0, "it is tried by its own job, and not as often as anything comes"
    life.works()
    failed.refresh_from_db()
    assert failed.handled_at is not None
    life.stands()


def test_a_worker_that_finds_more_than_one_thing_calls_another_to_help(life, paid):
    life.brings(life.news())
    take_the_jobs()
    obeying.obey_what_waits()
    assert "donations.obey_what_waits" not in waiting(), "one gift is work for one"
    for name in ("Cora Whelk", "Elis Dulse"):
        life.standin.pay(life.asks("40", name=name).checkout_session)
    life.brings(life.news())
    take_the_jobs()
    obeying.obey_what_waits()
    assert waiting().count("donations.obey_what_waits") == 1


def take_the_jobs() -> None:
    """A worker has begun with all that waited."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def test_a_job_whose_turn_is_over_leaves_the_rest_to_the_next(life, paid, monkeypatch):
    later = life.asks("40", name="Cora Whelk")
    life.standin.pay(later.checkout_session)
    life.brings(life.news())
    take_the_jobs()
    monkeypatch.setattr(obeying, "TURN", -1)
    obeying.obey_what_waits()
    assert Donation.objects.count() == 1
    assert waiting().count("donations.obey_what_waits") == 1
    life.works()
    assert Donation.objects.count() == 2


def test_new_events_for_which_no_job_waits_any_more_get_one_within_a_minute(life, paid):
    life.brings(life.news())
    take_the_jobs()
    looking_after.take_up_what_was_left()
    life.works()
    assert Donation.objects.get().pence == 2500


@pytest.mark.parametrize(
    "named",
    [{"id": "pi", "x": "y" * 5_000}, ["pi"], 7, "", None],
    ids=["expanded", "a list", "a number", "empty", "null"],
)
def test_whatever_an_event_says_where_a_payment_is_named_it_is_kept(life, paid, named):
    event = event_of(life, "checkout.session.completed")
    said = event["data"]["object"] | {"payment_intent": named}
    life.hears([event | {"data": {"object": said}}])
    assert StripeEvent.objects.get().handled_at is not None


# ---- what goes wrong, and workers that die


def test_what_a_worker_claimed_and_died_with_is_given_back_after_the_lease_and_taken_up(life, paid):
    life.brings(life.news())
    event = StripeEvent.objects.get(kind="payment_intent.succeeded")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")  # its job is gone with the worker
    StripeEvent.objects.filter(pk=event.pk).update(claimed_at=timezone.now())
    assert not obeying.obey(event_id=event.pk), "another is at it"
    assert looking_after.take_up_what_was_left() == 0
    StripeEvent.objects.filter(pk=event.pk).update(claimed_at=timezone.now() - obeying.LEASE - timedelta(seconds=1))
    assert looking_after.take_up_what_was_left() == 1
    life.works()
    assert Donation.objects.get().pence == 2500


def test_a_letter_that_a_worker_died_with_is_taken_up_too(life, paid):
    life.hears()
    Letter.objects.update(sent_at=None, claimed_at=timezone.now() - timedelta(minutes=6))
    assert looking_after.take_up_what_was_left() == 1
    life.works()
    assert Letter.objects.get().sent_at is not None


def test_an_error_stays_on_the_event_with_its_count(life, paid):
    life.brings([event_of(life, "payment_intent.succeeded")])
    event = StripeEvent.objects.get()
    for attempt in (1, 2, 3):
        with life.standin.away(), pytest.raises(PaymentsUnavailable):
            obeying.obey(event_id=event.pk)
        event.refresh_from_db()
        assert (event.attempts, event.claimed_at, event.handled_at) == (attempt, None, None)
        assert event.error.startswith("PaymentsUnavailable")
    assert obeying.obey(event_id=event.pk)


def test_the_delay_grows_with_each_try():
    from procrastinate.contrib.django import app

    strategy = app.tasks["donations.obey_event"].retry_strategy
    waits = [strategy.exponential_wait**attempt for attempt in range(1, strategy.max_attempts)]
    assert waits == sorted(set(waits))
    assert sum(waits) > 60 * 3600, "longer than Stripe itself goes on"
