"""The comparison with Stripe: it finds what never came, applies it, says so, and tells Finance."""

from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from donations import tasks
from donations.actions import following, looking_after, obeying, reconciling
from donations.ledger.models import Entry
from donations.models import Donation, Letter, Payout, Reconciliation, StripeEvent

pytestmark = pytest.mark.django_db


def compared(*options: str) -> tuple[str, int]:
    """What the command prints, and how it exits."""
    out = StringIO()
    try:
        call_command("reconcile", *options, stdout=out)
    except CommandError as said:
        return f"{out.getvalue()}{said}", 1
    return out.getvalue(), 0


def test_where_nothing_is_off_the_three_sums_agree_and_nobody_is_written_to(life, people):
    assert people.finance_officer
    life.gives("25")
    said, code = compared()
    assert code == 0
    assert "Donations by card and debit £25.00, payments that succeeded £25.00: they agree." in said
    assert "The account Stripe clearing £24.42, Stripe’s balance £24.42: they agree." in said
    assert said.count("they agree") == 3
    assert "Nothing is off" in said
    assert Reconciliation.objects.get().mailed_at is None
    assert len(mail.outbox) == 1


def test_before_anything_was_given_all_sums_are_nothing(life):
    assert compared()[1] == 0


def test_a_gift_whose_news_was_lost_is_found_applied_said_stored_and_mailed(life, people):
    assert people.finance_officer
    pledge = life.asks("25")
    life.standin.pay(pledge.checkout_session)
    assert life.loses_what_is_new()
    said, code = compared()
    assert code == 0, said
    assert "payment_intent.succeeded never reached us." in said
    assert "Put right." in said
    assert Donation.objects.get().pence == 2500
    stored = Reconciliation.objects.get()
    assert (stored.differences, stored.repaired > 0) == (0, True)
    assert stored.mailed_at is not None
    assert mail.outbox[0].to == ["pearl@example.org"]
    assert "put right" in mail.outbox[0].subject
    life.works()
    assert Letter.objects.filter(kind="receipt").count() == 1
    life.stands()


def test_one_thing_that_cannot_be_looked_at_is_said_and_hides_nothing_else(life, monkeypatch):
    life.standin.pay(life.asks("25").checkout_session)
    life.standin.move_clock(4 * 86_400)
    life.standin.pay_out()
    life.standin.pay(life.asks("40", name="Ben Limpet").checkout_session)
    life.loses_what_is_new()
    with monkeypatch.context() as broken:
        broken.setattr(following, "payout", breaks)
        broken.setitem(obeying.HANDLERS, "payment_intent.succeeded", breaks)
        said, code = compared()
    assert code == 1
    assert "payment_intent.succeeded never reached us. Tried: ZeroDivisionError." in said
    assert "It could not be looked at: ZeroDivisionError." in said
    assert sorted(Donation.objects.values_list("pence", flat=True)) == [2500, 4000], "all else was put right"
    assert compared()[1] == 0, "once it works again, nothing is off"
    life.works()
    life.stands()


def breaks(number: str) -> str:
    """A mistake of ours, somewhere inside."""
    return f"{1 / 0}"


def test_a_strict_run_says_it_and_repairs_nothing(life):
    pledge = life.asks("25")
    life.standin.pay(pledge.checkout_session)
    life.loses_what_is_new()
    said, code = compared("--strict")
    assert code == 1
    assert "never reached us" in said
    assert "A line of Stripe’s balance (charge" in said
    assert "differ by £24.42" in said
    assert not Entry.objects.exists()
    assert not StripeEvent.objects.exists()
    assert not mail.outbox
    assert Reconciliation.objects.get().strict


@pytest.mark.parametrize("what", ["refund", "dispute", "payout", "failed payout", "failed refund"])
def test_whatever_was_lost_is_found_by_its_line_or_its_event(life, what):
    pledge = life.gives("25")
    paid = life.intent(pledge)
    match what:
        case "refund":
            life.standin.refund(paid, 500)
        case "failed refund":
            life.standin.refund(paid, 500, fails=True)
        case "dispute":
            life.standin.open_dispute(paid)
        case "payout" | "failed payout":
            life.standin.move_clock(4 * 86_400)
            sent = life.standin.pay_out()
            if what == "failed payout":
                life.standin.fail_payout(sent)
    life.loses_what_is_new()
    assert compared("--strict")[1] == 1
    said, code = compared()
    assert code == 0, said
    life.works()
    life.stands()
    assert compared("--strict") == (compared("--strict")[0], 0)


