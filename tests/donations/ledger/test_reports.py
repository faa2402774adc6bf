"""The reports as worked examples: every figure here can be checked with a pencil.

The books: 2024–25 begins with £5,000 from old books. Each year ends on 31 March.
"""

from datetime import date

import pytest

from donations.ledger import balances, posting, reports
from donations.ledger.models import FundClass, Kind
from donations.ledger.money import NOTHING, pounds
from donations.ledger.posting import Income, Share, Via
from donations.ledger.reports import Column, Part
from tests.factories import funds

pytestmark = pytest.mark.django_db

LAST_YEAR = {"first": date(2024, 4, 1), "last": date(2025, 3, 31)}
THIS_YEAR = {"first": date(2025, 4, 1), "last": date(2026, 3, 31)}
AWARD = "A-2025-001"


@pytest.fixture
def winter(db):
    """Winter Reserve: designated; trustees may undo it."""
    return funds.fund("WINTER", "Winter Reserve", "any", kind=FundClass.DESIGNATED)


@pytest.fixture
def books(people, general, nurse_fund, winter, nurses):
    """Two years of a small charity, every event on a day of its own."""
    by = people.finance_officer
    bank = {"via": Via.BANK, "by": by}
    posting.open_books(pounds(5_000), into=general, key="opening", on=date(2024, 4, 1), by=by)
    posting.receive(pounds(1_000), into=general, key="gift:1", on=date(2024, 4, 3), **bank)
    posting.receive(pounds(300), into=nurse_fund, key="gift:2", on=date(2025, 3, 31), **bank)

    posting.receive(pounds(2_000), into=general, key="gift:3", on=date(2025, 4, 1), by=by)  # through Stripe
    posting.charge_fee(pounds(30), fund=general, key="fee:3", on=date(2025, 4, 1), by=by)
    posting.payout([Share(general, pounds(1_970))], key="payout:1", on=date(2025, 4, 4), by=by)
    posting.receive(pounds(50), into=general, key="interest:1", income=Income.INTEREST, on=date(2025, 4, 5), **bank)
    posting.refund(pounds(100), from_=general, key="refund:3", on=date(2025, 4, 6), by=by, via=Via.BANK)
    posting.claim_gift_aid(pounds(500), into=general, key="claim:1", on=date(2025, 6, 30), by=by)
    posting.receive_gift_aid(pounds(400), into=general, key="hmrc:1", on=date(2025, 8, 1), by=by)
    posting.spend(pounds(120), from_=general, key="cost:1", on=date(2025, 9, 9), by=by)
    posting.transfer(
        pounds(1_500), from_=general, to=winter, because="Three months' running costs", key="transfer:1",
        on=date(2025, 10, 1), by=by,
    )  # fmt: skip
    posting.receive(pounds(900), into=nurse_fund, key="gift:4", on=date(2026, 1, 15), **bank)
    shares = [Share(nurse_fund, pounds(700))]
    posting.reserve(AWARD, shares=shares, purpose=nurses, key="resolution:1", on=date(2026, 2, 1), by=by)
    shares = [Share(nurse_fund, pounds(600))]
    posting.award(AWARD, shares=shares, purpose=nurses, key="award:1", on=date(2026, 2, 10), by=by)
    shares = [Share(nurse_fund, pounds(250))]
    posting.pay(AWARD, shares=shares, purpose=nurses, key="paid:1", on=date(2026, 3, 31), by=by)
    return by


def shown(year):
    """Headings with their amounts, as printed."""
    return [(line.part.value, line.heading, str(line.amount)) for line in year.lines]


def test_a_year_by_class_of_fund(books):
    unrestricted, restricted, endowment = reports.year_by_class(**THIS_YEAR)
    assert shown(unrestricted) == [
        ("income", "Donations and legacies", "£2,400"),  # 2,000 given − 100 refunded + 500 Gift Aid
        ("income", "Investments", "£50"),
        ("expenditure", "Raising funds", "£30"),
        ("expenditure", "Charitable activities", "£120"),
        # Transfers from General to Winter Reserve come to nil within unrestricted funds.
        ("transfer", "Transfers between funds", "£0"),
    ]
    assert unrestricted.total(Part.INCOME) == pounds(2_450)
    assert unrestricted.movement == pounds(2_300)
    assert shown(restricted) == [
        ("income", "Donations and legacies", "£900"),
        ("expenditure", "Charitable activities", "£600"),  # promised to the grantee, though not all is paid
    ]
    assert restricted.movement == pounds(300)
    assert (shown(endowment), endowment.movement) == ([], NOTHING)


