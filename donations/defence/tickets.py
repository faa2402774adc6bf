"""Tickets: a challenge set to one donor. It can be answered once, by work or by a wait that was really waited."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core import signing

SALT = "donations.defence.ticket"
LASTS = timedelta(minutes=30)


@dataclass(frozen=True)
class Ticket:
    """A challenge, signed: its number, whose it is, and since when."""

    number: str
    donor: str
    set_at: datetime
    signed: str

    def seconds_left(self, at: datetime) -> int:
        """How long one who can do no work has still to wait."""
        return max(0, settings.DEFENCE_WAIT_SECONDS - int((at - self.set_at).total_seconds()))


def draw(*, donor: str, at: datetime) -> Ticket:
    """A new one."""
    number, moment = secrets.token_urlsafe(12), int(at.timestamp())
    return Ticket(number, donor, _moment(moment), signing.dumps([number, donor, moment], salt=SALT))


def read(signed: str, *, donor: str, at: datetime) -> Ticket | None:
    """One that came back; None where it is forged, another donor’s, or too old."""
    try:
        number, whose, moment = signing.loads(signed, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    set_at = _moment(moment)
    return Ticket(number, whose, set_at, signed) if whose == donor and set_at <= at <= set_at + LASTS else None


def _moment(stamp: int) -> datetime:
    return datetime.fromtimestamp(stamp, UTC)
