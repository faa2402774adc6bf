"""The questions, each one query of the positions, whose cost does not grow with the ledger. Nothing here sums lines."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db import connection

from donations.ledger.models import Fund, Purpose
from donations.ledger.money import NOTHING, Money


class Numbers(NamedTuple):
    """What pages, papers and reports show. allocated = paid + still to pay."""

    raised: Money = NOTHING
    pledged: Money = NOTHING
    allocated: Money = NOTHING  # reserved and awarded
    paid: Money = NOTHING
    still_to_pay: Money = NOTHING
    available: Money = NOTHING  # may be below nil: a fact came after the money was given away
    costs: Money = NOTHING
    moved: Money = NOTHING
    awaited: Money = NOTHING
    reserved: Money = NOTHING
    owed: Money = NOTHING

    @property
    def remaining(self) -> Money:
        """raised − costs + moved − awaited − allocated, never below nil: what can still be given away."""
        return max(self.available, NOTHING)

    @property
    def shortfall(self) -> Money:
        """What is missing, where facts took money that was already given away."""
        return max(-self.available, NOTHING)


COLUMNS = Numbers._fields  # as the views of 0007_numbers.sql call them
EACH = ", ".join(COLUMNS)
SUMS = ", ".join(f"coalesce(sum({column}), 0)::bigint" for column in COLUMNS)
AWARD_COLUMNS = ("allocated", "paid", "still_to_pay", "reserved", "owed")


def of_fund(fund: Fund) -> Numbers:
    """One fund's numbers."""
    return _first(f"SELECT {EACH} FROM ledger_fund_numbers WHERE fund_id = %s", [fund.pk])


def of_funds() -> list[tuple[Fund, Numbers]]:
    """Every fund with its numbers, in order of creation."""
    rows = _rows(
        f"SELECT {_OF_FUND}, {EACH} FROM ledger_fund f JOIN ledger_fund_numbers n ON n.fund_id = f.id ORDER BY f.id"
    )
    return [(_fund(row), _numbers(row[FUND_WIDTH:])) for row in rows]


def of_purposes() -> list[tuple[Purpose, Numbers]]:
    """Every purpose with its numbers, over all funds."""
    rows = _rows(
        f"SELECT u.id, u.code, u.name, {SUMS} FROM ledger_purpose u"
        " LEFT JOIN ledger_purpose_numbers n ON n.purpose_id = u.id GROUP BY u.id ORDER BY u.id"
    )
    return [(_purpose(row), _numbers(row[3:])) for row in rows]


def of_purposes_in(fund: Fund) -> list[tuple[Purpose, Numbers]]:
    """The purposes that a fund serves, with their numbers in it."""
    rows = _rows(
        f"SELECT purpose_id, code, name, {EACH} FROM ledger_purpose_numbers WHERE fund_id = %s ORDER BY purpose_id",
        [fund.pk],
    )
    return [(_purpose(row), _numbers(row[3:])) for row in rows]


def by_purpose_and_fund() -> list[tuple[Fund, Purpose, Numbers]]:
    """Every fund for every purpose it serves, by purpose and then by fund."""
    rows = _rows(
        f"SELECT {_OF_FUND}, n.purpose_id, n.code, n.name, {EACH} FROM ledger_purpose_numbers n"
        " JOIN ledger_fund f ON f.id = n.fund_id ORDER BY n.purpose_id, n.fund_id"
    )
    after = FUND_WIDTH
    return [(_fund(row), _purpose(row[after:]), _numbers(row[after + 3 :])) for row in rows]


def of_award(award: str) -> Numbers:
    """One award's numbers, over the funds that bear it: allocated, paid, still to pay, reserved, owed."""
    sums = ", ".join(f"coalesce(sum({column}), 0)::bigint" for column in AWARD_COLUMNS)
    (row,) = _rows(f"SELECT {sums} FROM ledger_award_numbers WHERE award = %s", [award])
    return _numbers_of_award(row)


def of_awards() -> dict[str, Numbers]:
    """Every award's numbers, by its reference."""
    sums = ", ".join(f"sum({column})::bigint" for column in AWARD_COLUMNS)
    rows = _rows(f"SELECT award, {sums} FROM ledger_award_numbers GROUP BY award ORDER BY award")
    return {row[0]: _numbers_of_award(row[1:]) for row in rows}


def held_on(account: str) -> dict[Fund, int]:
    """What stands on an account in each fund, in pence, from the monthly balances; + is a debit."""
    rows = _rows(
        f"SELECT {_OF_FUND}, s.pence FROM ledger_fund f JOIN (SELECT b.fund_id, sum(b.debits - b.credits)::bigint"
        " AS pence FROM ledger_balance b JOIN ledger_account a ON a.id = b.account_id WHERE a.code = %s GROUP BY 1) s"
        " ON s.fund_id = f.id ORDER BY f.id",
        [account],
    )
    return {_fund(row): row[FUND_WIDTH] for row in rows}


