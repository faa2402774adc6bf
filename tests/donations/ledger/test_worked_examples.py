"""Worked examples, as an accountant would write them on paper: a gift and its refund, a two-fund award, a year end."""

import pytest

from donations.ledger import balances, posting, proving
from donations.ledger.exceptions import FundIsShort
from donations.ledger.money import NOTHING, Money, pounds
from donations.ledger.posting import Share

pytestmark = pytest.mark.django_db


def test_ada_gives_25_pounds_and_gets_them_back(people, nurse_fund):
    gift = posting.receive(pounds(25), into=nurse_fund, key="gift:ada", by=people.finance_officer)
    assert balances.of_fund(nurse_fund).raised == pounds(25)
    assert [(line.account.code, line.amount) for line in gift.lines.all()] == [("1100", 2500), ("4000", -2500)]

    posting.refund(pounds(25), from_=nurse_fund, key="refund:ada", by=people.finance_officer)
    assert balances.of_fund(nurse_fund).raised == NOTHING
    assert proving.prove().holds


def test_a_nurse_is_paid_for_by_two_funds(people, nurse_fund, general, nurses):
    posting.receive(pounds(40_000), into=nurse_fund, key="gift:1", by=people.finance_officer)
    posting.receive(pounds(20_000), into=general, key="gift:2", by=people.finance_officer)
    shares = [Share(nurse_fund, pounds(40_000)), Share(general, pounds(12_000))]
    posting.reserve("A-2026-014", shares=shares, purpose=nurses, key="resolution:1", by=people.chair)

    # General money for nurses was set aside in the same entry, so each purpose's own sum adds up.
    left = {purpose.code: numbers.remaining for purpose, numbers in balances.of_purposes_in(general)}
    assert (left["any"], left["nurses"]) == (pounds(8_000), NOTHING)

    posting.award("A-2026-014", shares=shares, purpose=nurses, key="award:1", by=people.chair)
    half = [Share(nurse_fund, pounds(20_000)), Share(general, pounds(6_000))]
    posting.pay("A-2026-014", shares=half, purpose=nurses, key="instalment:1:paid", by=people.treasurer)
    numbers = balances.of_award("A-2026-014")
    assert (numbers.allocated, numbers.paid, numbers.still_to_pay) == (pounds(52_000), pounds(26_000), pounds(26_000))
    assert proving.prove().holds


def test_a_fund_says_how_much_it_has_left(people, nurse_fund, nurses):
    posting.receive(pounds(100), into=nurse_fund, key="gift:1", by=people.finance_officer)
    with pytest.raises(FundIsShort) as refusal:
        posting.reserve(
            "A1", shares=[Share(nurse_fund, Money(10_001))], purpose=nurses, key="resolution:1", by=people.chair
        )
    assert refusal.value.sentence == "Nurse Fund has £100.00 left."
    assert refusal.value.detail == {"fund": "NURSE", "left": 10_000, "asked": 10_001}
    assert balances.left_in(nurse_fund) == pounds(100)
