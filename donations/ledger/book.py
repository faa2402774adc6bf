"""Writing one entry: one round trip, by ledger_post() of 0006_posting.sql. For posting.py, which knows the events."""

import contextlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextvars import ContextVar
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import Error, connection, transaction
from django.utils import timezone

from donations.ledger.exceptions import AlreadyPosted, BooksAreBusy, LawBroken, as_fact
from donations.ledger.models import Entry, Fund, FundPurpose, Purpose
from donations.ledger.money import Money

LONDON = ZoneInfo("Europe/London")
TRIES = 3  # two writers may meet in a ring; PostgreSQL lets one go on and asks the other to come again


_stands_alone = ContextVar("_stands_alone", default=True)


@contextlib.contextmanager
def together() -> Iterator[None]:
    """What is posted in here stands or falls with the caller's transaction, which a refusal ends.

    It keeps no savepoint: that spares two journeys to the database while the fund is locked.
    """
    before = _stands_alone.set(False)
    try:
        yield
    finally:
        _stands_alone.reset(before)


class Row(NamedTuple):
    """One line to be: + is a debit. Without a purpose, the fund's usual one."""

    account: str
    fund: int
    purpose: int | None
    pence: int
    award: str | None = None


def pair(
    debit: str, credit: str, fund: Fund, purpose: Purpose | None, amount: Money, award: str | None = None
) -> list[Row]:
    """The same amount on both sides. Raises LawBroken for nothing or less: what goes back has its own verb."""
    if amount.pence <= 0:
        raise LawBroken("An amount is more than nothing.", constraint="line_is_not_nothing")
    where = purpose.pk if purpose else None
    return [Row(debit, fund.pk, where, amount.pence, award), Row(credit, fund.pk, where, -amount.pence, award)]


def post(
    kind: str,
    rows: Sequence[Row],
    *,
    key: str,
    by: AbstractBaseUser,
    on: date | None = None,
    narrative: str = "",
    reason: str = "",
    authority: str = "",
    reverses: Entry | None = None,
) -> Entry:
    """Write the entry with its lines, or find the one that `key` made before. Raises LedgerError.

    Inside a transaction it keeps a savepoint, so that the caller can go on after a refusal; except `together`.
    """
    effective = on or timezone.localdate(timezone=LONDON)
    entry = Entry(
        effective=effective, kind_id=kind, narrative=narrative, reason=reason, authority=authority, source_key=key,
        reverses=reverses, posted_by_id=by.pk,
    )  # fmt: skip
    ours = connection.in_atomic_block  # then it is the caller who begins again
    for attempt in range(1, TRIES + 1):
        try:
            with transaction.atomic(savepoint=_stands_alone.get()) if ours else contextlib.nullcontext():
                entry.pk, entry.posted_at, fresh = _write(entry, rows)
            break
        except Error as error:
            refusal = as_fact(error)
            if refusal is None:
                raise
            if isinstance(refusal, BooksAreBusy) and not ours and attempt < TRIES:
                continue
            raise refusal from error
    if fresh:
        entry.fresh, entry._state.adding = True, False
        entry._state.db = connection.alias
        return entry
    return _known(entry, rows)


def _write(entry: Entry, rows: Sequence[Row]) -> tuple[int, datetime, bool]:
    accounts, funds, purposes, pence, awards = zip(*rows, strict=True) if rows else ((),) * 5
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT entry_id, posted_at, fresh FROM ledger_post(%s, %s, %s, %s, %s, %s, %s, %s,"
            " %s::text[], %s::bigint[], %s::bigint[], %s::text[], %s::bigint[])",
            [
                entry.effective, entry.kind_id, entry.narrative, entry.reason, entry.authority, entry.source_key,
                entry.reverses_id, entry.posted_by_id,
                list(accounts), list(funds), list(purposes), list(awards), list(pence),
            ],
        )  # fmt: skip
        found: tuple[int, datetime, bool] = cursor.fetchone()
        return found


