"""A match: held for a gift when it is pledged, used when it arrives, given back when it does not, or went back.

Each verb is one statement, so that two donors are never promised the same pound; the database refuses it besides, and
counts for itself that what is promised and what is left are together the whole match.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import F, Q, Value
from django.utils import timezone

from donations.ledger.money import NOTHING, Money
from donations.models import Appeal, Donation, Match, MatchedGift, Pledge
from donations.models.match import MatchState
from donations.models.pledge import PledgeState

# Stripe closes a payment page no sooner than half an hour after it opens; by then it knows the pledge a minute at most.
HELD_FOR = timedelta(minutes=31)
OPENED_WITHIN, LATER = timedelta(seconds=50), timedelta(minutes=10)
LEFT_AFTER = timedelta(minutes=35)  # a hold that nobody has settled by then is looked at
AT_ONCE = 100


# What holds a match for the pledge `made`, as parts of the statement that makes it; nothing where no match is open.
HOLDING = """
  oldest AS (
    SELECT m.id, m.available_pence, made.id AS pledge_id, made.pence - made.fee_cover_pence AS pence
      FROM made JOIN donations_match m ON m.appeal_id = made.appeal_id
     WHERE m.available_pence > 0 AND m.opens_on <= %(day)s AND (m.closes_on IS NULL OR m.closes_on >= %(day)s)
     ORDER BY m.opens_on, m.id LIMIT 1 FOR UPDATE OF m
  ), given AS (
    UPDATE donations_match m SET available_pence = m.available_pence - least(m.available_pence, oldest.pence)
      FROM oldest WHERE m.id = oldest.id AND m.available_pence > 0
    RETURNING m.id, oldest.pledge_id, least(oldest.available_pence, oldest.pence) AS pence
  ), held AS (
    INSERT INTO donations_matchedgift (match_id, pledge_id, pence, state, held_at)
    SELECT id, pledge_id, pence, 'held', statement_timestamp() FROM given
    RETURNING *
  )"""
_THIS = "made AS (SELECT * FROM donations_pledge WHERE id = %(pledge)s)"
_HOLD = f"WITH {_THIS}, {HOLDING} SELECT * FROM held"  # noqa: S608 - words of ours


def hold(*, pledge: Pledge, on: date | None = None) -> MatchedGift | None:
    """Hold as much for a pledge as its gift comes to, of the oldest open match that has anything left.

    Less than the gift where less is left; None where nothing is. What was added for the card fee is not doubled.
    """
    held = next(iter(MatchedGift.objects.raw(_HOLD, {"pledge": pledge.pk, "day": on or timezone.localdate()})), None)
    pledge.is_known_unmatched = held is None
    return held


_USE = """
  WITH promised AS (
    SELECT id, match_id, pence, state FROM donations_matchedgift
     WHERE pledge_id = %(pledge)s AND state <> 'used' FOR UPDATE
  ), again AS (
    UPDATE donations_match m SET available_pence = m.available_pence - promised.pence FROM promised
     WHERE promised.state = 'released' AND m.id = promised.match_id AND m.available_pence >= promised.pence
    RETURNING m.id
  ), used AS (
    UPDATE donations_matchedgift g SET state = 'used', settled_at = statement_timestamp() FROM promised
     WHERE g.id = promised.id AND (promised.state = 'held' OR EXISTS (SELECT FROM again))
    RETURNING g.*
  )
  SELECT * FROM used
   UNION ALL SELECT * FROM donations_matchedgift WHERE pledge_id = %(pledge)s AND state = 'used'
"""


def use(*, pledge: Pledge) -> MatchedGift | None:
    """The gift has arrived: the champion owes what was held for it. May be repeated.

    A payment that came after its hold was given back gets it again if it is still there, whole; otherwise the gift
    stands unmatched, and its `matched` says “given back”. None where it is not matched.
    """
    return next(iter(MatchedGift.objects.raw(_USE, {"pledge": pledge.pk})), None)


_RELEASE = """
  WITH released AS (
    UPDATE donations_matchedgift SET state = 'released', settled_at = statement_timestamp()
     WHERE pledge_id = %s AND state = 'held' RETURNING match_id, pence
  )
  UPDATE donations_match m SET available_pence = m.available_pence + released.pence FROM released
   WHERE m.id = released.match_id
"""


def release(*, pledge: Pledge) -> bool:
    """The donor left, or the payment failed: what was held goes back, once. False where nothing was held."""
    with connection.cursor() as cursor:
        cursor.execute(_RELEASE, [pledge.pk])
        return bool(cursor.rowcount)


_TAKE_BACK = """
  WITH back AS (
    UPDATE donations_matchedgift g SET state = 'released', settled_at = statement_timestamp()
      FROM donations_donation d, donations_match m
     WHERE d.id = %(donation)s AND g.pledge_id = d.pledge_id AND g.state = 'used' AND m.id = g.match_id
       AND (m.closes_on IS NULL OR m.closes_on >= %(day)s) AND donations_left_of_gift(d.id) <= 0
    RETURNING g.match_id, g.pence
  )
  UPDATE donations_match m SET available_pence = m.available_pence + back.pence FROM back WHERE m.id = back.match_id
