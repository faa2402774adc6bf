"""A stand-in for Stripe, spoken to over HTTP by the demo and the tests. It knows nothing of Almoner.

specification/   what Stripe's API is, read from the installed `stripe` package
wire.py          bracketed forms in, Stripe's shape of errors out
answering.py     one API request, from key to answer, checked on the way in and on the way out
api/             the calls, one noun a file
payments.py      what happens to money: paid, declined, expired, fee known
cards.py         the cards to choose from
account.py       the objects, the clock, the events, the violations
deliveries.py    signed events, carried until they are taken
pages/           the donor's payment page and the operator's page: plain HTML, no script
store.py         one SQLite file, or memory
server.py        HTTP, on loopback only
standin.py       all of it as one object

`python -m stripe_standin --help` runs it alone.
"""

from stripe_standin.account import Violation
from stripe_standin.standin import Standin

__all__ = ["Standin", "Violation"]
