"""The reports, each one query, from the monthly balances. A month that a period cuts in two is summed from its lines.

Entries of the kind “opening” carry old books into these: they are what a year begins with, never its income.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import TextChoices

from donations.ledger.models import FundClass
from donations.ledger.money import NOTHING, Money


class Column(TextChoices):
    """The columns of a statement of financial activities (Charities SORP, module 4)."""

    UNRESTRICTED = "unrestricted", "Unrestricted funds"  # designated ones stand within
    RESTRICTED = "restricted", "Restricted funds"
    ENDOWMENT = "endowment", "Endowment funds"


class Part(TextChoices):
    """What a heading is part of."""

    INCOME = "income", "Income"
    EXPENDITURE = "expenditure", "Expenditure"
    TRANSFERS = "transfer", "Transfers between funds"


@dataclass(frozen=True, slots=True)
class YearLine:
    """A heading of the year, or a part's total. Expenditure and transfers in are positive."""

    part: Part
    heading: str
    amount: Money
    designated: Money  # of this amount, in designated funds


@dataclass(frozen=True, slots=True)
class ClassYear:
    """One column of the SOFA: a class of funds, with its headings and a total for each part that has any."""

    column: Column
    lines: list[YearLine]
    totals: dict[Part, YearLine]

    def total(self, part: Part) -> Money:
        """The part's total; nil if nothing happened."""
        return self.totals[part].amount if part in self.totals else NOTHING

    @property
    def movement(self) -> Money:
        """Net movement in these funds: income, less expenditure, with transfers."""
        return self.total(Part.INCOME) - self.total(Part.EXPENDITURE) + self.total(Part.TRANSFERS)


def year_by_class(*, first: date, last: date) -> list[ClassYear]:
    """The period's income, expenditure and transfers by heading: three columns, even where nothing happened."""
    return _years([Period(first, last)])[0]


def year_by_class_with_the_year_before(*, first: date, last: date) -> list[tuple[ClassYear, ClassYear]]:
    """The SOFA: each column of the period, beside the same column of the year that ended the day before it."""
    this, before = _years([Period(first, last), Period(_year_earlier(first), first - timedelta(days=1))])
    return list(zip(this, before, strict=True))


@dataclass(frozen=True, slots=True)
class FundMovement:
    """A fund over a period: opening + income − expenditure + transfers = closing."""

    fund: str
    fund_class: str
    opening: Money
    income: Money
    expenditure: Money
    transfers: Money
    closing: Money


def movement_in_funds(*, first: date, last: date) -> list[FundMovement]:
    """Every fund over the period; what old books bring in counts as opening. Closing is what the fund holds."""
    moved, values = _moved([Period(first, last), Period(None, first - timedelta(days=1))], _HOLDINGS)
    new = "m.period = 0 AND m.kind <> 'opening'"
    rows = _rows(
        f"""
        SELECT f.name, f.class, {_pence("m.amount", f"NOT ({new})")},
               {_pence("m.amount", f"{new} AND a.kind = 'income'")},
               {_pence("-m.amount", f"{new} AND a.kind = 'expenditure'")},
               {_pence("m.amount", f"{new} AND a.kind IN ('transfer', 'funds')")}, {_pence("m.amount")}
          FROM ledger_fund f LEFT JOIN ({moved}) m ON m.fund_id = f.id LEFT JOIN ledger_account a ON a.id = m.account_id
         GROUP BY f.id ORDER BY f.id
        """,
        values,
    )
    return [FundMovement(fund, fund_class, *map(Money, pence)) for fund, fund_class, *pence in rows]


@dataclass(frozen=True, slots=True)
class CashLine:
    """One line of receipts and payments: receipts are positive. Without a heading, cash moved between funds."""

    heading: str
    amount: Money


@dataclass(frozen=True, slots=True)
class FundCash:
    """A fund's cash over a period: opening, its lines, closing."""

    fund: str
    opening: Money
    lines: list[CashLine]
    closing: Money