def test_designated_funds_are_shown_within_unrestricted(books):
    unrestricted = reports.year_by_class(**THIS_YEAR)[0]
    assert unrestricted.totals[Part.TRANSFERS].designated == pounds(1_500)
    assert unrestricted.totals[Part.INCOME].designated == NOTHING


def test_the_year_before_stands_beside_the_year(books):
    sofa = reports.year_by_class_with_the_year_before(**THIS_YEAR)
    assert [this.column for this, _ in sofa] == [before.column for _, before in sofa] == list(Column)
    assert [str(before.total(Part.INCOME)) for _, before in sofa] == ["£1,000", "£300", "£0"]
    assert [before for _, before in sofa] == reports.year_by_class(**LAST_YEAR)
    assert [this for this, _ in sofa] == reports.year_by_class(**THIS_YEAR)


def test_what_old_books_bring_in_is_no_income(books):
    assert reports.year_by_class(**LAST_YEAR)[0].total(Part.INCOME) == pounds(1_000)


def test_transfers_come_to_nil_over_all_columns(books, people, general, nurse_fund):
    posting.transfer(
        pounds(40), from_=nurse_fund, to=general, because="The donor agreed", authority="Letter of 3 March 2026",
        key="transfer:2", on=date(2026, 3, 9), by=people.finance_officer,
    )  # fmt: skip
    unrestricted, restricted, endowment = reports.year_by_class(**THIS_YEAR)
    assert (unrestricted.total(Part.TRANSFERS), restricted.total(Part.TRANSFERS)) == (pounds(40), -pounds(40))
    assert endowment.total(Part.TRANSFERS) == NOTHING


def test_a_year_to_5_april_cuts_april_in_two(books):
    """The gift of 1 April and the interest of 5 April belong to the old year, the refund of 6 April to the new one."""
    old = reports.year_by_class(first=date(2024, 4, 6), last=date(2025, 4, 5))[0]
    assert shown(old) == [
        ("income", "Donations and legacies", "£2,000"),
        ("income", "Investments", "£50"),
        ("expenditure", "Raising funds", "£30"),
    ]
    new = reports.year_by_class(first=date(2025, 4, 6), last=date(2026, 4, 5))[0]
    assert new.total(Part.INCOME) == pounds(400)  # 500 Gift Aid − 100 refunded


@pytest.mark.parametrize(
    ("first", "last", "income"),
    [
        (date(2025, 4, 1), date(2025, 4, 1), "£2,000"),  # one day
        (date(2025, 4, 2), date(2025, 4, 5), "£50"),  # within one month
        (date(2025, 4, 2), date(2025, 4, 30), "−£50"),  # up to a month's end
        (date(2025, 4, 1), date(2025, 4, 30), "£1,950"),  # one whole month
        (date(2025, 3, 31), date(2025, 4, 1), "£2,000"),  # two parts and no whole month
        (date(2025, 3, 31), date(2025, 6, 30), "£2,450"),  # the end of one month, and three whole ones
        (date(2025, 4, 1), date(2025, 7, 1), "£2,450"),  # whole months and one day
    ],
)
def test_any_two_days_make_a_period(books, first, last, income):
    assert str(reports.year_by_class(first=first, last=last)[0].total(Part.INCOME)) == income


def test_the_movement_in_each_fund(books):
    def told(period):
        return [
            (m.fund, *map(str, (m.opening, m.income, m.expenditure, m.transfers, m.closing)))
            for m in reports.movement_in_funds(**period)
        ]

    assert told(LAST_YEAR) == [
        ("General Fund", "£5,000", "£1,000", "£0", "£0", "£6,000"),
        ("Nurse Fund", "£0", "£300", "£0", "£0", "£300"),
        ("Winter Reserve", "£0", "£0", "£0", "£0", "£0"),
    ]
    assert told(THIS_YEAR) == [
        ("General Fund", "£6,000", "£2,450", "£150", "−£1,500", "£6,800"),
        ("Nurse Fund", "£300", "£900", "£600", "£0", "£600"),
        ("Winter Reserve", "£0", "£0", "£0", "£1,500", "£1,500"),
    ]


def test_closing_agrees_with_the_position_when_the_period_reaches_today(books, people, general):
    posting.receive(pounds(7), into=general, key="gift:today", by=people.finance_officer)
    today = reports.movement_in_funds(first=date(2025, 4, 6), last=date.today())
    kept = [
        numbers.raised + numbers.moved - numbers.costs - (numbers.allocated - numbers.reserved)
        for _, numbers in balances.of_funds()
    ]
    assert [movement.closing for movement in today] == kept
    for each in today:
        assert each.opening + each.income - each.expenditure + each.transfers == each.closing


