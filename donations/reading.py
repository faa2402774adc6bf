"""Words that somebody reads before agreeing to them, as they are in use. A form carries their mark, and brings it back.

The words that were read are the words that are agreed to: where the mark is another when a form comes back, the words
have changed meanwhile, or the page was kept by somebody for long, and they are read again.
"""

from datetime import date

from donations import charity
from donations.models import Wording
from donations.models.wording import Words, in_use


def declaration(*, on: date | None = None) -> Words:
    """The Gift Aid declaration, in the words of a day, today if none is named. Raises Wording.DoesNotExist."""
    return of(in_use(Wording.About.GIFT_AID, on=on))


def of(wording: Wording) -> Words:
    """A version of the declaration, with the name that the law wants in it."""
    return wording.read(charity=charity.current().legal_name)


def contact() -> Words:
    """What we say before we ask whether we may write."""
    return in_use(Wording.About.CONTACT).read(charity=charity.current().name)