def receipts_and_payments(*, first: date, last: date) -> list[FundCash]:
    """Money that moved, by fund and heading. What has no heading comes to nil over all funds together."""
    moved, values = _moved([Period(first, last), Period(None, first - timedelta(days=1))], _CASH)
    rows = _rows(
        f"""
        WITH by_heading AS (
          SELECT m.fund_id, k.cash_heading AS heading, min(k.code) AS place,
                 {_pence("m.amount", "m.period = 1")} AS before, {_pence("m.amount", "m.period = 0")} AS during
            FROM ({moved}) m JOIN ledger_kind k ON k.code = m.kind GROUP BY 1, 2)
        SELECT f.id, f.name, {_pence("h.before", over="f.id")}, {_pence("h.before + h.during", over="f.id")},
               h.heading, coalesce(h.during, 0)
          FROM ledger_fund f LEFT JOIN by_heading h ON h.fund_id = f.id
         ORDER BY f.id, h.heading = '', h.during < 0, h.place
        """,
        values,
    )
    funds = []
    for (_, fund, opening, closing), lines in groupby(rows, key=lambda row: row[:4]):
        moved_lines = [CashLine(heading, Money(pence)) for *_, heading, pence in lines if pence]
        funds.append(FundCash(fund, Money(opening), moved_lines, Money(closing)))
    return funds


@dataclass(frozen=True, slots=True)
class StatementLine:
    """Something that changed what a fund holds, and what it held afterwards."""

    on: date
    kind: str
    key: str
    narrative: str
    account: str
    purpose: str
    award: str | None
    amount: Money
    balance: Money


class Before(NamedTuple):
    """Where the next page of a statement begins: below this line, with this balance."""

    line: int
    balance: Money


@dataclass(frozen=True, slots=True)
class Statement:
    """A page of a fund's statement, newest first; below the line, what is reserved for awards and not yet a debt."""

    lines: list[StatementLine]
    holds: Money
    reserved: Money
    older: Before | None


_NEWEST = 2**63 - 1


def fund_statement(fund_id: int, *, before: Before | None = None, size: int = 25) -> Statement:
    """`size` lines of a fund in the order of posting. Its cost is that of the page, however long the past is.

    The running balance starts from the fund's position and walks back, so it is right on the day it is read.
    """
    rows = _rows(
        f"""
        WITH shown AS (
          SELECT l.id, e.effective, e.kind, e.source_key, e.narrative, a.name AS account, u.name AS purpose, l.award,
                 -l.amount AS amount
            FROM ledger_line l JOIN ledger_entry e ON e.id = l.entry_id JOIN ledger_account a ON a.id = l.account_id
            JOIN ledger_purpose u ON u.id = l.purpose_id
           WHERE l.fund_id = %(fund)s AND l.id < %(before)s AND a.kind IN {_HOLDINGS_SQL}
           ORDER BY l.id DESC LIMIT %(size)s + 1),
        stands AS (
          SELECT raised + moved - spent - awarded AS holds, reserved FROM ledger_fund_position
           WHERE fund_id = %(fund)s)
        SELECT p.holds, p.reserved, s.*, (coalesce(%(balance)s::bigint, p.holds) - coalesce(sum(s.amount) OVER (
                 ORDER BY s.id DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0))::bigint AS balance
          FROM stands p LEFT JOIN shown s ON true ORDER BY s.id DESC
        """,
        {
            "fund": fund_id,
            "size": size,
            "before": before.line if before else _NEWEST,
            "balance": before.balance.pence if before else None,
        },
    )
    shown = [row[2:] for row in rows if row[2] is not None]
    lines = [_statement_line(row) for row in shown[:size]]
    older = Before(shown[size - 1][0], Money(shown[size][-1])) if len(shown) > size else None
    return Statement(lines, Money(rows[0][0]), Money(rows[0][1]), older)


def _statement_line(row: Sequence[Any]) -> StatementLine:
    _, on, kind, key, narrative, account, purpose, award, amount, balance = row
    return StatementLine(on, kind, key, narrative, account, purpose, award, Money(amount), Money(balance))


