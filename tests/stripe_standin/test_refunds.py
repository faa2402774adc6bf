"""Money that goes back: whole, in part, too much, from the dashboard, and not after all."""

import pytest
import stripe

from tests.stripe_standin.conftest import a_paid_gift, kinds_of


@pytest.fixture
def gift(standin):
    return a_paid_gift(standin)


def test_a_gift_is_given_back_whole(standin, client, gift):
    refund = client.v1.refunds.create({"payment_intent": gift["id"], "metadata": {"reference": "R-1"}})
    assert (refund.status, refund.amount, refund.charge) == ("succeeded", 2500, gift["latest_charge"])
    charge = client.v1.charges.retrieve(gift["latest_charge"])
    assert (charge.amount_refunded, charge.refunded) == (2500, True)
    line = client.v1.balance_transactions.retrieve(refund.balance_transaction)
    assert (line.reporting_category, line.amount, line.fee, line.source) == ("refund", -2500, 0, refund.id)


def test_a_refund_announces_itself_as_pending_and_then_as_done(standin, client, gift):
    refund = client.v1.refunds.create({"charge": gift["latest_charge"], "amount": 1000, "reason": "duplicate"})
    assert kinds_of(standin, "refund.") == ["refund.created", "refund.updated"]
    created, updated = [event["data"] for event in standin.events if event["type"].startswith("refund.")]
    assert created["object"]["status"] == "pending"
    assert (updated["object"]["status"], updated["previous_attributes"]["status"]) == ("succeeded", "pending")
    told = standin.events_of("charge.refunded")[0]["data"]
    assert (told["object"]["amount_refunded"], told["object"]["refunded"]) == (1000, False)
    assert told["previous_attributes"] == {"amount_refunded": 0}
    assert client.v1.refunds.retrieve(refund.id).reason == "duplicate"


def test_two_parts_make_a_whole_and_a_third_is_refused(client, gift):
    client.v1.refunds.create({"charge": gift["latest_charge"], "amount": 1000})
    with pytest.raises(stripe.InvalidRequestError, match=r"£15.01\) is greater than unrefunded amount .*£15.00") as no:
        client.v1.refunds.create({"charge": gift["latest_charge"], "amount": 1501})
    assert no.value.param == "amount"
    client.v1.refunds.create({"payment_intent": gift["id"]})
    with pytest.raises(stripe.InvalidRequestError) as no:
        client.v1.refunds.create({"payment_intent": gift["id"]})
    assert no.value.code == "charge_already_refunded"
    assert [refund.amount for refund in client.v1.refunds.list({"charge": gift["latest_charge"]}).data] == [1500, 1000]


def test_a_refund_made_in_the_dashboard_carries_nothing_of_ours(standin, client, gift):
    standin.refund(gift, 700)
    refund = client.v1.refunds.list({"payment_intent": gift["id"]}).data[0]
    assert (refund.amount, refund.metadata.to_dict()) == (700, {})
    assert standin.events_of("refund.created")[0]["request"] == {"id": None, "idempotency_key": None}


def test_a_refund_that_fails_brings_the_money_back(standin, client, gift):
    refund = standin.fail_refund(standin.refund(gift))
    assert (refund["status"], refund["failure_reason"]) == ("failed", "lost_or_stolen_card")
    line = client.v1.balance_transactions.retrieve(refund["failure_balance_transaction"])
    assert (line.reporting_category, line.net) == ("refund_failure", 2500)
    assert len(standin.events_of("refund.failed")) == 1
    charge = client.v1.charges.retrieve(gift["latest_charge"])
    assert (charge.amount_refunded, charge.refunded) == (0, False)
    assert client.v1.refunds.create({"charge": charge.id}).status == "succeeded"


def test_what_failed_once_does_not_fail_again(standin, gift):
    refund = standin.refund(gift, fails=True)
    standin.fail_refund(refund)
    assert len(standin.events_of("refund.failed")) == 1


def test_the_charitys_notes_on_a_refund_are_kept(standin, client, gift):
    refund = standin.refund(gift, 100)
    changed = client.v1.refunds.update(refund["id"], {"metadata": {"reference": "R-2"}})
    assert changed.metadata["reference"] == "R-2"
    assert kinds_of(standin, "refund.")[-1] == "refund.updated"


def test_what_was_never_paid_cannot_be_given_back(standin, client):
    with pytest.raises(stripe.InvalidRequestError, match="No such payment_intent"):
        client.v1.refunds.create({"payment_intent": "pi_nowhere"})
    with pytest.raises(stripe.InvalidRequestError) as no:
        client.v1.refunds.create({})
    assert no.value.code == "parameter_missing"


def test_refunds_are_listed_both_ways(standin, client, gift):
    made = [standin.refund(gift, 10 + number)["id"] for number in range(6)]
    found = client.v1.refunds.list({"charge": gift["latest_charge"], "limit": 2})
    assert [refund.id for refund in found.auto_paging_iter()] == made[::-1]
    backwards = client.v1.refunds.list({"limit": 2, "ending_before": made[0]})
    assert [refund.id for refund in backwards.auto_paging_iter()] == made[1:]
