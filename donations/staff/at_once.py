"""What waits for Stripe is tried while the person looks; where Stripe is away, a job does it, and the page says so."""

from collections.abc import Callable

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from almoner.kit.words import Words
from donations.exceptions import PaymentsError, PaymentsUnavailable
from donations.ledger.exceptions import LedgerError

LATER = _("Stripe cannot be reached just now. It is written down, and done by itself as soon as Stripe answers.")
LOOKED_AT = _("It is written down, but Stripe would not do it yet. It is tried again by itself; tell an administrator.")


def try_it(do: Callable[[], object], *, done: Words) -> str:
    """Do it now; the sentence for what came of it. The job that was stored with it does no harm where this did it."""
    try:
        do()
    except PaymentsUnavailable:
        return gettext(LATER)
    except (PaymentsError, LedgerError):
        return gettext(LOOKED_AT)
    return str(done)
