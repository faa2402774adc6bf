"""The operator's page: every button for what nobody can wait for, as a browser without scripts has it."""

import re

import pytest
import requests

from stripe_standin import disputes
from tests.stripe_standin.conftest import a_gift, a_paid_gift, a_regular_gift
from tests.stripe_standin.test_pages import look, send


@pytest.fixture
def session(client):
    """A page opened for £25."""
    return client.v1.checkout.sessions.create(a_gift())


def press(standin, verb, **form):
    """A button of the page; the page after it."""
    answer = send(f"{standin.url}/_standin/{verb}", **form)
    assert answer.status_code == 303, answer.text
    return look(standin.url).text


def test_the_operator_sees_what_happened(standin, session):
    send(session.url, card="declined")
    page = look(standin.url).text
    assert "open, last card declined" in page
    assert "payment_intent.payment_failed" in page
    assert "Violations: none" in page
    send(session.url, card="succeeds")
    assert "£0.58 (invented)" in look(standin.url).text


def test_the_operator_sends_the_last_event_again_ten_times(standin, session, listener):
    send(session.url, card="succeeds")
    standin.webhook_url = listener.url
    assert send(f"{standin.url}/_standin/send", times="10").status_code == 303
    standin.wait_until_delivered()
    assert listener.kinds == ["checkout.session.completed"] * 10
    assert "delivered × 10" in look(standin.url).text


def test_the_operator_keeps_events_back_and_releases_them(standin, session, listener):
    standin.webhook_url = listener.url
    send(f"{standin.url}/_standin/hold")
    assert "Events are being kept back" in look(standin.url).text
    send(session.url, card="succeeds")
    assert "kept back" in look(standin.url).text
    send(f"{standin.url}/_standin/release")
    standin.wait_until_delivered()
    assert len(listener.heard) == 3


def test_the_operator_closes_a_page_once(standin, session):
    assert send(f"{standin.url}/_standin/expire", session=session.id).status_code == 303
    assert send(f"{standin.url}/_standin/expire", session=session.id).status_code == 409
    assert send(f"{standin.url}/_standin/expire", session="cs_nothing").status_code == 404


def test_a_program_presses_the_same_buttons(standin, session):
    asked = {"Accept": "application/json"}
    form = {"session": session.id}
    answer = requests.post(f"{standin.url}/_standin/pay", data=form, headers=asked, timeout=5)
    assert answer.json() == {"done": "pay"}
    assert requests.get(f"{standin.url}/_standin/sessions", timeout=5).json()[0]["status"] == "complete"
    assert requests.get(f"{standin.url}/_standin/events", timeout=5).json()[0]["type"] == "checkout.session.completed"


def test_every_button_of_a_full_page_leads_somewhere_and_says_what_it_is_about(standin, listener):
    standin.webhook_url = listener.url
    standin.hold()
    gift = a_paid_gift(standin)
    standin.refund(a_paid_gift(standin), 100)
    standin.open_dispute(a_paid_gift(standin))
    a_paid_gift(standin)
    standin.move_clock(400_000)
    standin.pay_out()
    page = look(standin.url).text
    assert gift["latest_charge"] in page
    verbs = set(re.findall(r'action="/_standin/(\w+)"', page))
    assert {"clock", "release", "send", "drop", "thin", "refund", "fail_refund", "dispute", "move_dispute"} <= verbs
    assert {"pay_out", "payout_arrives", "fail_payout", "daily"} <= verbs
    for verb in verbs:
        assert send(f"{standin.url}/_standin/{verb}").text != "There is no such button."
    assert "<script" not in page
    assert "style=" not in page
    for field in re.findall(r"<(?:select|input) name=", page):
        assert field  # each is inside its label
    assert len(re.findall(r"<(?:select|input) name=", page)) == page.count('<label class="asked">')
    identities = re.findall(r' id="([^"]+)"', page)
    assert len(identities) == len(set(identities))


def test_the_operator_moves_the_clock_and_money_becomes_available(standin):
    a_paid_gift(standin)
    assert 'Pending: <span class="amount">£24.42' in look(standin.url).text
    page = press(standin, "clock", seconds=str(7 * 86_400))
    assert 'Available: <strong><span class="amount">£24.42' in page
    assert "7 days ahead" in page
    assert send(f"{standin.url}/_standin/clock", seconds="-5").status_code == 409


