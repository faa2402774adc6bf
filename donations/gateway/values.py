"""What is said of Stripe's objects in our own words: pence, references, days. None of them is Stripe's object."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone


@dataclass(frozen=True)
class Checkout:
    """Stripe's payment page, opened for one gift, or for a change of card."""

    session_id: str
    url: str


@dataclass(frozen=True)
class CheckoutState:
    """How a payment page stands.

    `mode`: payment, subscription, setup. `status`: open, complete, expired. `payment_status`: paid, unpaid,
    no_payment_required.
    """

    session_id: str
    reference: str | None
    mode: str
    status: str
    payment_status: str
    payment_intent: str | None
    subscription: str | None
    payment_method: str | None  # what a setup page led to
    customer: str | None
    change: str | None  # our reference of the change that a setup page is for


@dataclass(frozen=True)
class Payment:
    """A payment as Stripe has it now.

    `reference` is ours, None where we did not start it; a renewal's is that of its subscription. `pence` is what was
    received once `status` is "succeeded", else what is asked. `fee_pence` and `net_pence` are None until Stripe knows
    the fee. `method` is Stripe's word (card, bacs_debit, link…), "" before there is a charge. `received_at` is when the
    card was charged, or before that when the payment was begun, in UTC. `failed` says that the last try failed.
    `fingerprint` is Stripe's for the card that was tried last: the same card has the same one, whoever holds it.
    """

    payment_intent: str
    reference: str | None
    status: str
    pence: int
    currency: str
    charge: str | None
    fee_pence: int | None
    net_pence: int | None
    method: str
    received_at: datetime
    livemode: bool
    failed: bool
    invoice: str | None
    subscription: str | None
    billing_reason: str  # subscription_create, subscription_cycle, …; "" for a gift given once
    fingerprint: str = ""

    @property
    def succeeded(self) -> bool:
        """Whether the money is ours."""
        return self.status == "succeeded"

    @property
    def received_on(self) -> date:
        """The day, as the charity's calendar has it."""
        return timezone.localdate(self.received_at)


@dataclass(frozen=True)
class Subscription:
    """A regular gift as Stripe has it now.

    `status` is Stripe's word: incomplete, incomplete_expired, trialing, active, past_due, unpaid, canceled, paused.
    `paused_until` is set while collection is paused. `ended_reason` is Stripe's: cancellation_requested and so on.
    """

    subscription: str
    reference: str | None
    status: str
    item: str
    product: str
    pence: int
    every: str  # month or year
    customer: str
    method: str
    card_expires_on: date | None
    began_at: datetime
    next_at: datetime | None
    paused: bool
    paused_until: datetime | None
    failures: int  # of the invoice that is due now
    next_try_at: datetime | None
    cancel_at_period_end: bool
    ended_at: datetime | None
    ended_reason: str
    latest_payment_intent: str | None
    livemode: bool


@dataclass(frozen=True)
class Mandate:
    """A Direct Debit's mandate as Stripe has it now, and the customer whose account it is on."""

    mandate: str
    active: bool
    customer: str


@dataclass(frozen=True)
class Refund:
    """A refund as Stripe has it now. `status`: pending, requires_action, succeeded, failed, canceled.

    `line` is its line of the balance; `failure_line` the one by which a failed refund came back.
    """

    refund: str
    reference: str | None
    payment_intent: str | None
    charge: str | None
    pence: int
    status: str
    failure: str
    made_at: datetime
    line: "BalanceLine | None"
    failure_line: "BalanceLine | None"


@dataclass(frozen=True)
class Dispute:
    """A dispute as Stripe has it now, with the lines by which money was taken or given back."""

    dispute: str
    payment_intent: str | None
    charge: str
    pence: int
    status: str
    reason: str
    evidence_due: datetime | None
    opened_at: datetime
    lines: "tuple[BalanceLine, ...]"


@dataclass(frozen=True)
class BalanceLine:
    """One line of Stripe's balance. `category` is Stripe's reporting category; `source` the id of what caused it."""

    line: str
    category: str
    pence: int
    fee_pence: int
    net_pence: int
    currency: str
    source: str
    created: datetime


@dataclass(frozen=True)
class Payout:
    """A payout as Stripe has it now. `status`: pending, in_transit, paid, failed, canceled."""

    payout: str
    pence: int
    currency: str
    status: str
    automatic: bool
    reconciled: bool  # Stripe knows all its lines
    arrives_on: date
    created: datetime
    trace: str
    failure: str
    line: str | None  # its own line of the balance
    failure_line: str | None


@dataclass(frozen=True)
class Balance:
    """What Stripe holds for us now, in pence sterling: what may be paid out, and what is not available yet."""

    available_pence: int
    pending_pence: int
    livemode: bool

    @property
    def total_pence(self) -> int:
        """Both together."""
        return self.available_pence + self.pending_pence


@dataclass(frozen=True)
class Event:
    """A signed message from Stripe, verified. `payload` is the whole event, fit to be stored as JSON.

    A thin event brings no object, only its id; `twin` is the snapshot event that tells the same, if any.
    """

    id: str
    kind: str
    livemode: bool
    api_version: str
    created: datetime
    object_id: str
    object_type: str
    payload: dict[str, Any]
    thin: bool = False
    twin: str = ""


@dataclass(frozen=True)
class Endpoint:
    """A webhook endpoint as the account has it."""

    endpoint: str
    url: str
    kinds: tuple[str, ...]
    api_version: str
    enabled: bool