def test_a_fee_of_stripes_own_is_borne_by_the_general_fund(life, general):
    life.gives("25")
    life.strange_line(-150, category="fee")
    said, code = compared()
    assert code == 0, said
    assert life.entries()[2:] == [("fee", -150)]
    assert Entry.objects.latest("pk").lines.first().fund == general
    life.stands()


def test_a_line_of_a_kind_that_we_do_not_know_stands_until_somebody_has_looked(life):
    life.gives("25")
    life.strange_line(-150)
    said, code = compared()
    assert code == 1
    assert "other_adjustment" in said
    assert "-£1.50" in said or "−£1.50" in said


def test_an_event_that_a_worker_could_not_obey_is_obeyed(life, settings):
    from datetime import timedelta

    from django.utils import timezone

    pledge = life.asks("25")
    life.standin.pay(pledge.checkout_session)
    life.brings(life.news())
    long_ago = timezone.now() - timedelta(hours=2)
    StripeEvent.objects.update(received_at=long_ago)
    said, code = compared()
    assert code == 0
    assert "came and has not been obeyed" in said
    assert not StripeEvent.objects.filter(handled_at=None).exists()


def test_a_pledge_whose_page_closed_unheard_is_left(life):
    from datetime import timedelta

    from django.utils import timezone

    from donations.models import Pledge
    from donations.models.pledge import PledgeState

    pledge = life.asks("25")
    life.standin.expire(pledge.checkout_session)
    life.loses_what_is_new()
    Pledge.objects.update(created_at=timezone.now() - timedelta(hours=26))
    StripeEvent.objects.all().delete()
    reconciling.reconcile()
    pledge.refresh_from_db()
    assert pledge.state == PledgeState.LEFT


def test_a_receipt_that_was_not_written_and_a_letter_that_did_not_leave_are_found(life):
    life.gives("25")
    Letter.objects.update(sent_at=None)
    assert "has not left" in compared("--strict")[0]
    Letter.objects.all().delete()
    assert "No receipt was written" in compared("--strict")[0]


def test_a_shortfall_is_named_and_is_no_fault(life, nurse_appeal, people):
    from donations.ledger import posting
    from donations.ledger.money import Money

    pledge = life.gives("25")
    shares = [posting.Share(nurse_appeal.fund, Money(2500))]
    posting.reserve("A-1", shares=shares, purpose=nurse_appeal.purpose, key="r", by=people.finance_officer)
    life.standin.refund(life.intent(pledge))
    life.hears()
    said, code = compared()
    assert code == 0
    assert "Nurse Fund is £25.00 short" in said


def test_while_stripe_is_away_nothing_is_compared_and_that_is_said(life):
    with life.standin.away():
        said, code = compared()
    assert code == 1
    assert "Nothing was compared" in said
    assert not Reconciliation.objects.exists()


def test_every_line_is_kept_with_whose_it_is_in_few_queries(life, django_assert_max_num_queries):
    pledge = life.gives("900")
    for _ in range(30):
        life.standin.refund(life.intent(pledge), 1)
    life.hears()
    reconciling.reconcile()
    with django_assert_max_num_queries(140):  # two for each event that has come, and few for the lines
        assert reconciling.reconcile().holds


def test_a_comparison_says_who_asked_for_it_and_the_mornings_says_nobody(life, people):
    tasks.reconcile(timestamp=0, by=people.finance_officer.pk)
    tasks.reconcile(timestamp=0)
    assert [each.by for each in Reconciliation.objects.all()] == [None, people.finance_officer]


def test_the_morning_run_is_the_command(life, people):
    assert looking_after.compare_and_tell().holds
    assert not Payout.objects.exists()