"""


def take_back(*, donation: Donation, on: date | None = None) -> bool:
    """A gift that went back as a whole was no gift: while the match is open its share doubles another. Whether it did.

    Of a match that has closed the champion owes what was used: they have been told. Part of a gift keeps it all.
    """
    if donation.pledge_id is None:
        return False
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_BACK, {"donation": donation.pk, "day": on or timezone.localdate()})
        return bool(cursor.rowcount)


def use_again(*, donation: Donation) -> MatchedGift | None:
    """A refund failed, so the gift stands: it is doubled again, if what it gave up is still there."""
    stands = Donation.objects.filter(pk=donation.pk, pledge__isnull=False).with_status().filter(Q(net_pence__gt=0))
    gift = stands.select_related("pledge").first()
    return use(pledge=gift.pledge) if gift is not None and gift.pledge is not None else None


def champion_of(appeal: Appeal, on: date | None = None) -> Match | None:
    """The match that the next gift would be doubled by; None where nothing is left."""
    day = on or timezone.localdate()
    still_open = Match.objects.filter(appeal=appeal, opens_on__lte=day, available_pence__gt=0)
    return still_open.exclude(closes_on__lt=day).order_by("opens_on", "pk").first()


def held_for(pledge: Pledge | None) -> Money:
    """What is held for a pledge at this moment, or was used by its gift."""
    if pledge is None:
        return NOTHING
    held = MatchedGift.objects.filter(pledge=pledge).exclude(state=MatchState.RELEASED).first()
    return held.amount if held is not None else NOTHING


def would_double(appeal: Appeal, amount: Money | None, pledge: Pledge | None) -> Money:
    """By how much a gift would be doubled now, to be said before paying: what is held for it, or what is left."""
    first = champion_of(appeal)
    left = first.available if first is not None else NOTHING
    return min(held_for(pledge) + left, amount or NOTHING)


def change(*, match: Match, amount: Money) -> bool:
    """The champion gives more, or less in all: never less than is promised already, which is False."""
    enough = Match.objects.filter(pk=match.pk, promised_pence__lte=amount.pence)
    return enough.update(pence=amount.pence, available_pence=Value(amount.pence) - F("promised_pence")) > 0


# ---- the hold ends when the payment page closes


def closings(*, pledge: Pledge) -> list[datetime | None]:
    """When the payment page of a pledge shall close, the likeliest first; None leaves it to Stripe.

    The same pledge must be asked for in the same words, so the moment follows from when it was made. A form that is
    sent again later, because Stripe did not answer, needs a later one; then each earlier one may be what Stripe knows.
    """
    if pledge.is_known_unmatched:
        return [None]
    state = MatchedGift.objects.filter(pledge=pledge).values_list("state", flat=True).first()
    if state is None:
        return [None]
    late = max(0, -(-(timezone.now() - pledge.created_at - OPENED_WITHIN) // LATER))
    moments = [pledge.created_at + HELD_FOR + number * LATER for number in range(late, -1, -1)]
    return [*moments] if state == MatchState.HELD else [None, *moments]


@dataclass(frozen=True)
class Held:
    """What is promised of a match and not used yet: to donors at a payment page, and for debits on their way."""

    at_a_page: Money
    donors: int
    until: datetime | None  # when the last of these pages closes; each closes half an hour after its form was sent
    on_its_way: Money  # until the bank has taken it or refused, which takes days


def held_of(match: Match) -> Held:
    """How much of a match is held, and until when: what nobody pays by then goes back."""
    holds = list(match.gifts.filter(state=MatchState.HELD).select_related("pledge"))
    at_a_page = [each for each in holds if each.pledge.state != PledgeState.PROCESSING]
    sum_of = sum(each.pence for each in at_a_page)
    return Held(
        at_a_page=Money(sum_of),
        donors=len(at_a_page),
        until=max((each.pledge.created_at + HELD_FOR for each in at_a_page), default=None),
        on_its_way=Money(sum(each.pence for each in holds) - sum_of),
    )


def left_behind() -> list[Pledge]:
    """Pledges that still hold a match although their payment page must have closed; not those paid by a slow method."""
    held = MatchedGift.objects.filter(state=MatchState.HELD, held_at__lt=timezone.now() - LEFT_AFTER)
    waiting = held.filter(pledge__state__in=[PledgeState.MADE, PledgeState.AT_CHECKOUT, PledgeState.LEFT])
    return [each.pledge for each in waiting.select_related("pledge").order_by("held_at")[:AT_ONCE]]
