"""What a donor asks for beyond the gift itself: what the forms hand to the actions."""

from dataclasses import dataclass, field
from datetime import date

from donations.models.contact import Basis
from donations.models.wording import Words


@dataclass(frozen=True)
class Declared:
    """What a Gift Aid declaration says, and the words that were read; see donations/models/declaration.py."""

    first_name: str
    last_name: str
    home: str
    address: str
    scope: str
    words: Words
    town: str = ""
    postcode: str = ""


@dataclass(frozen=True)
class InTheNameOf:
    """Who is remembered or honoured, and who is told; see donations/models/tribute.py."""

    kind: str
    honoured: str
    message: str = ""
    tell_name: str = ""
    tell_email: str = ""
    tell_on: date | None = None
    say_amount: bool = False


@dataclass(frozen=True)
class Contact:
    """What was said about each channel, after reading which words, and how somebody is reached there.

    Of a channel about which nothing was said there is nothing.
    """

    bases: dict[str, Basis] = field(default_factory=dict)
    telephone: str = ""
    postal: str = ""
    words: Words | None = None


@dataclass(frozen=True)
class Wishes:
    """All of it. `gift_aid` is “yes” or “no”, or nothing where nobody was asked."""

    gift_aid: str = ""
    declared: Declared | None = None
    tribute: InTheNameOf | None = None
    contact: Contact = field(default_factory=Contact)