@dataclass(frozen=True, slots=True)
class AwardCommitment:
    """An award in one fund: what is owed on it, and what is reserved for it and not yet a debt."""

    award: str
    owed: Money
    reserved: Money


@dataclass(frozen=True, slots=True)
class FundCommitments:
    """A fund's commitments, with the money that covers what is reserved."""

    fund: str
    owed: Money
    reserved: Money
    cover: Money  # arrived, and neither spent nor owed to anybody
    awards: list[AwardCommitment]

    @property
    def is_covered(self) -> bool:
        """Whether the fund can keep all it has reserved."""
        return self.cover >= self.reserved


def commitments() -> list[FundCommitments]:
    """What is owed by award, and what is reserved by fund, in the funds that have committed anything."""
    rows = _rows(
        """
        SELECT f.id, f.name, p.owed, p.reserved, p.available + p.reserved, a.award, a.owed, a.reserved
          FROM ledger_award_position a JOIN ledger_fund f ON f.id = a.fund_id
          JOIN ledger_fund_position p ON p.fund_id = a.fund_id
         WHERE a.owed > 0 OR a.reserved > 0 ORDER BY f.id, a.award
        """
    )
    return [
        FundCommitments(
            fund, Money(owed), Money(reserved), Money(cover),
            [AwardCommitment(award, Money(due), Money(kept)) for *_, award, due, kept in awards],
        )
        for (_, fund, owed, reserved, cover), awards in groupby(rows, key=lambda row: row[:5])
    ]  # fmt: skip


# ---------------------------------------------------------------- periods


class Period(NamedTuple):
    """Both days included; without a first day, everything up to the last."""

    first: date | None
    last: date


_SOFA = ["income", "expenditure", "transfer"]
_HOLDINGS = [*_SOFA, "funds"]  # the accounts whose sum is what a fund holds
_HOLDINGS_SQL = "('income', 'expenditure', 'transfer', 'funds')"
_CASH = ["cash"]


def _years(periods: Sequence[Period]) -> list[list[ClassYear]]:
    arms: list[str] = []
    values: dict[str, Any] = {"kinds": _SOFA}
    for place, period in enumerate(periods):
        (start, stop), parts = _cut(period)
        values |= {f"start{place}": start, f"stop{place}": stop}
        arms.append(f"SELECT {place} AS period, * FROM ledger_activities(%(start{place})s, %(stop{place})s)")
        lines, days = _lines(place, parts, f"{_ACCOUNTS} AND kind <> 'opening'")
        values |= days
        arms += [
            f"""
            SELECT {place}, f.class, a.kind, a.heading, a.code, sum(l.amount)::bigint FROM ({each}) l
              JOIN ledger_account a ON a.id = l.account_id JOIN ledger_fund f ON f.id = l.fund_id
             GROUP BY f.class, a.id
            """
            for each in lines
        ]
    rows = _rows(f"{' UNION ALL '.join(arms)} ORDER BY code", values)
    return [
        [
            _class_year(column, [row for row in rows if row[0] == place and _COLUMNS[row[1]] == column])
            for column in Column
        ]
        for place in range(len(periods))
    ]


_COLUMNS = {
    FundClass.UNRESTRICTED: Column.UNRESTRICTED,
    FundClass.DESIGNATED: Column.UNRESTRICTED,
    FundClass.RESTRICTED: Column.RESTRICTED,
    FundClass.ENDOWMENT_EXPENDABLE: Column.ENDOWMENT,
    FundClass.ENDOWMENT_PERMANENT: Column.ENDOWMENT,
}


