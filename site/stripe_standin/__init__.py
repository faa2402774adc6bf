"""A stand-in for Stripe, spoken to over HTTP by the demo and the tests. It knows nothing of Almoner.

specification/   what Stripe's API is, read from the installed `stripe` package
wire.py          bracketed forms in, Stripe's shape of errors out
answering.py     one API request, from key to answer, checked on the way in and on the way out
api/             the calls, one noun a file
payments.py      what happens to money: paid, declined, expired, fee known
refunds.py       money that goes back
disputes.py      money that a bank takes back
payouts.py       money that leaves for the charity's bank
balance.py       a line for each of these movements
dashboard.py     the same as a person presses it, or a bank decides it
cards.py         the cards to choose from
account.py       the objects, the clock, the events, the violations
deliveries.py    signed events, carried until they are taken
thin.py          events that say only what changed
pages/           the donor's payment page and the operator's page: plain HTML, no script
store.py         one SQLite file, or memory
server.py        HTTP, on loopback only
standin.py       all of it as one object

`python -m stripe_standin --help` runs it alone.
"""

from stripe_standin.account import Violation
from stripe_standin.standin import Standin

__all__ = ["Standin", "Violation"]
