"""Disputes: a donor's bank takes money back, and perhaps returns it."""

from stripe_standin import balance, methods
from stripe_standin.account import Account
from stripe_standin.specification import LIBRARY, smallest
from stripe_standin.store import Row

FEE = 2_000  # pence: what Stripe asks of a British charity for each dispute; it is not given back
ANSWER_WITHIN = 9 * balance.DAY
STATUSES = {  # each with where the money is then: with the charity, or with the donor's bank
    "warning_needs_response": "here",
    "warning_under_review": "here",
    "warning_closed": "here",
    "prevented": "here",
    "needs_response": "gone",
    "under_review": "gone",
    "won": "here",
    "lost": "gone",
    "appeal_needs_response": "gone",
    "appeal_under_review": "gone",
}
ENDS = {"warning_closed", "prevented", "won", "lost"}


def open_dispute(
    account: Account, charge: Row, status: str = "needs_response", reason: str = "fraudulent", amount: int | None = None
) -> Row:
    """A donor's bank asks for the money of a charge back, or in a `warning_…` only asks. ValueError if it cannot."""
    with account.store.transaction():
        if status not in STATUSES:
            raise ValueError(f"No status {status!r}: choose from {', '.join(STATUSES)}.")
        if charge["status"] != "succeeded" or charge["disputed"]:
            raise ValueError(f"Charge {charge['id']} was not paid, or is disputed already.")
        dispute = account.make(
            "dispute",
            "du",
            amount=charge["amount"] if amount is None else amount,
            balance_transactions=[],
            charge=charge["id"],
            currency=charge["currency"],
            enhanced_eligibility_types=[],
            evidence_details=_evidence_details(account, has_evidence=False),
            is_charge_refundable=STATUSES[status] == "here" and status not in ENDS,
            metadata={},
            network_reason_code="10.4" if reason == "fraudulent" else "13.1",
            payment_intent=charge["payment_intent"],
            payment_method_details=_method(charge, status),
            reason=reason,
            status=status,
        )
        account.change(charge, disputed=True)
        account.announce("charge.dispute.created", dispute)
        dispute = _money_to(account, dispute, STATUSES[status])
        if status in ENDS:
            account.announce("charge.dispute.closed", dispute)
        return dispute


def as_the_card_will(account: Account, intent: Row, method: Row) -> None:
    """Stripe has test cards whose bank asks for the money, or only asks, as soon as they have paid."""
    status = {"disputed": "needs_response", "inquired": "warning_needs_response"}.get(methods.choice_of(method))
    if status:
        open_dispute(account, account.need(intent["latest_charge"], "charge"), status)


def move(account: Account, dispute_id: str, status: str) -> Row:
    """A dispute goes on to a status, and its money with it. ValueError where it is there already, or there is none."""
    with account.store.transaction():
        dispute = account.need(dispute_id, "dispute")
        if status not in STATUSES or status == dispute["status"]:
            raise ValueError(f"A dispute that is {dispute['status']} cannot become {status}.")
        submitted = status in {"under_review", "warning_under_review", "appeal_under_review"}
        changed = account.change(
            dispute,
            status=status,
            evidence_details=_evidence_details(account, has_evidence=True)
            if submitted
            else dispute["evidence_details"],
            is_charge_refundable=STATUSES[status] == "here" and status not in ENDS,
        )
        if status in ENDS:
            account.announce("charge.dispute.closed", changed)
        else:
            account.announce("charge.dispute.updated", changed, previous={"status": dispute["status"]})
        return _money_to(account, changed, STATUSES[status])


def hand_in(account: Account, dispute: Row, evidence: dict[str, str], *, submit: bool) -> Row:
    """The charity's evidence; handed in unless it is a draft. Words that Stripe's tests know decide the dispute."""
    word = evidence.get("uncategorized_text", "")
    known = dispute["evidence"] | {name: value or None for name, value in evidence.items()}
    dispute = account.change(dispute, evidence=known)
    if not submit:
        account.announce("charge.dispute.updated", dispute)
        return dispute
    under = "warning_under_review" if dispute["status"].startswith("warning") else "under_review"
    if dispute["status"] != under:
        dispute = move(account, dispute["id"], under)
    verdict = {"winning_evidence": "won", "losing_evidence": "lost"}.get(word)
    if verdict and under == "warning_under_review":
        verdict = "warning_closed"
    return move(account, dispute["id"], verdict) if verdict else dispute


def _money_to(account: Account, dispute: Row, place: str) -> Row:
    """Move the money to where the status says that it is, if it is not there."""
    lines = dispute["balance_transactions"]
    is_gone = sum(line["amount"] for line in lines) < 0
    if (place == "gone") == is_gone:
        return dispute
    withdrawn = place == "gone"
    line = balance.make_line(
        account,
        category="dispute" if withdrawn else "dispute_reversal",
        type="adjustment",
        amount=-dispute["amount"] if withdrawn else dispute["amount"],
        fee=FEE if withdrawn and not lines else 0,
        source=dispute["id"],
        currency=dispute["currency"],
        description=f"Chargeback {'withdrawal' if withdrawn else 'reversal'} for {dispute['charge']}",
    )
    dispute = account.change(dispute, balance_transactions=[*lines, line])
    account.announce(f"charge.dispute.funds_{'withdrawn' if withdrawn else 'reinstated'}", dispute)
    return dispute


def _evidence_details(account: Account, *, has_evidence: bool) -> Row:
    shape = LIBRARY.shape("stripe._dispute", "Dispute.EvidenceDetails")
    return smallest(
        shape,
        due_by=account.now() + ANSWER_WITHIN,
        has_evidence=has_evidence,
        past_due=False,
        submission_count=int(has_evidence),
        submission_method="manual" if has_evidence else "not_submitted",
    )


def _method(charge: Row, status: str) -> Row | None:
    """How it was paid. None where Stripe's own object has no word for the method, as for Bacs."""
    card = charge["payment_method_details"].get("card")
    if not card:
        return None
    shape = LIBRARY.shape("stripe._dispute", "Dispute.PaymentMethodDetails.Card")
    kind = "inquiry" if status.startswith("warning") else "chargeback"
    said = smallest(shape, brand=card["brand"] or "unknown", case_type=kind, network=card["brand"] or "unknown")
    return {"type": "card", "card": said}
