"""What a donor has given, how it stands, and what its fund has since paid for; in the same few questions always."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from donations.actions import receiving
from donations.ledger import posting
from donations.ledger.models import FundClass
from donations.ledger.money import Money, pounds
from donations.ledger.posting import Share
from donations.models import Declaration, Donation, Wording
from donations.models.donation import Method
from tests.factories import funds, grants, payments

pytestmark = pytest.mark.django_db


def page_of(browser, address: str = "/giving/") -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def declared(donor, **more) -> Declaration:
    asked = {
        "reference": "D-1", "donor": donor, "scope": "future", "channel": "online", "charity_name": "Saltmarsh Fund",
        "first_name": "Ada", "last_name": "Periwinkle", "home": "uk", "address": "1 Quay", "postcode": "TR18 4AB",
        "wording": Wording.objects.get(about="gift_aid"), "shown": "0" * 64,
        "declared_on": timezone.localdate() - timedelta(days=1),
    }  # fmt: skip
    by = None if more.get("channel", "online") == "online" else payments.office()
    return Declaration.objects.create(**{**asked, "recorded_by": by, **more})


def another_gift(donor, fund, people, *, pence: int = 1000, key: str = "x", on: date | None = None) -> Donation:
    return receiving.record_gift(
        amount=Money(pence), fund=fund, method=Method.CHEQUE, received_on=on or timezone.localdate(),
        key=f"gift:test:{key}", by=people.finance_officer, donor=donor, donor_name=donor.name,
    )  # fmt: skip


def an_award(fund, award: str, amount: str, *, by, on: date) -> None:
    """An award that was reserved, made and paid on one day."""
    asked = {"shares": [Share(fund, pounds(amount))], "purpose": fund.purposes.get(), "by": by, "on": on}
    for step in (posting.reserve, posting.award, posting.pay):
        step(award, key=f"{step.__name__}:{award}", **asked)


def test_a_gift_is_there_with_its_day_appeal_standing_and_amount(ada, as_donor):
    page = page_of(as_donor(ada))
    gift = ada.donations.get()
    assert f"/giving/gifts/{gift.reference}/" in page
    assert "A nurse for our coast" in page
    assert "£25.00" in page
    assert "received</span>" in page


def test_nothing_of_another_donor_is_on_the_page(ada, elis, as_donor):
    page = page_of(as_donor(ada))
    assert "Elis" not in page
    assert "£40.00" not in page
    assert elis.donations.get().reference not in page


def test_a_gift_that_went_back_says_so(ada, as_donor):
    gift = ada.donations.get()
    payments.refund(gift, 1000)
    browser = as_donor(ada)
    assert "part refunded" in page_of(browser)
    page = page_of(browser, f"/giving/gifts/{gift.reference}/")
    assert "Given back" in page
    today = f"{timezone.localdate():%-d %B %Y}"
    assert f"£10.00, {today}" in page
    assert f"£10.00 of this gift was refunded on {today}: £15.00 of it is left." in page
    payments.refund(gift, 1500)
    assert f"All of this gift was refunded on {today}." in page_of(browser, f"/giving/gifts/{gift.reference}/")


def test_a_gift_says_under_which_declaration_it_falls(ada, as_donor):
    gift, browser = ada.donations.get(), as_donor(ada)
    assert "Without Gift Aid" in page_of(browser, f"/giving/gifts/{gift.reference}/")
    ada.donations.update(declaration=declared(ada))
    assert "With Gift Aid" in page_of(browser, f"/giving/gifts/{gift.reference}/")
    assert "<td>with</td>" in page_of(browser)


@pytest.mark.parametrize(
    ("more", "covered"),
    [
        ({"cancelled_on": timezone.localdate()}, False),
        ({"channel": "oral", "cancelled_on": date(2090, 1, 1), "void": True}, False),
        ({"channel": "paper"}, True),
    ],
)
def test_a_declaration_that_does_not_stand_covers_nothing(ada, as_donor, more, covered):
    ada.donations.update(declaration=declared(ada, **more))
    assert ("<td>with</td>" in page_of(as_donor(ada))) is covered


def test_a_refunded_gift_and_an_appeal_without_gift_aid_have_none(ada, nurse_appeal, as_donor):
    declared(ada)
    payments.refund(ada.donations.get())
    assert "<td>with</td>" not in page_of(as_donor(ada))
    appeal = nurse_appeal
    type(appeal).objects.filter(pk=appeal.pk).update(gift_aid=False)
    other = payments.gift(appeal).donor
    declared(other, reference="D-2")
    assert "<td>with</td>" not in page_of(as_donor(other))


def test_the_page_says_what_the_fund_has_since_paid_for(people, ada, nurse_appeal, as_donor):
    grants.give(nurse_appeal.fund, "20,000", by=people.finance_officer)
    browser = as_donor(ada)
    assert "Nothing has been paid out of it since your first gift to it on" in page_of(browser)
    board, programme = grants.board(people), grants.programme(nurse_appeal.fund)
    assert board
    asked = grants.proposal(programme, by=people.grants_officer)
    award = grants.accepted(
        grants.carried(grants.opened(asked, (nurse_appeal.fund, "12,000"), by=people.grants_officer), people), people
    )
    grants.paid(grants.planned(award, people, "4,000", "8,000")[0], people)
    today = f"{timezone.localdate():%-d %B %Y}"
    gift = page_of(browser, f"/giving/gifts/{ada.donations.get().reference}/")
    for page, since in ((page_of(browser), "your first gift to it"), (gift, "this gift")):
        assert f"Since {since} on {today} it has paid £4,000, and promised £8,000 more" in page
        assert "£4,000 paid, £8,000 promised" in page


def test_what_a_fund_paid_before_somebody_gave_is_not_shown_as_theirs(people, nurse_appeal, as_donor):
    fund, today = nurse_appeal.fund, timezone.localdate()
    grants.give(fund, "20,000", by=people.finance_officer)
    for award, pounds_paid, on in (
        ("A-1", "1,000", today - timedelta(days=400)),
        ("A-2", "200", today - timedelta(days=45)),
        ("A-3", "30", today - timedelta(days=1)),
        ("A-4", "4", today),
    ):
        an_award(fund, award, pounds_paid, by=people.finance_officer, on=on)
    for days, paid in (
        (500, "£1,234"),
        (400, "£1,234"),
        (399, "£234"),
        (45, "£234"),
        (44, "£34"),
        (1, "£34"),
        (0, "£4"),
    ):
        donor = payments.gift(nurse_appeal, name="Dory Dab").donor
        another_gift(donor, fund, people, key=f"first-{days}", on=today - timedelta(days=days))
        page = page_of(as_donor(donor))
        assert "What your gifts have helped to pay for" in page
        assert f"it has paid {paid}:" in page, days


def test_a_fund_from_which_all_was_given_back_is_none_of_theirs(ada, as_donor):
    payments.refund(ada.donations.get())
    page = page_of(as_donor(ada))
    assert "What your gifts have helped to pay for" not in page


def test_the_page_asks_as_many_questions_for_one_gift_as_for_thirty(people, ada, as_donor):
    browser = as_donor(ada)
    page_of(browser)

    def questions() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            page_of(browser)
        return len(seen)

    one = questions()
    for number in range(5):
        fund = funds.fund(f"F{number}", f"Fund {number}", "nurses", kind=FundClass.RESTRICTED)
        for more in range(6):
            another_gift(ada, fund, people, key=f"{number}-{more}")
    assert questions() == one


def test_gifts_come_twenty_five_to_a_page(people, ada, nurse_appeal, as_donor):
    for number in range(30):
        another_gift(ada, nurse_appeal.fund, people, key=str(number), on=date(2026, 1, 1))
    browser = as_donor(ada)
    first, second, beyond = (page_of(browser, f"/giving/?page={which}") for which in ("1", "2", "999"))
    assert first.count("/giving/gifts/") == 25
    assert second.count("/giving/gifts/") == 6
    assert second == beyond or beyond.count("/giving/gifts/") == 6
    assert page_of(browser, "/giving/?page=nonsense").count("/giving/gifts/") == 25
