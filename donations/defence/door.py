"""The door: one statement judges a try by everything that is known of it, and counts it."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from django.db import DatabaseError, connection

from donations.defence.rules import rules

log = logging.getLogger(__name__)


class Verdict(StrEnum):
    """What becomes of a try. Each but the second is counted under its name, in the minute of the try."""

    LET_IN = "let_in"
    AGAIN = "again"  # The same gift, asked for again: it opens no second page.
    SLOWED = "slowed"  # Too many by one donor or browser.
    STOPPED = "stopped"  # Too many new cards were declined there.
    ASKED = "asked"  # Many from one address: a challenge.
    ALARMED = "alarmed"  # Many cards were declined lately: a challenge for everybody.
    WAITING = "waiting"  # A challenge was passed; so were too many from there.


MAY_GO_ON = {Verdict.LET_IN, Verdict.AGAIN}
IS_ASKED = {Verdict.ASKED, Verdict.ALARMED}


@dataclass(frozen=True)
class Try:
    """One try to open a payment page: digests alone. `answer` says how the challenge `ticket` was met."""

    address: str = ""
    donor: str = ""
    browser: str = ""
    gift: str = ""
    answer: str = ""  # worked, waited
    ticket: str = ""

    @property
    def donors(self) -> list[str]:
        """Whoever asks, under each name that is known; the email’s first."""
        return [each for each in (self.donor, self.browser) if each]

    @property
    def cards(self) -> Sequence[str]:
        """Where declined cards are counted."""
        return [f"cards:{each}" for each in (self.address, self.donor) if each]


@dataclass(frozen=True)
class Judgement:
    """What becomes of a try; and where it must wait, until when."""

    verdict: Verdict
    room_at: datetime | None = None

    @property
    def may_go_on(self) -> bool:
        """Whether the payment page may be opened."""
        return self.verdict in MAY_GO_ON


# What is counted here is of the last minutes: it need not outlive the machine's power.
_JUDGE = "SELECT verdict, room FROM donations_lazily(), donations_at_the_door(%s, %s, %s, %s, %s, %s, %s, %s::jsonb)"


def judge(tried: Try, *, at: datetime) -> Judgement:
    """Judge a try made at that moment. Where the question itself fails, the form stays open."""
    asked: list[Any] = [at, tried.gift, tried.address, tried.donors, tried.cards, tried.answer, tried.ticket, rules()]
    try:
        with connection.cursor() as cursor:
            cursor.execute(_JUDGE, asked)
            verdict, room_at = cursor.fetchone()
    except DatabaseError as fault:  # its words may quote what was asked
        log.error("The defence could not be asked (%s): the form stays open.", type(fault).__name__)
        return Judgement(Verdict.LET_IN)
    if verdict == Verdict.ALARMED:
        _say_alarm(at.replace(second=0, microsecond=0))
    return Judgement(Verdict(verdict), room_at)


@lru_cache(maxsize=1)  # once a minute
def _say_alarm(minute: datetime) -> None:
    log.warning("Many of the cards that are tried are declined: every donor is challenged for now.")