def moved_on(account: str, *, kinds: Sequence[str]) -> int:
    """What entries of these kinds have put on an account, in pence, from the monthly balances; + is a debit."""
    ((pence,),) = _rows(
        "SELECT coalesce(sum(b.debits - b.credits), 0)::bigint FROM ledger_balance b"
        " JOIN ledger_account a ON a.id = b.account_id WHERE a.code = %s AND b.kind = ANY (%s)",
        [account, list(kinds)],
    )
    return int(pence)


_PAID_SINCE = """
  WITH since AS (SELECT * FROM unnest(%s::bigint[], %s::date[]) AS s (fund_id, day)),
  paid AS (SELECT id, sign FROM ledger_account WHERE feeds = 'paid'),
  moved AS (
    SELECT b.fund_id, b.purpose_id, (b.debits - b.credits) * a.sign AS pence
      FROM since s JOIN ledger_balance b ON b.fund_id = s.fund_id AND b.month > s.day JOIN paid a ON a.id = b.account_id
     UNION ALL
    SELECT l.fund_id, l.purpose_id, l.amount * a.sign
      FROM since s JOIN ledger_entry e ON e.effective >= s.day
        AND e.effective < (date_trunc('month', s.day) + interval '1 month')::date
      JOIN ledger_line l ON l.entry_id = e.id AND l.fund_id = s.fund_id AND l.award IS NOT NULL
      JOIN paid a ON a.id = l.account_id)
  SELECT m.fund_id, u.id, u.code, u.name, sum(m.pence)::bigint
    FROM moved m JOIN ledger_purpose u ON u.id = m.purpose_id GROUP BY m.fund_id, u.id ORDER BY m.fund_id, u.id
"""


def paid_since(days: Mapping[int, date]) -> dict[int, list[tuple[Purpose, Money]]]:
    """What each of these funds has paid in grants, by purpose, since a day of its own.

    Whole months are read from the monthly balances, and only what is left of the first one from its lines.
    """
    found: dict[int, list[tuple[Purpose, Money]]] = {fund: [] for fund in days}
    for fund, *purpose, pence in _rows(_PAID_SINCE, [list(days), list(days.values())]):
        found[fund].append((_purpose(purpose), Money(pence)))
    return found


def on_account(account: str, *, keys: Sequence[str]) -> dict[str, dict[Fund, int]]:
    """What the entries of these causes put on an account, in pence by cause and fund; no entry, no cause."""
    rows = _rows(
        f"SELECT {_OF_FUND}, e.source_key, sum(l.amount)::bigint FROM ledger_entry e"
        " JOIN ledger_line l ON l.entry_id = e.id JOIN ledger_account a ON a.id = l.account_id AND a.code = %s"
        " JOIN ledger_fund f ON f.id = l.fund_id WHERE e.source_key = ANY (%s) GROUP BY f.id, e.source_key",
        [account, list(keys)],
    )
    found: dict[str, dict[Fund, int]] = {}
    for row in rows:
        found.setdefault(row[FUND_WIDTH], {})[_fund(row)] = row[FUND_WIDTH + 1]
    return found


def everything() -> Numbers:
    """All funds together."""
    return _first(f"SELECT {SUMS} FROM ledger_fund_numbers")


def left_in(fund: Fund) -> Money:
    """What a decision may still use of a fund; never below nil."""
    return of_fund(fund).remaining


def left_for(purpose: Purpose) -> Money:
    """What is left for a purpose over all funds; never below nil."""
    return _first(f"SELECT {SUMS} FROM ledger_purpose_numbers WHERE purpose_id = %s", [purpose.pk]).remaining


def owed_on(award: str) -> Money:
    """The debt to a grantee: awarded and not yet paid."""
    return of_award(award).owed


_FUND_FIELDS = list(Fund._meta.concrete_fields)
_FUND_NAMES = [field.attname for field in _FUND_FIELDS]
_OF_FUND = ", ".join(f'f."{field.column}"' for field in _FUND_FIELDS)
FUND_WIDTH = len(_FUND_FIELDS)


def _fund(row: Sequence[Any]) -> Fund:
    return Fund.from_db(connection.alias, _FUND_NAMES, row[:FUND_WIDTH])


def _purpose(row: Sequence[Any]) -> Purpose:
    return Purpose(id=row[0], code=row[1], name=row[2])


def _numbers(row: Sequence[int]) -> Numbers:
    return Numbers._make(map(Money, row))


def _numbers_of_award(row: Sequence[int]) -> Numbers:
    return Numbers(**{column: Money(pence) for column, pence in zip(AWARD_COLUMNS, row, strict=True)})


def _first(sql: str, values: Sequence[Any] = ()) -> Numbers:
    rows = _rows(sql, values)
    return _numbers(rows[0]) if rows else Numbers()


def _rows(sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found
