"""A ledger of any size: 15 years, 40 funds of every class, five purposes.

Its facts are written in bulk by the owner, past the triggers, and the totals then made from the lines; its awards are
reserved, awarded and paid through the ledger's verbs; and whoever measures it proves it first.

Every cell (fund, month, sort of event) of the last full year is filled whatever the size, so that a small ledger and a
large one answer the same question with the same rows and differ in their lines only.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import connection, transaction

from almoner.accounts.models import system_user
from donations.ledger import posting
from donations.ledger.models import Fund, FundClass, FundPurpose, Purpose
from donations.ledger.money import Money
from donations.ledger.posting import Share

FUNDS, CELLS, YEARS = 40, 200, 15
AWARD = Money(1000)
LINES_OF_AN_AWARD = 2 + 4 + 4  # reserved, awarded, paid
MONTH, TOTALS = ((Path(__file__).parent / name).read_text() for name in ("month.sql", "totals.sql"))
CLASSES = [
    *[FundClass.UNRESTRICTED] * 2,
    *[FundClass.DESIGNATED] * 8,
    *[FundClass.RESTRICTED] * 26,
    *[FundClass.ENDOWMENT_EXPENDABLE] * 3,
    FundClass.ENDOWMENT_PERMANENT,
]


@dataclass(frozen=True, slots=True)
class Month:
    """How many entries of two lines a month holds, and whether awards are made in it."""

    first: date
    entries: int
    offset: int
    awards: bool


def last_year() -> int:
    """The year that reports are measured on: the last full one."""
    return date.today().year - 1


def plan(lines: int) -> list[Month]:
    """The months of a ledger of so many lines; a ledger too small to fill the last year gets just that."""
    years = list(range(last_year() - YEARS + 1, last_year() + 1))
    roomy = lines >= 1_000_000  # then every year has its awards; a small ledger has those of the last year
    awards = (FUNDS - 1) * (YEARS if roomy else 1)
    entries = (lines - awards * LINES_OF_AN_AWARD) // 2
    dense = max(CELLS, entries // (YEARS * 12))
    rest = max(0, entries - 12 * dense)
    months, earlier, turned = [], (YEARS - 1) * 12, 0
    for place, (year, month) in enumerate((year, month) for year in years for month in range(1, 13)):
        last = year == last_year()
        count = dense if last else (place + 1) * rest // earlier - place * rest // earlier
        months.append(Month(date(year, month, 1), count, turned % CELLS, awards=month == 6 and (roomy or last)))
        turned += count
    return months


def open_funds() -> list[Fund]:
    """Forty funds; each serves its usual purpose and one more, the unrestricted ones all."""
    purposes = list(Purpose.objects.all())
    opened = date(last_year() - YEARS, 1, 1)
    made = []
    for number, kind in enumerate(CLASSES, start=1):
        free = kind in (FundClass.UNRESTRICTED, FundClass.DESIGNATED)
        words = {} if free else {"restriction": f"For the work of fund {number}.", "source": "Its appeal"}
        fund = Fund.objects.create(code=f"F{number:02}", name=f"Fund {number}", fund_class=kind, opened=opened, **words)
        usual, other = purposes[number % 5], purposes[(number + 1) % 5]
        served = purposes if kind == FundClass.UNRESTRICTED else [usual, other]
        FundPurpose.objects.bulk_create(FundPurpose(fund=fund, purpose=each, usual=each == usual) for each in served)
        made.append(fund)
    return made


def open_many(count: int) -> tuple[int, int]:
    """So many restricted funds more, for posting into; the first and the last id."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_fund (code, name, class, restriction, source, opened)"
            " SELECT 'N' || n, 'Fund N' || n, 'restricted', 'For its work.', 'Its appeal', '2010-04-01'"
            " FROM generate_series(1, %s) n",
            [count],
        )
        cursor.execute(
            "INSERT INTO ledger_fund_purpose (fund_id, purpose_id, usual, authority)"
            " SELECT f.id, u.id, true, '' FROM ledger_fund f, ledger_purpose u"
            " WHERE f.code LIKE 'N%%' AND u.code = 'any'"
        )
        cursor.execute("SELECT min(id), max(id) FROM ledger_fund WHERE code LIKE 'N%%'")
        first, last = cursor.fetchone()
        return first, last


def fill(lines: int) -> list[Fund]:
    """Fill the ledger of Django's connection, which is the owner's; its forty funds."""
    by = system_user("bench")
    funds = open_funds()
    months = plan(lines)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # no triggers
        for month in months:
            values = {"entries": month.entries, "offset": month.offset, "month": month.first, "by": by.pk}
            cursor.execute(MONTH, values)
        cursor.execute(TOTALS)
        cursor.execute("RESET session_replication_role")
    settle()
    for month in months:
        if month.awards:
            grant(funds, month.first, by)
    settle()
    return funds


def grant(funds: list[Fund], first: date, by: object) -> None:
    """One award from each fund that may give: reserved, awarded and paid in the same month."""
    purposes = {each.fund_id: each.purpose for each in FundPurpose.objects.filter(usual=True).select_related("purpose")}
    for number, fund in enumerate(funds, start=1):
        if fund.fund_class == FundClass.ENDOWMENT_PERMANENT:
            continue
        name = f"A-{first.year}-{number:03}"
        for day, verb in enumerate((posting.reserve, posting.award, posting.pay), start=10):
            verb(
                *(name,),
                shares=[Share(fund, AWARD)],
                purpose=purposes[fund.pk],
                key=f"{verb.__name__}:{name}",
                by=by,
                on=first.replace(day=day),
            )


def counted() -> tuple[int, int]:
    """How many entries and lines there are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM ledger_entry), (SELECT count(*) FROM ledger_line)")
        entries, lines = cursor.fetchone()
        return entries, lines


def settle() -> None:
    """What autovacuum does in time, and a checkpoint, so that none falls into a measurement."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
        cursor.execute("CHECKPOINT")