def _class_year(column: Column, rows: Sequence[tuple[Any, ...]]) -> ClassYear:
    """The headings and totals of a column, from rows of (period, class, kind, heading, code, pence); + is a credit."""
    sums: dict[tuple[str, str], list[int]] = {}
    for _, fund_class, kind, heading, _, pence in rows:
        both = sums.setdefault((kind, heading or ""), [0, 0])
        amount = -pence if kind == "expenditure" else pence
        both[0] += amount
        if fund_class == "designated":
            both[1] += amount
    lines = [YearLine(Part(kind), heading, *map(Money, both)) for (kind, heading), both in sums.items()]
    totals = {part: _total(part, of) for part in Part if (of := [line for line in lines if line.part == part])}
    return ClassYear(column, lines, totals)


def _total(part: Part, lines: Sequence[YearLine]) -> YearLine:
    amount, designated = sum(line.amount.pence for line in lines), sum(line.designated.pence for line in lines)
    return YearLine(part, "", Money(amount), Money(designated))


def _moved(periods: Sequence[Period], accounts: list[str]) -> tuple[str, dict[str, Any]]:
    """SQL of what moved in each period (by its place: 0, 1): period, fund_id, account_id, kind, amount; + is a credit.

    For cash accounts + is a debit, since cash grows on that side.
    """
    cash = accounts == _CASH
    sign = "-" if cash else ""
    chosen = _CASH_ACCOUNTS if cash else _ACCOUNTS
    values: dict[str, Any] = {"kinds": accounts}
    arms = []
    for place, period in enumerate(periods):
        (start, stop), parts = _cut(period)
        within = f"month < %(stop{place})s" + (f" AND month >= %(start{place})s" if start else "")
        values |= {f"start{place}": start, f"stop{place}": stop}
        arms.append(
            f"SELECT {place} AS period, fund_id, account_id, kind, {sign}(credits - debits) AS amount"
            f" FROM ledger_balance WHERE {within} AND {chosen}"
        )
        lines, days = _lines(place, parts, chosen)
        arms += [f"SELECT {place}, fund_id, account_id, kind, {sign}amount FROM ({each}) l" for each in lines]
        values |= days
    return " UNION ALL ".join(arms), values


# As an array it narrows the index itself; as a join it would be a filter on every balance of the year.
_ACCOUNTS = "account_id = ANY (ARRAY (SELECT id FROM ledger_account WHERE kind = ANY (%(kinds)s)))"
_CASH_ACCOUNTS = "account_id = ANY (ARRAY (SELECT id FROM ledger_account WHERE cash))"


def _lines(place: int, parts: Sequence[tuple[date, date]], chosen: str) -> tuple[list[str], dict[str, Any]]:
    """SQL of the lines of each part of a month: fund_id, account_id, kind, amount; + is a credit."""
    arms: list[str] = []
    values: dict[str, Any] = {}
    for number, (first, last) in enumerate(parts):
        values |= {f"first{place}_{number}": first, f"last{place}_{number}": last}
        arms.append(
            "SELECT l.fund_id, l.account_id, e.kind, -l.amount AS amount"
            " FROM ledger_entry e JOIN ledger_line l ON l.entry_id = e.id"
            f" WHERE e.effective BETWEEN %(first{place}_{number})s AND %(last{place}_{number})s AND {chosen}"
        )
    return arms, values


def _cut(period: Period) -> tuple[tuple[date | None, date], list[tuple[date, date]]]:
    """Where a period's whole months begin, with the month they stop before; and the parts of months at its ends."""
    first, last = period
    stop = (last + timedelta(days=1)).replace(day=1)
    if first is None:
        return (None, stop), [(stop, last)] if stop <= last else []
    start = first if first.day == 1 else _next_month(first)
    if start > stop:  # within one month
        return (stop, stop), [(first, last)]
    parts = [(first, start - timedelta(days=1))] if first < start else []
    if stop <= last:
        parts.append((stop, last))
    return (start, stop), parts


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _year_earlier(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _pence(sum_of: str, where: str = "", *, over: str = "") -> str:
    """SQL for a sum in whole pence, nil for none."""
    filtered = f" FILTER (WHERE {where})" if where else ""
    window = f" OVER (PARTITION BY {over})" if over else ""
    return f"coalesce(sum({sum_of}){filtered}{window}, 0)::bigint"


def _rows(sql: str, values: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found
