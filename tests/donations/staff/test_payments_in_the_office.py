"""Payments, disputes, payouts and comparisons as the office sees them: in words, to the penny, and in red where off."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from almoner.accounts.models import User
from donations.ledger import balances
from donations.ledger.money import Money
from donations.models import Donation, Payment, Reconciliation
from donations.models.donation import Status
from donations.staff import payouts as payout_screen
from tests.donations.staff.test_stripe_events import an_event
from tests.factories import funds, payments

pytestmark = pytest.mark.django_db


@pytest.fixture
def pearl(people, signed_in):
    return signed_in(people.finance_officer)


def page_of(client, name, row, **asked) -> str:
    answer = client.get(reverse(f"{name}:inspect", args=[row.pk]), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def comparison(**changed) -> Reconciliation:
    now = timezone.now()
    pair = {
        "what": "Stripe clearing = Stripe’s balance", "ours": "The account Stripe clearing", "our_pence": 12_345,
        "theirs": "Stripe’s balance", "their_pence": 12_345,
    }  # fmt: skip
    told = {"begun_at": now - timedelta(minutes=1), "finished_at": now, "sums": [pair], **changed}
    return Reconciliation.objects.create(**told)


# ---- how a donation stands


def status_of(donation) -> tuple[str, int]:
    found = Donation.objects.with_status().get(pk=donation.pk)
    return Status(found.status), found.net_pence


def test_a_donation_is_received_part_refunded_and_refunded(nurse_appeal):
    gift = payments.gift(nurse_appeal, 2500)
    assert status_of(gift) == (Status.RECEIVED, 2500)
    payments.refund(gift, 1000)
    assert status_of(gift) == (Status.PART_REFUNDED, 1500)
    last = payments.refund(gift, 1500)
    assert status_of(gift) == (Status.REFUNDED, 0)
    payments.refund(gift, 1500, status="failed", known=last)
    assert status_of(gift) == (Status.PART_REFUNDED, 1500)


def test_a_dispute_counts_by_the_money_that_moved_and_not_by_its_word(nurse_appeal):
    untouched, disputed, lost, won = (payments.gift(nurse_appeal, 2500) for _ in range(4))
    payments.dispute(untouched, status="warning_needs_response", taken=False)
    payments.dispute(disputed)
    payments.dispute(lost, status="lost")
    payments.dispute(won, status="won", given_back=True)
    assert status_of(untouched) == (Status.RECEIVED, 2500)
    assert status_of(disputed) == (Status.DISPUTED, 0)
    assert status_of(lost) == (Status.LOST, 0)
    assert status_of(won) == (Status.RECEIVED, 2500)


def test_two_refunds_and_two_movements_do_not_multiply_each_other(nurse_appeal):
    gift = payments.gift(nurse_appeal, 2500)
    payments.refund(gift, 300)
    payments.refund(gift, 200)
    payments.dispute(gift, status="won", given_back=True)
    assert status_of(gift) == (Status.PART_REFUNDED, 2000)


def test_what_is_left_of_all_gifts_is_what_the_books_say_came_in(nurse_appeal):
    for pence in (2500, 1000, 400):
        payments.refund(payments.gift(nurse_appeal, pence), pence // 4)
    payments.dispute(payments.gift(nurse_appeal, 777))
    net = sum(Donation.objects.with_status().values_list("net_pence", flat=True))
    assert balances.of_fund(nurse_appeal.fund).raised == Money(net)


def test_the_page_of_a_donation_lists_its_refunds_and_disputes(pearl, nurse_appeal):
    gift = payments.gift(nurse_appeal, 2500)
    refund, dispute = payments.refund(gift, 1000), payments.dispute(gift)
    page = page_of(pearl, "donations_list", gift)
    assert refund.reference in page
    assert dispute.dispute in page
    assert "Evidence is wanted" in page
    assert "Disputed</p>" in page


@pytest.mark.parametrize(("wanted", "shown"), [("received", "Ada"), ("part_refunded", "Elis")])
def test_donations_are_found_by_their_status(pearl, nurse_appeal, wanted, shown):
    payments.gift(nurse_appeal, name="Ada")
    payments.refund(payments.gift(nurse_appeal, name="Elis"), 100)
    page = pearl.get(reverse("donations_list:index"), {"status": wanted}).content.decode()
    assert {name for name in ("Ada", "Elis") if f">{name}<" in "".join(page.split())} == {shown}


# ---- payments


def test_the_page_of_a_payment_shows_gross_fee_and_net_and_what_came_of_it(pearl, nurse_appeal):
    gift = payments.gift(nurse_appeal, 2500)
    an_event(object_id=gift.payment.charge, kind="charge.succeeded", outcome="Recorded.")
    page = page_of(pearl, "payments", gift.payment)
    assert all(said in page for said in ("£25.00", "£0.50", "£24.50", gift.reference, "charge.succeeded", "Receipt"))


def test_a_payment_of_another_system_says_that_it_is_nobodys_gift(pearl, nurse_appeal):
    now = timezone.now()
    kept = Payment.objects.create(payment_intent="pi_shop", ours=False, state="succeeded", pence=900, succeeded_at=now)
    assert "another system" in page_of(pearl, "payments", kept)


def test_a_fundraiser_sees_payments_and_not_stripes_events(people, signed_in, nurse_appeal):
    gift = payments.gift(nurse_appeal)
    an_event(object_id=gift.payment.charge, kind="charge.succeeded")
    assert "charge.succeeded" not in page_of(signed_in(people.fundraiser), "payments", gift.payment)


# ---- disputes


def test_the_page_of_a_dispute_says_what_was_taken_and_given_back_and_until_when_evidence_is_taken(pearl, nurse_appeal):
    dispute = payments.dispute(payments.gift(nurse_appeal, 2500))
    page = page_of(pearl, "disputes", dispute)
    assert "Evidence can be sent until" in page
    assert "−£25.00" in page
    assert "£20.00" in page
    won = payments.dispute(payments.gift(nurse_appeal, 2500), status="won", given_back=True)
    assert "Evidence can be sent" not in page_of(pearl, "disputes", won)


def test_a_word_of_stripes_that_we_do_not_know_is_shown_as_it_comes(pearl, nurse_appeal):
    dispute = payments.dispute(payments.gift(nurse_appeal), status="gone_fishing")
    assert "Gone fishing" in page_of(pearl, "disputes", dispute)


# ---- payouts


@pytest.fixture
def general(nurse_appeal):
    """Bears the fees."""
    return funds.general_fund()


def test_a_payout_is_explained_gift_by_gift_by_fund_and_fee(pearl, general, nurse_appeal):
    one, two = payments.gift(nurse_appeal, 2500), payments.gift(nurse_appeal, 1000)
    disputed = payments.gift(nurse_appeal, 700)
    payments.payout([payments.line_of(disputed)])
    dispute = payments.dispute(disputed)
    payout = payments.payout([payments.line_of(one), payments.line_of(two), *payments.lines_of(dispute)])
    assert payout.pence == 2500 + 1000 - 50 - 50 - 700 - 2000
    page = page_of(pearl, "payouts", payout)
    assert all(gift.reference in page for gift in (one, two, disputed))
    rows = dict(payout_screen.by_fund(payout))
    nurses, bears = rows[nurse_appeal.fund], rows[general]
    assert (nurses["gifts"], nurses["disputes"], nurses["net"]) == (Money(3500), Money(-700), Money(2800))
    assert (bears["fees"], bears["net"]) == (Money(-2100), Money(-2100))
    assert payout_screen.together(list(rows.items()))["net"] == payout.amount
    assert page.count("£7.00") >= 3, "its lines, the payout, and the bank"
    assert "is not explained" not in page


def test_a_difference_is_shown_in_red_with_its_pence(pearl, general, nurse_appeal):
    gift = payments.gift(nurse_appeal, 2500)
    payout = payments.payout([payments.line_of(gift)], pence=2413)
    page = page_of(pearl, "payouts", payout)
    assert '<strong class="cell-error">−£0.37 of this payout is not explained' in page
    assert "differs by £0.37" in pearl.get(reverse("payouts:index")).content.decode()


def test_what_another_system_brought_is_no_difference(pearl, general, nurse_appeal):
    gift = payments.gift(nurse_appeal, 2500)
    other = payments.told_line("charge", 1000, source="ch_other", fee_pence=0)
    payout = payments.payout([payments.line_of(gift), other], not_ours=[other])
    page = page_of(pearl, "payouts", payout)
    assert "is not explained" not in page
    assert "of another system" in page


def test_a_payout_that_the_bank_sent_back_says_so_and_nothing_is_in_the_bank(pearl, general, nurse_appeal):
    payout = payments.payout([payments.line_of(payments.gift(nurse_appeal, 2500))])
    payments.sent_back(payout)
    page = page_of(pearl, "payouts", payout)
    assert "Sent back by the bank" in page
    assert "Its entry is reversed" in page
    assert "£0.00" in page


def test_a_payout_that_somebody_started_says_that_stripe_does_not_explain_it(pearl, general, nurse_appeal):
    payments.gift(nurse_appeal, 2500)
    payout = payments.payout(pence=1000, automatic=False)
    page = page_of(pearl, "payouts", payout)
    assert "Stripe does not say which lines" in page
    assert nurse_appeal.fund.name in page


def test_the_lines_of_a_large_payout_come_a_hundred_at_a_time_in_the_same_number_of_questions(pearl, general, db):
    def of(many: int):
        told = [payments.told_line("fee", -1, source="") for _ in range(many)]
        return payments.payout(told)

    def questions(payout) -> int:
        with CaptureQueriesContext(connection) as asked:
            page_of(pearl, "payouts", payout)
        return len(asked)

    few, many = of(3), of(250)
    questions(few)
    assert questions(many) == questions(few)
    first, last = page_of(pearl, "payouts", many), page_of(pearl, "payouts", many, p=3)
    assert "Page 1 of 3, 250 lines in all" in first
    assert (first.count("<td>txn_"), last.count("<td>txn_")) == (100, 50)


# ---- comparisons


def test_a_comparison_shows_the_pairs_of_sums_and_what_was_off(pearl):
    off = {"what": "sum", "which": "donations = payments", "pence": -37, "sentence": "They differ.", "repaired": False}
    mended = {**off, "what": "line", "which": "txn_9", "sentence": "A line was missing.", "repaired": True}
    pairs = [
        {"what": "donations = payments", "ours": "Gifts", "our_pence": 100, "theirs": "payments", "their_pence": 137},
        {"what": "funds = donations", "ours": "Funds", "our_pence": 100, "theirs": "donations", "their_pence": 100},
    ]
    found = comparison(sums=pairs, findings=[mended, off], differences=1, repaired=1, looked_at={"lines": 7})
    page = page_of(pearl, "comparisons", found)
    assert "differ by £0.37" in page
    assert page.count("<td>agree</td>") == 1
    assert page.index("They differ.") < page.index("A line was missing."), "what stands comes first"
    assert "put right" in page


def test_finance_asks_for_a_comparison_once_and_the_worker_makes_it(pearl):
    waiting = ProcrastinateJob.objects.filter(task_name="donations.reconcile")
    assert pearl.get(reverse("comparisons:now")).status_code == 200
    assert waiting.count() == 0
    said = pearl.post(reverse("comparisons:now"), follow=True).content.decode()
    assert "has been asked for." in said
    again = pearl.post(reverse("comparisons:now"), follow=True).content.decode()
    assert "asked for already" in again
    assert [job.args["by"] for job in waiting] == [User.objects.get(username="pearl").pk]


def test_an_administrator_looks_at_comparisons_and_does_not_ask_for_one(signed_in):
    from tests.people import person

    misty = signed_in(person("misty", "Misty", "Haar", "Administrator"))
    assert "Compare now" not in misty.get(reverse("comparisons:index")).content.decode()
    assert misty.post(reverse("comparisons:now")).status_code == 403


# ---- the dashboard


def test_the_dashboard_counts_what_waits_for_finance(pearl, people, nurse_appeal):
    from donations.actions import refunding

    comparison(differences=2)
    refunding.ask(
        donation=payments.gift(nurse_appeal, 20_000), amount=Money(15_000), because="Twice.", by=people.fundraiser
    )
    payments.dispute(payments.gift(nurse_appeal))
    payments.failing_gift(nurse_appeal)
    an_event(flagged=True, handled_at=timezone.now())
    page = pearl.get("/admin/").content.decode()
    assert "2 off" in page
    assert '?state=asked">1</a>' in page
    assert '?state=failing">1</a>' in page
    assert '?flagged=true">1</a>' in page
    assert "the first by" in page


def test_a_fundraiser_is_told_of_failing_regular_gifts_and_of_nothing_else(people, signed_in, nurse_appeal):
    payments.failing_gift(nurse_appeal)
    page = signed_in(people.fundraiser).get("/admin/").content.decode()
    assert '?state=failing">1</a>' in page
    assert "Refunds to approve" not in page
    assert "Last comparison" not in page