def test_receipts_and_payments(books):
    general, nurse, winter = reports.receipts_and_payments(**THIS_YEAR)
    assert [(line.heading, str(line.amount)) for line in general.lines] == [
        ("Donations", "£2,000"),
        ("Gift Aid", "£400"),  # what HMRC has paid of the 500 claimed
        ("Other receipts", "£50"),
        ("Running costs", "−£120"),
        ("Fundraising costs", "−£30"),
        ("Donations refunded", "−£100"),
        ("", "−£1,500"),  # to Winter Reserve
    ]
    assert (general.opening, general.closing) == (pounds(6_000), pounds(6_700))
    assert [(line.heading, str(line.amount)) for line in nurse.lines] == [
        ("Donations", "£900"),
        ("Grants paid", "−£250"),
    ]
    assert (nurse.opening, nurse.closing) == (pounds(300), pounds(950))
    assert [(line.heading, str(line.amount)) for line in winter.lines] == [("", "£1,500")]


def test_cash_without_a_heading_comes_to_nil_over_all_funds(books):
    lines = [line for fund in reports.receipts_and_payments(**THIS_YEAR) for line in fund.lines if not line.heading]
    assert [str(line.amount) for line in lines] == ["−£1,500", "£1,500"]


def test_a_kind_that_changes_cash_for_good_has_a_heading():
    """Only these move cash from one place to another, or none: pairs that come to nil."""
    silent = set(Kind.objects.filter(cash_heading="").values_list("code", flat=True))
    decisions = {"reserve", "release", "award", "cut", "set_aside"}
    assert silent == {"pledge", "payout", "gift_aid_claim", "legacy_due", "transfer", "charge"} | decisions


def test_a_funds_statement_runs_back_from_today(books, general):
    page = reports.fund_statement(general.pk, size=4)
    assert [(line.key, str(line.amount), str(line.balance)) for line in page.lines] == [
        ("transfer:1", "−£1,500", "£6,800"),
        ("cost:1", "−£120", "£8,300"),
        ("claim:1", "£500", "£8,420"),
        ("refund:3", "−£100", "£7,920"),
    ]
    assert page.holds == pounds(6_800)
    older = reports.fund_statement(general.pk, size=4, before=page.older)
    assert [(line.key, str(line.balance)) for line in older.lines] == [
        ("interest:1", "£8,020"),
        ("fee:3", "£7,970"),
        ("gift:3", "£8,000"),
        ("gift:1", "£6,000"),
    ]
    last = reports.fund_statement(general.pk, size=4, before=older.older)
    assert [(line.key, str(line.balance)) for line in last.lines] == [("opening", "£5,000")]
    assert last.older is None


def test_a_statement_shows_what_is_reserved_below_the_line(books, nurse_fund, general, winter):
    page = reports.fund_statement(nurse_fund.pk)
    assert (page.holds, page.reserved, page.older) == (pounds(600), pounds(100), None)
    assert page.lines[0].award == AWARD
    empty = reports.fund_statement(funds.liver_fund().pk)
    assert (empty.lines, empty.holds, empty.older) == ([], NOTHING, None)


def test_commitments_say_what_is_owed_and_what_covers_the_rest(books, general, nurses, nurse_fund):
    posting.reserve(
        "A-2026-002", shares=[Share(general, pounds(1_000)), Share(nurse_fund, pounds(500))], purpose=nurses,
        key="resolution:2", by=books,
    )  # fmt: skip
    from_general, from_nurses = reports.commitments()
    assert (from_general.owed, from_general.reserved) == (NOTHING, pounds(1_000))
    assert from_general.cover == pounds(6_700)  # 6,800 held, less 100 of Gift Aid that HMRC has not paid
    assert (from_nurses.owed, from_nurses.reserved, from_nurses.cover) == (pounds(350), pounds(600), pounds(600))
    assert [(each.award, str(each.owed), str(each.reserved)) for each in from_nurses.awards] == [
        (AWARD, "£350", "£100"),
        ("A-2026-002", "£0", "£500"),
    ]
    assert from_nurses.is_covered


def test_a_refund_can_leave_commitments_uncovered(books, nurse_fund):
    posting.refund(pounds(600), from_=nurse_fund, key="refund:4", by=books)
    (commitment,) = reports.commitments()
    assert not commitment.is_covered
    assert commitment.cover == NOTHING


def test_each_report_is_one_query(books, general, django_assert_num_queries):
    for report in (
        lambda: reports.year_by_class(**THIS_YEAR),
        lambda: reports.year_by_class_with_the_year_before(first=date(2024, 4, 6), last=date(2025, 4, 5)),
        lambda: reports.movement_in_funds(**THIS_YEAR),
        lambda: reports.receipts_and_payments(**THIS_YEAR),
        lambda: reports.fund_statement(general.pk),
        reports.commitments,
    ):
        with django_assert_num_queries(1):
            report()
