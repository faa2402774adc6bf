"""What Stripe tells of cards: declined ones are counted where they were tried, good ones are remembered for a while."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection

from donations.defence import visitors
from donations.defence.rules import rules
from donations.models import Pledge

log = logging.getLogger(__name__)

_GOOD = """
  INSERT INTO donations_sighting (key, full_at, purge_at) VALUES (%s, %s, %s)
  ON CONFLICT (key) DO UPDATE SET full_at = excluded.full_at, purge_at = excluded.purge_at
"""
_DECLINED = "SELECT donations_card_declined(%s, %s, %s, %s, %s, %s::jsonb)"


def note_decline(*, pledge: Pledge, attempt: str, card: str, at: datetime) -> bool:
    """A card was declined on the payment page of a pledge; `attempt` tells this try from others, and counts once.

    Whether too many cards that nobody knew were tried there: then the page should be closed.
    """
    session = visitors.digest("session", pledge.checkout_session) if pledge.checkout_session else ""
    known = visitors.digest("card", card) if card else ""
    told: list[Any] = [at, visitors.digest("attempt", attempt), known, session, visitors.donor(pledge.email), rules()]
    try:
        with connection.cursor() as cursor:
            cursor.execute(_DECLINED, told)
            return bool(cursor.fetchone()[0])
    except DatabaseError as fault:
        log.error("A declined card could not be counted (%s).", type(fault).__name__)
        return False


def note_good(*, card: str, at: datetime) -> None:
    """A card paid: if it is declined in the next two hours, it is no new card."""
    if not card:
        return
    until = at + timedelta(minutes=settings.DEFENCE_GOOD_CARD_MINUTES)
    try:
        with connection.cursor() as cursor:
            cursor.execute(_GOOD, [f"good:{visitors.digest('card', card)}", at, until])
    except DatabaseError as fault:
        log.error("A good card could not be remembered (%s).", type(fault).__name__)
