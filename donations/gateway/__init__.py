"""Everything that is said to Stripe, and everything that Stripe says: the one room that imports `stripe`.

It takes and returns our own values (pence, references, the small classes of values.py), never Stripe's objects, and
touches no database: the caller commits first. Stripe's refusals leave as facts of `donations.exceptions`, which name
Stripe's request id and error code, and never a key, a secret or what the donor typed.

asking.py         the client, the key and its address, the guards, errors as facts
checkouts.py      hosted pages: open_checkout, open_card_page, fetch_checkout, expire_checkout, ensure_product
payments.py       fetch_payment, payment_of_charge, payment_of_invoice
customers.py      tell_address
subscriptions.py  fetch_subscription, fetch_mandate, change_amount, move_date, pause, resume, use_card, cancel
refunds.py        send_refund, fetch_refund, refunds_of
disputes.py       fetch_dispute
balance.py        fetch_balance, lines_since, lines_of_payout, fetch_payout, payouts_since
events.py         read_event: a message verified, a hint to fetch; events_since
endpoints.py      what must be set up at Stripe: endpoint, kinds, rights, clock
"""

from donations.gateway.asking import API_VERSION, STRIPES_OWN, check_configuration, is_demonstration, is_live
from donations.gateway.asking import forget_clients as _forget_clients
from donations.gateway.balance import (
    fetch_balance,
    fetch_line,
    fetch_payout,
    lines_of_payout,
    lines_since,
    payouts_since,
)
from donations.gateway.checkouts import (
    ensure_product,
    expire_checkout,
    fetch_checkout,
    forget_products,
    open_card_page,
    open_checkout,
)
from donations.gateway.customers import tell_address
from donations.gateway.disputes import fetch_dispute
from donations.gateway.endpoints import (
    SUBSCRIBED,
    Right,
    clock_skew,
    create_endpoint,
    endpoints,
    key_kind,
    repair_endpoint,
    rights,
)
from donations.gateway.events import TOLERANCE, a_harmless_event, events_since, read_event
from donations.gateway.payments import fetch_payment, payment_of_charge, payment_of_invoice
from donations.gateway.refunds import fetch_refund, refunds_of, send_refund
from donations.gateway.subscriptions import (
    cancel,
    change_amount,
    fetch_mandate,
    fetch_subscription,
    move_date,
    pause,
    resume,
    use_card,
)
from donations.gateway.values import (
    Balance,
    BalanceLine,
    Checkout,
    CheckoutState,
    Dispute,
    Endpoint,
    Event,
    Mandate,
    Payment,
    Payout,
    Refund,
    Subscription,
)

__all__ = [
    "API_VERSION",
    "STRIPES_OWN",
    "SUBSCRIBED",
    "TOLERANCE",
    "Balance",
    "BalanceLine",
    "Checkout",
    "CheckoutState",
    "Dispute",
    "Endpoint",
    "Event",
    "Mandate",
    "Payment",
    "Payout",
    "Refund",
    "Right",
    "Subscription",
    "a_harmless_event",
    "cancel",
    "change_amount",
    "check_configuration",
    "clock_skew",
    "create_endpoint",
    "endpoints",
    "ensure_product",
    "events_since",
    "expire_checkout",
    "fetch_balance",
    "fetch_checkout",
    "fetch_dispute",
    "fetch_line",
    "fetch_mandate",
    "fetch_payment",
    "fetch_payout",
    "fetch_refund",
    "fetch_subscription",
    "forget_clients",
    "is_demonstration",
    "is_live",
    "key_kind",
    "lines_of_payout",
    "lines_since",
    "move_date",
    "open_card_page",
    "open_checkout",
    "pause",
    "payment_of_charge",
    "payment_of_invoice",
    "payouts_since",
    "read_event",
    "refunds_of",
    "repair_endpoint",
    "resume",
    "rights",
    "send_refund",
    "tell_address",
    "use_card",
]


def forget_clients() -> None:
    """Begin afresh: nothing is remembered of any account. For tests, each of which has a stand-in of its own."""
    _forget_clients()
    forget_products()
