"""What comes through Stripe, as if Stripe had told of it: payments, regular gifts, refunds, disputes, payouts."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count

from django.utils import timezone

from almoner.accounts.models import User, system_user
from donations import gateway, reading
from donations.actions import charging, collecting, declaring, disputing, paying_out, refunding, renewing
from donations.models import Appeal, Declaration, Dispute, Donation, Donor, Payment, Payout, Pledge, Refund, RegularGift
from donations.models.declaration import Channel
from donations.models.pledge import Every
from donations.promise import Declared
from tests.people import Cast

_numbers = count(1)


def pledge(appeal: Appeal, pence: int = 2500, *, name: str = "Ada Periwinkle", every: Every = Every.ONCE) -> Pledge:
    """A donor's intention."""
    number = next(_numbers)
    return Pledge.objects.create(
        reference=f"P-{number}", appeal=appeal, fund=appeal.fund, purpose=appeal.purpose, pence=pence, every=every,
        name=name, email=f"donor{number}@example.org",
    )  # fmt: skip


def payment(
    promise: Pledge | RegularGift, *, status: str = "succeeded", fee_pence: int = 50, method: str = "card",
    of: Payment | None = None,
) -> Payment:  # fmt: skip
    """One payment for a pledge, or a renewal, or news `of` one; once it succeeded it has donation, entries, receipt."""
    number, renews = next(_numbers), isinstance(promise, RegularGift)
    told = gateway.Payment(
        payment_intent=of.payment_intent if of else f"pi_{number}",
        reference=promise.pledge.reference if renews else promise.reference,
        status=status, pence=promise.pence, currency="gbp", charge=f"ch_{number}", fee_pence=fee_pence,
        net_pence=promise.pence - fee_pence, method=method, received_at=timezone.now(), livemode=False,
        failed=status == "requires_payment_method", invoice=f"in_{number}" if renews else None,
        subscription=promise.subscription if renews else None,
        billing_reason="subscription_cycle" if renews else "",
    )  # fmt: skip
    stripe = system_user("stripe")
    kept = collecting.note_payment(payment=told, by=stripe)
    charging.record_fee(payment=kept, by=stripe)
    return kept


def gift(appeal: Appeal, pence: int = 2500, **more: str) -> Donation:
    """A gift by card."""
    return payment(pledge(appeal, pence, **more)).donation


def subscription(asked: Pledge, **changed: object) -> gateway.Subscription:
    """A regular gift as Stripe tells of it: active, the next payment in ten days."""
    number, now = next(_numbers), timezone.now()
    told = gateway.Subscription(
        subscription=f"sub_{number}", reference=asked.reference, status="active", item=f"si_{number}", product="prod_1",
        pence=asked.pence, every=asked.every, customer=f"cus_{number}", method="card",
        card_expires_on=date(2030, 1, 31), began_at=now - timedelta(days=20), next_at=now + timedelta(days=10),
        paused=False, paused_until=None, failures=0, next_try_at=None, cancel_at_period_end=False, ended_at=None,
        ended_reason="", latest_payment_intent=None, livemode=False,
    )  # fmt: skip
    return replace(told, **changed)  # type: ignore[arg-type] # each test names fields of its own


def regular_gift(appeal: Appeal, pence: int = 1000, *, name: str = "Ada Periwinkle", **changed: object) -> RegularGift:
    """A monthly gift; its first payment has come."""
    told = subscription(pledge(appeal, pence, name=name, every=Every.MONTH), **changed)
    first = replace(told, status="active", paused=False, paused_until=None, ended_at=None)
    payment(renewing.note_subscription(subscription=first, asked_at=timezone.now()))
    return renewing.note_subscription(subscription=told, asked_at=timezone.now())


def paused_gift(appeal: Appeal) -> RegularGift:
    """A monthly gift that is paused for sixty days."""
    return regular_gift(appeal, paused=True, paused_until=timezone.now() + timedelta(days=60))


def failing_gift(appeal: Appeal) -> RegularGift:
    """A monthly gift of which a payment has failed."""
    return regular_gift(appeal, status="past_due", failures=1, next_try_at=timezone.now() + timedelta(days=2))


def refund(of: Donation, pence: int | None = None, *, status: str = "succeeded", known: Refund | None = None) -> Refund:
    """A refund made in Stripe's dashboard, or what Stripe makes of one of ours."""
    told = gateway.Refund(
        refund=f"re_{next(_numbers)}" if known is None or known.refund is None else known.refund,
        reference=known.reference if known else None, payment_intent=of.payment.payment_intent,
        charge=of.payment.charge, pence=pence or of.pence, status=status, failure="", made_at=timezone.now(),
        line=None, failure_line=None,
    )  # fmt: skip
    return refunding.note_refund(refund=told, by=system_user("stripe"))


