"""Donors' banks that take money back, in each of the ten states, and sometimes return it."""

import pytest
import stripe

from stripe_standin import disputes
from tests.stripe_standin.conftest import a_paid_gift, kinds_of


@pytest.fixture
def gift(standin):
    return a_paid_gift(standin)


def lines_of(client, dispute):
    found = client.v1.balance_transactions.list({"source": dispute["id"]}).data
    return [(line.reporting_category, line.amount, line.fee) for line in found][::-1]


def test_the_money_is_gone_with_a_fee_as_soon_as_a_bank_asks(standin, client, gift):
    made = standin.open_dispute(gift)
    assert kinds_of(standin, "charge.dispute") == ["charge.dispute.created", "charge.dispute.funds_withdrawn"]
    dispute = client.v1.disputes.retrieve(made["id"])
    assert (dispute.status, dispute.amount, dispute.payment_intent) == ("needs_response", 2500, gift["id"])
    assert [(line.amount, line.fee, line.net) for line in dispute.balance_transactions] == [(-2500, 2000, -4500)]
    assert dispute.evidence_details.due_by > dispute.created
    assert lines_of(client, made) == [("dispute", -2500, 2000)]
    assert client.v1.charges.retrieve(gift["latest_charge"]).disputed


def test_a_dispute_that_is_won_brings_the_money_back_and_not_the_fee(standin, client, gift):
    made = standin.win_dispute(standin.move_dispute(standin.open_dispute(gift), "under_review"))
    assert made["status"] == "won"
    assert lines_of(client, made) == [("dispute", -2500, 2000), ("dispute_reversal", 2500, 0)]
    assert [kind.rpartition(".")[2] for kind in kinds_of(standin, "charge.dispute")] == [
        "created",
        "funds_withdrawn",
        "updated",
        "closed",
        "funds_reinstated",
    ]


def test_a_dispute_that_is_lost_leaves_the_money_where_it_is(standin, client, gift):
    made = standin.lose_dispute(standin.open_dispute(gift))
    assert lines_of(client, made) == [("dispute", -2500, 2000)]
    assert kinds_of(standin, "charge.dispute")[-1] == "charge.dispute.closed"


def test_a_bank_that_only_asks_takes_nothing(standin, client, gift):
    made = standin.open_dispute(gift, "warning_needs_response")
    assert lines_of(client, made) == []
    assert client.v1.disputes.retrieve(made["id"]).payment_method_details.card.case_type == "inquiry"
    standin.move_dispute(made, "warning_closed")
    assert kinds_of(standin, "charge.dispute") == ["charge.dispute.created", "charge.dispute.closed"]


def test_a_bank_that_asked_and_then_takes(standin, client, gift):
    made = standin.move_dispute(standin.open_dispute(gift, "warning_needs_response"), "needs_response")
    assert lines_of(client, made) == [("dispute", -2500, 2000)]


def test_a_dispute_that_was_won_is_lost_on_appeal(standin, client, gift):
    made = standin.win_dispute(standin.open_dispute(gift))
    standin.move_dispute(made, "appeal_needs_response")
    standin.lose_dispute(made)
    moved = [("dispute", -2500, 2000), ("dispute_reversal", 2500, 0), ("dispute", -2500, 0)]
    assert lines_of(client, made) == moved


@pytest.mark.parametrize("status", disputes.STATUSES)
def test_each_state_can_be_reached_and_the_money_is_where_it_says(standin, client, gift, status):
    made = standin.open_dispute(gift, status)
    assert client.v1.disputes.retrieve(made["id"]).status == status
    moved = sum(amount for _, amount, _ in lines_of(client, made))
    assert moved == (-2500 if disputes.STATUSES[status] == "gone" else 0)


def test_evidence_is_kept_as_a_draft_and_then_handed_in(standin, client, gift):
    made = standin.open_dispute(gift)
    draft = client.v1.disputes.update(
        made["id"], {"evidence": {"customer_name": "Ada Periwinkle"}, "submit": False, "metadata": {"note": "ours"}}
    )
    assert (draft.status, draft.evidence.customer_name, draft.metadata["note"]) == (
        "needs_response",
        "Ada Periwinkle",
        "ours",
    )
    handed = client.v1.disputes.update(made["id"], {"evidence": {"uncategorized_text": "She wrote to us."}})
    assert (handed.status, handed.evidence_details.submission_count) == ("under_review", 1)


def test_a_dispute_is_given_up_once(standin, client, gift):
    made = standin.open_dispute(gift)
    assert client.v1.disputes.close(made["id"]).status == "lost"
    with pytest.raises(stripe.InvalidRequestError, match="already closed"):
        client.v1.disputes.close(made["id"])


def test_disputes_are_listed_by_the_payment(standin, client, gift):
    made = standin.open_dispute(gift)
    standin.open_dispute(a_paid_gift(standin))
    for field, value in (("charge", gift["latest_charge"]), ("payment_intent", gift["id"])):
        assert [dispute.id for dispute in client.v1.disputes.list({field: value}).data] == [made["id"]]
    assert len(client.v1.disputes.list().data) == 2


def test_a_disputed_gift_cannot_be_given_back_too(standin, client, gift):
    standin.open_dispute(gift)
    with pytest.raises(stripe.InvalidRequestError) as no:
        client.v1.refunds.create({"payment_intent": gift["id"]})
    assert no.value.code == "charge_disputed"
    with pytest.raises(ValueError, match="disputed already"):
        standin.open_dispute(gift)