def _known(entry: Entry, rows: Sequence[Row]) -> Entry:
    """The entry that has this key already, if it says the same; a redelivered event may bear another day."""
    usual = dict(
        FundPurpose.objects.filter(fund__in={row.fund for row in rows}, usual=True).values_list("fund_id", "purpose_id")
    )
    said = Counter(
        (row.account, row.fund, usual.get(row.fund) if row.purpose is None else row.purpose, row.award, row.pence)
        for row in rows
    )
    earlier = Entry.objects.get(pk=entry.pk)
    written = Counter(earlier.lines.values_list("account__code", "fund_id", "purpose_id", "award", "amount"))
    if (earlier.kind_id, written) != (entry.kind_id, said):
        raise AlreadyPosted(
            "This is already in the books, with other amounts.",
            constraint="entry_source_key_once",
            detail={"key": entry.source_key},
        )
    return earlier


# ---------------------------------------------------------------- general money, set aside for an award's purpose


class Aside(NamedTuple):
    """General money of a fund to be moved to a purpose inside it."""

    fund: int
    general: int  # the purpose “any”
    pence: int


def aside(award: str, moves: Iterable[Aside], purpose: Purpose, *, sign: int = 1) -> list[Row]:
    """Transfers inside a fund; they name the award, so that a release can turn them."""
    return [
        row
        for move in moves
        for row in (
            Row("6000", move.fund, move.general, sign * move.pence, award),
            Row("6000", move.fund, purpose.pk, -sign * move.pence, award),
        )
    ]


_WANTED = """
  SELECT fund, sum(amount)::bigint AS amount
    FROM unnest(%(funds)s::bigint[], %(pence)s::bigint[]) AS s (fund, amount) GROUP BY 1
"""
# A repeated call finds what the first one moved.
_BEFORE = """
  SELECT l.fund_id, l.purpose_id, abs(l.amount) FROM ledger_line l JOIN ledger_entry e ON e.id = l.entry_id
    JOIN ledger_account a ON a.id = l.account_id JOIN ledger_purpose u ON u.id = l.purpose_id
   WHERE e.source_key = %(key)s AND a.kind = 'transfer' AND u.code = 'any'
"""


def missing_for(purpose: Purpose, *, funds: Sequence[int], pence: Sequence[int], key: str) -> list[Aside]:
    """What each fund's own money for the purpose lacks and its general money has. Takes the funds' locks."""
    return _look(
        f"""
        SELECT w.fund, g.purpose_id,
               least(w.amount - greatest(p.available, 0), greatest(g.available, 0)) AS move
          FROM ({_WANTED}) w
          JOIN ledger_purpose u ON u.code = 'any' AND u.id <> %(purpose)s
          JOIN ledger_purpose_position g ON g.fund_id = w.fund AND g.purpose_id = u.id
          JOIN ledger_purpose_position p ON p.fund_id = w.fund AND p.purpose_id = %(purpose)s
         WHERE w.amount > greatest(p.available, 0) AND g.available > 0 ORDER BY w.fund
        """,
        {"purpose": purpose.pk, "funds": list(funds), "pence": list(pence), "key": key},
    )


def set_aside_for(award: str, purpose: Purpose, *, funds: Sequence[int], pence: Sequence[int], key: str) -> list[Aside]:
    """How much of what is given back was general money set aside for this award. Takes the funds' locks."""
    return _look(
        f"""
        SELECT w.fund, u.id, least(w.amount, -sum(l.amount))::bigint
          FROM ({_WANTED}) w
          JOIN ledger_purpose u ON u.code = 'any' AND u.id <> %(purpose)s
          JOIN ledger_line l ON l.award = %(award)s AND l.fund_id = w.fund AND l.purpose_id = %(purpose)s
          JOIN ledger_account a ON a.id = l.account_id AND a.kind = 'transfer'
         GROUP BY w.fund, u.id, w.amount HAVING sum(l.amount) < 0 ORDER BY w.fund
        """,
        {"award": award, "purpose": purpose.pk, "funds": list(funds), "pence": list(pence), "key": key},
    )


def _look(sql: str, values: dict[str, Any]) -> list[Aside]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_hold_funds(%s::bigint[])", [values["funds"]])
        cursor.execute("SELECT FROM ledger_entry WHERE source_key = %s", [values["key"]])
        cursor.execute(_BEFORE if cursor.fetchone() is not None else sql, values)
        return [Aside(*row) for row in cursor.fetchall()]