def test_the_operator_refunds_in_the_dashboard_whole_in_part_and_in_vain(standin):
    charges = [a_paid_gift(standin)["latest_charge"] for _ in range(3)]
    press(standin, "refund", charge=charges[0])
    press(standin, "refund", charge=charges[1], pounds="7.50")
    page = press(standin, "refund", charge=charges[2], fails="1")
    assert "failed: lost or stolen card" in page
    assert "£7.50 given back" in page
    amounts = [event["data"]["object"]["amount"] for event in standin.events_of("refund.created")]
    assert amounts == [2500, 750, 2500]
    refund = standin.events_of("refund.created")[1]["data"]["object"]["id"]
    assert press(standin, "fail_refund", refund=refund).count("failed: lost") == 2


@pytest.mark.parametrize("pounds", ["nothing", "0", "25.01", "1.5", "-3"])
def test_an_amount_that_cannot_go_back_is_refused(standin, pounds):
    charge = a_paid_gift(standin)["latest_charge"]
    assert send(f"{standin.url}/_standin/refund", charge=charge, pounds=pounds).status_code == 409
    assert not standin.events_of("refund.created")


def test_the_operator_leads_a_dispute_through_each_state(standin):
    charge = a_paid_gift(standin)["latest_charge"]
    press(standin, "dispute", charge=charge, status="warning_needs_response")
    dispute = standin.events_of("charge.dispute.created")[0]["data"]["object"]["id"]
    for status in disputes.STATUSES:
        if status != "warning_needs_response":
            press(standin, "move_dispute", dispute=dispute, status=status)
    assert standin.account.need(dispute, "dispute")["status"] == "appeal_under_review"
    assert send(f"{standin.url}/_standin/move_dispute", dispute=dispute, status="nonsense").status_code == 409


def test_the_operator_pays_out_and_the_bank_sends_it_back(standin):
    assert send(f"{standin.url}/_standin/pay_out").text == "That cannot be done: no money is available to pay out"
    a_paid_gift(standin)
    press(standin, "clock", seconds="400000")
    assert "in transit" in press(standin, "pay_out")
    payout = standin.events_of("payout.created")[0]["data"]["object"]["id"]
    press(standin, "payout_arrives", payout=payout)
    press(standin, "fail_payout", payout=payout)
    assert standin.account.need(payout, "payout")["status"] == "failed"
    assert "Stop paying out each day" in press(standin, "daily", on="1")


def test_the_operator_loses_an_event_and_lets_the_others_go_out_of_order(standin, session, listener):
    standin.webhook_url = listener.url
    press(standin, "hold")
    send(session.url, card="succeeds")
    lost = standin.events_of("charge.succeeded")[0]["id"]
    assert "<td>lost</td>" in press(standin, "drop", event=lost)
    press(standin, "release", shuffled="1")
    standin.wait_until_delivered()
    assert sorted(listener.kinds) == ["checkout.session.completed", "payment_intent.succeeded"]


def test_the_operator_chooses_thin_events(standin, session, listener):
    standin.webhook_url = listener.url
    assert "Events are thin" in press(standin, "thin", on="1")
    send(session.url, card="succeeds")
    standin.wait_until_delivered()
    assert "v1.charge.succeeded" in listener.kinds
    assert "Events are thin" not in press(standin, "thin", on="")


def test_the_operator_brings_the_next_renewal_and_one_that_fails_and_its_retry(standin, client):
    identity = standin.pay(client.v1.checkout.sessions.create(a_regular_gift()).id)["subscription"]
    page = press(standin, "renew", subscription=identity)
    assert "£10.00</span> a month" in page
    assert len(standin.events_of("invoice.paid")) == 2
    page = press(standin, "renew", subscription=identity, fails="1")
    assert "past due" in page
    press(standin, "retry", subscription=identity)
    assert standin.subscription(identity)["status"] == "active"
    assert "canceled" in press(standin, "end", subscription=identity)


def test_the_operator_lets_a_direct_debit_settle_or_come_back(standin, client):
    for verb, kind in (("settle_bacs", "charge.succeeded"), ("fail_bacs", "charge.failed")):
        paid = standin.pay(client.v1.checkout.sessions.create(a_gift()).id, "bacs")
        assert "promised, not paid yet" in look(standin.url).text
        press(standin, verb, intent=paid["payment_intent"])
        assert len(standin.events_of(kind)) == 1
