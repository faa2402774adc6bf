"""Payouts: each is explained by the lines of Stripe's balance that it is made of, and leaves each fund its own part.

A line names its source, its source an entry of ours; what those entries put into Stripe clearing, the payout takes out.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from almoner.accounts.models import User
from donations import gateway
from donations.actions import dating
from donations.ledger import balances, posting
from donations.ledger.models import Entry, Fund
from donations.ledger.money import Money
from donations.ledger.posting import Share, Via
from donations.models import BalanceLine, Donation, Payment, Payout
from donations.models.payout import PayoutState

GONE = [PayoutState.FAILED, PayoutState.CANCELED]
OWN = ("payout", "payout_reversal")  # categories of a payout's own lines


@transaction.atomic
def note_payout(*, payout: gateway.Payout, asked_at: datetime, by: User) -> Payout:
    """Write down how a payout stands; one that failed has its entry reversed. An older answer changes nothing.

    Raises LedgerError.
    """
    told = {
        "pence": payout.pence,
        "state": payout.status,
        "automatic": payout.automatic,
        "arrives_on": payout.arrives_on,
        "trace": payout.trace,
        "failure": payout.failure,
        "checked_at": asked_at,
    }
    known, new = Payout.objects.get_or_create(payout=payout.payout, defaults={**told, "created": payout.created})
    kept = Payout.objects.select_for_update(of=("self",)).select_related("entry", "turned").get(pk=known.pk)
    if not new and asked_at > kept.checked_at and kept.state not in GONE:
        for field, value in told.items():
            setattr(kept, field, value)
        kept.save()
    _turn(kept, by)
    return kept


@transaction.atomic
def explain(
    *, payout: Payout, lines: Iterable[gateway.BalanceLine], not_ours: Collection[str] = (), by: User
) -> Payout:
    """Keep the lines that a payout is made of, and post it once they, without its own, add up to it.

    `not_ours` are the numbers of the lines of another system on the same account. What no entry of ours stands for is
    kept as unexplained, and then nothing is posted: it is asked for again. One that failed is posted, and turned.
    Raises LedgerError.
    """
    kept = Payout.objects.select_for_update(of=("self",)).select_related("entry", "turned").get(pk=payout.pk)
    others = [line for line in lines if line.source != kept.payout]
    ours = [line for line in others if line.line not in not_ours]
    theirs = [line for line in others if line.line in not_ours]
    keep_lines(ours, ours=True, payout=kept)
    keep_lines(theirs, ours=False, payout=kept)
    parts = by_fund(ours)
    kept.unexplained_pence = kept.pence - _another_systems_part(kept, ours, theirs) - sum(parts.values())
    kept.explained_at = timezone.now()
    if kept.entry is None and kept.unexplained_pence == 0 and any(parts.values()):
        kept.entry = _post(kept, parts, by)
    kept.save()
    _turn(kept, by)
    return kept


@transaction.atomic
def post_by_hand(*, payout: Payout, by: User) -> Payout:
    """Post a payout that somebody started in Stripe's dashboard: Stripe does not say which lines it is made of.

    It is taken from the funds whose money is at Stripe, the fullest first. Raises LedgerError.
    """
    kept = Payout.objects.select_for_update(of=("self",)).select_related("entry", "turned").get(pk=payout.pk)
    if kept.entry is not None:
        return kept
    left, parts = kept.pence, {}
    held = sorted(balances.held_on(Via.STRIPE).items(), key=lambda each: -each[1])
    if not held:
        return kept  # no money of ours is there yet: it is asked for again
    for fund, pence in held:
        part = min(left, max(pence, 0))
        if part > 0:
            parts[fund], left = part, left - part
    if left:
        parts[held[0][0]] = parts.get(held[0][0], 0) + left
    kept.entry, kept.explained_at, kept.unexplained_pence = _post(kept, parts, by), timezone.now(), 0
    kept.save()
    _turn(kept, by)
    return kept


def keep_lines(lines: Iterable[gateway.BalanceLine], *, ours: bool | None, payout: Payout | None = None) -> None:
    """Keep lines of Stripe's balance as Stripe has them; whose they are, and which payout took them, may come later."""
    rows = [
        BalanceLine(
            line=line.line,
            category=line.category,
            pence=line.pence,
            fee_pence=line.fee_pence,
            net_pence=line.net_pence,
            currency=line.currency,
            source=line.source,
            created=line.created,
            ours=ours,
            payout=payout,
        )
        for line in lines
    ]
    learned = [*(["ours"] if ours is not None else []), *(["payout"] if payout is not None else [])]
    if learned:
        BalanceLine.objects.bulk_create(rows, update_conflicts=True, unique_fields=["line"], update_fields=learned)
    else:
        BalanceLine.objects.bulk_create(rows, ignore_conflicts=True)


def _post(kept: Payout, parts: dict[Fund, int], by: User) -> Entry:
    shares = [Share(fund, Money(pence)) for fund, pence in sorted(parts.items(), key=lambda each: each[0].pk) if pence]
    return posting.payout(shares, key=f"payout:{kept.payout}", by=by, on=dating.day_in_the_books(kept.created))


