"""A stand-in for Stripe, spoken to over HTTP by the demo and the tests. It knows nothing of Almoner.

specification/   what Stripe's API is, read from the installed `stripe` package
wire.py          bracketed forms in, Stripe's shape of errors out
answering.py     one API request, from key to answer, checked on the way in and on the way out
api/             the calls, one noun a file
payments.py      what happens on a payment page: paid, declined, asked by the bank, expired
setups.py        another card or bank account is named; nothing is charged
charging.py      what happens to one payment: it succeeds, is declined, is debited days later; its fee
debits.py        what banks answer to Direct Debits, days later
customers.py     customers, made and forgotten
subscriptions.py begun, repriced, moved, paused, ended
renewals.py      what their dates bring: an invoice, its payment or failure, retries, the end
portal.py        the billing portal: a donor names another card there
by_hand.py       invoices without a subscription
invoicing.py     what a subscription asks for, and how its payment stands
methods.py       the cards, wallets and bank accounts to choose from
refunds.py       money that goes back
disputes.py      money that a bank takes back
payouts.py       money that leaves for the charity's bank
balance.py       a line for each movement of money
giving.py        what donors and their banks do, pressed by a test
dashboard.py     what the charity and its bank do, pressed by a test
account.py       the objects, the clock, the events, the violations
deliveries.py    signed events, carried until they are taken
thin.py          events that say only what changed
pages/           the donor's payment page and the operator's page: plain HTML, no script
store.py         one SQLite file, or memory
server.py        HTTP, on loopback only
standin.py       all of it as one object; giving.py is its part that gives

`python -m stripe_standin --help` runs it alone.
"""

from stripe_standin.account import Violation
from stripe_standin.standin import Standin

__all__ = ["Standin", "Violation"]