def dispute(of: Donation, *, status: str = "needs_response", taken: bool = True, given_back: bool = False) -> Dispute:
    """A dispute about a gift, with the lines by which money was taken and given back."""
    number = next(_numbers)
    lines = []
    if taken:
        lines.append(told_line("dispute", -of.pence, source=f"dp_{number}", fee_pence=2000))
    if given_back:
        lines.append(told_line("dispute_reversal", of.pence, source=f"dp_{number}", fee_pence=-2000))
    told = gateway.Dispute(
        dispute=f"dp_{number}", payment_intent=of.payment.payment_intent, charge=of.payment.charge, pence=of.pence,
        status=status, reason="fraudulent", evidence_due=timezone.now() + timedelta(days=7), opened_at=timezone.now(),
        lines=tuple(lines),
    )  # fmt: skip
    stripe = system_user("stripe")
    kept = disputing.note_dispute(dispute=told, asked_at=timezone.now(), by=stripe)
    disputing.record_fees(dispute=told, by=stripe)
    return kept


def told_line(category: str, pence: int, *, source: str, fee_pence: int = 0) -> gateway.BalanceLine:
    """One line of Stripe's balance."""
    return gateway.BalanceLine(
        line=f"txn_{next(_numbers)}", category=category, pence=pence, fee_pence=fee_pence, net_pence=pence - fee_pence,
        currency="gbp", source=source, created=timezone.now(),
    )  # fmt: skip


def line_of(of: Donation) -> gateway.BalanceLine:
    """The line of a gift."""
    return told_line("charge", of.pence, source=of.payment.charge, fee_pence=of.payment.fee_pence)


def lines_of(dispute: Dispute) -> list[gateway.BalanceLine]:
    """The lines of a dispute."""
    return [
        replace(told_line("dispute", each.pence, source=dispute.dispute, fee_pence=each.fee_pence), line=each.line)
        for each in dispute.movements.all()
    ]


def payout(
    lines: Iterable[gateway.BalanceLine] = (), *, pence: int | None = None, automatic: bool = True,
    created: datetime | None = None, not_ours: Iterable[gateway.BalanceLine] = (),
) -> Payout:  # fmt: skip
    """A payout of these lines, in the bank; of another sum than theirs, it is not explained."""
    told, wanted, stripe = told_payout(automatic=automatic, created=created), list(lines), system_user("stripe")
    told = replace(told, pence=sum(line.net_pence for line in wanted) if pence is None else pence)
    kept = paying_out.note_payout(payout=told, asked_at=timezone.now(), by=stripe)
    if not automatic:
        return paying_out.post_by_hand(payout=kept, by=stripe)
    return paying_out.explain(payout=kept, lines=wanted, not_ours={line.line for line in not_ours}, by=stripe)


def told_payout(*, automatic: bool = True, created: datetime | None = None) -> gateway.Payout:
    """A payout as Stripe tells of it."""
    number = next(_numbers)
    return gateway.Payout(
        payout=f"po_{number}", pence=0, currency="gbp", status="paid", automatic=automatic, reconciled=True,
        arrives_on=timezone.localdate(), created=created or timezone.now(), trace=f"TRACE{number}", failure="",
        line=None, failure_line=None,
    )  # fmt: skip


def sent_back(payout: Payout) -> Payout:
    """The bank sends a payout back."""
    told = gateway.Payout(
        payout=payout.payout, pence=payout.pence, currency="gbp", status="failed", automatic=payout.automatic,
        reconciled=True, arrives_on=payout.arrives_on, created=payout.created, trace=payout.trace,
        failure="account_closed", line=None, failure_line=None,
    )  # fmt: skip
    return paying_out.note_payout(payout=told, asked_at=timezone.now(), by=system_user("stripe"))


def declares(scope: str = "future") -> Declared:
    """What Ada declares, who has read the words in use."""
    said = {"first_name": "Ada", "last_name": "Whelk", "home": "uk", "address": "1 Quay Street", "postcode": "NE1 4LP"}
    return Declared(scope=scope, words=reading.declaration(), **said)


def declaration(donor: Donor, scope: str = "past") -> Declaration:
    """What a donor declared on paper, for all gifts if no others are named."""
    return declaring.declare(declared=declares(scope), channel=Channel.PAPER, donor=donor, by=office())


def spoken(donor: Donor, scope: str = "future") -> Declaration:
    """What a donor declared by telephone; its record has not been sent."""
    return declaring.declare(declared=declares(scope), channel=Channel.ORAL, donor=donor, by=office())


def office() -> User:
    """Whoever records what comes on paper or by telephone."""
    return Cast().fundraiser