def _another_systems_part(kept: Payout, ours: list[gateway.BalanceLine], theirs: list[gateway.BalanceLine]) -> int:
    """What of a payout is other money: its lines, and those of an earlier payout that came back and goes along."""
    failed = [line for line in ours if line.category in OWN]
    back = [line for line in failed if line not in not_in_the_books(failed)]
    BalanceLine.objects.filter(payout__payout__in=[line.source for line in back], ours=False).update(payout=kept)
    went_along = sum(line.net_pence for line in back) - sum(by_fund(back).values())
    return sum(line.net_pence for line in theirs) + went_along


def _turn(kept: Payout, by: User) -> None:
    """A payout that came back is in the books twice: as it left, and turned."""
    if kept.state in GONE and kept.entry is not None and kept.turned is None:
        kept.turned = posting.reverse(kept.entry, because=f"The payout was {kept.get_state_display()}.", by=by)
        kept.save(update_fields=["turned"])


# ---- from lines to entries


class Traced(NamedTuple):
    """A line and the causes of the entries that stand for it."""

    line: gateway.BalanceLine
    keys: tuple[str, ...]


def trace(lines: Iterable[gateway.BalanceLine]) -> list[Traced]:
    """The source keys of the entries that each line should have: a few queries, however many lines."""
    wanted = list(lines)
    charges = {line.source for line in wanted}
    intents = dict(Payment.objects.filter(charge__in=charges).values_list("charge", "payment_intent"))
    return [Traced(line, _keys(line, intents)) for line in wanted]


def _keys(line: gateway.BalanceLine, intents: dict[str, str]) -> tuple[str, ...]:
    intent = intents.get(line.source)
    fee = (f"fee:{line.line}",) if line.fee_pence else ()
    match line.category:
        case "charge":
            return (f"gift:{intent}", *((f"fee:{intent}",) if line.fee_pence else ())) if intent else ()
        case "refund":
            return (f"refund:{line.source}", *fee)
        case "refund_failure":
            return (f"reverse:refund:{line.source}", *fee)
        case "dispute" | "dispute_reversal":
            return (f"dispute:{line.line}", *fee)
        case "fee":
            return (f"fee:{line.line}",)
        case "payout":
            return (f"payout:{line.source}",)
        case "payout_reversal":
            return (f"reverse:payout:{line.source}",)
    return ()


def not_in_the_books(lines: Iterable[gateway.BalanceLine]) -> list[gateway.BalanceLine]:
    """Those for which no entries of ours stand, to the penny: two queries, however many lines."""
    traced = trace(lines)
    found = balances.on_account(Via.STRIPE, keys=[key for each in traced for key in each.keys])
    return [each.line for each in traced if not _stands(each, found)]


def _stands(traced: Traced, found: dict[str, dict[Fund, int]]) -> bool:
    there = [found[key] for key in traced.keys if key in found]
    whole = bool(traced.keys) and len(there) == len(traced.keys)
    if traced.line.category in OWN:  # the part of another system is in none of our entries
        return whole
    return whole and sum(sum(parts.values()) for parts in there) == traced.line.net_pence


def record_own_fee(*, line: gateway.BalanceLine, fund: Fund, by: User) -> None:
    """A fee of Stripe's own, of no gift, or one given back. Raises LedgerError."""
    day, key = dating.day_in_the_books(line.created), f"fee:{line.line}"
    if line.net_pence < 0:
        posting.charge_fee(Money(-line.net_pence), fund=fund, key=key, by=by, on=day)
    elif line.net_pence > 0:
        posting.return_fee(Money(line.net_pence), fund=fund, key=key, by=by, on=day)


def by_fund(lines: Iterable[gateway.BalanceLine]) -> dict[Fund, int]:
    """What the entries of these lines put into Stripe clearing, in pence by fund."""
    keys = [key for traced in trace(lines) for key in traced.keys]
    parts: dict[Fund, int] = defaultdict(int)
    for sums in balances.on_account(Via.STRIPE, keys=keys).values():
        for fund, pence in sums.items():
            parts[fund] += pence
    return parts


def parts_of(payout: Payout) -> dict[str, dict[Fund, int]]:
    """What the entries behind a payout's lines put into Stripe clearing, in pence by cause and fund: a few queries."""
    lines = [
        gateway.BalanceLine(
            line=kept.line,
            category=kept.category,
            pence=kept.pence,
            fee_pence=kept.fee_pence,
            net_pence=kept.net_pence,
            currency=kept.currency,
            source=kept.source,
            created=kept.created,
        )
        for kept in payout.lines.exclude(category__in=OWN)
    ]
    return balances.on_account(Via.STRIPE, keys=[key for traced in trace(lines) for key in traced.keys])


def gifts_of(payout: Payout) -> dict[str, Donation]:
    """The donations that a payout's lines are of, by the charge: one query."""
    charges = payout.lines.values_list("source", flat=True)
    found = Donation.objects.select_related("fund", "donor", "payment", "appeal").filter(payment__charge__in=charges)
    return {gift.payment.charge: gift for gift in found if gift.payment is not None}
