"""Instalments and what becomes of awards: exact to the penny, three pairs of hands, and the ledger always agrees."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from donations.ledger import balances, proving
from donations.ledger.exceptions import FundIsShort
from donations.ledger.money import pounds
from donations.ledger.posting import Share
from grants import publishing
from grants.actions import awarding, paying
from grants.exceptions import AwardIsExceeded, HandsAreTheSame, NotAllowed, NotComplete, NotNow
from grants.models import Award, AwardState, InstalmentState
from grants.proportion import split
from tests.factories import grants
from tests.people import Cast
from tests.staging import set_once


def set_the_stage() -> Award:
    """£12,000 from the nurse fund, resolved."""
    people = Cast()
    _, resolution = grants.before_the_board(people)
    return grants.carried(resolution, people)


@pytest.fixture(scope="module")
def decided(django_db_setup, django_db_blocker):
    with set_once(django_db_blocker, set_the_stage) as award:
        yield award.pk


@pytest.fixture
def award(decided, db):
    return Award.objects.get(pk=decided)


@pytest.fixture
def board(award):
    return award.resolution.board


@pytest.fixture
def programme(award):
    return award.programme


@pytest.fixture
def nurse_fund(award):
    return award.programme.fund


@pytest.fixture
def two_funds(people, board, programme, nurse_fund, general):
    """£100.01 from the nurse fund and £33.33 from the general fund, resolved."""
    application = grants.proposal(programme, by=people.grants_officer, title="An odd sum")
    asked = ((nurse_fund, "100.01"), (general, "33.33"))
    return grants.carried(grants.opened(application, *asked, by=people.grants_officer), people)


@given(
    weights=st.lists(st.integers(0, 10**9), min_size=1, max_size=6), parts=st.lists(st.integers(0, 10**9), max_size=5)
)
def test_an_amount_is_split_exactly_and_never_beyond_what_is_left(weights, parts):
    left = list(weights)
    for part in [*parts, sum(weights)]:
        taken = split(min(part, sum(left)), left)
        assert sum(taken) == min(part, sum(left))
        left = [have - take for have, take in zip(left, taken, strict=True)]
        assert min(left) >= 0
    assert left == [0] * len(weights)


@pytest.mark.django_db
def test_three_instalments_of_an_odd_sum_add_up_fund_by_fund(people, two_funds):
    planned = grants.planned(grants.accepted(two_funds, people), people, "44.45", "44.45", "44.44")
    shares = [[share.amount.pence for share in each.borne_by()] for each in planned]
    assert [sum(each) for each in shares] == [4445, 4445, 4444]
    assert [sum(each) for each in zip(*shares, strict=True)] == [10001, 3333]
    for number, each in enumerate(planned):
        grants.paid(each, people, bank_reference=f"BACS {number}")
    numbers = balances.of_award(two_funds.reference)
    assert (numbers.paid, numbers.still_to_pay) == (pounds("133.34"), pounds(0))
    awarding.close(award=two_funds, by=people.grants_officer)
    two_funds.refresh_from_db()
    assert two_funds.state == AwardState.CLOSED
    assert proving.prove().holds


@pytest.mark.django_db
def test_an_award_is_not_closed_while_anything_is_left_to_pay(people, award):
    first, _ = grants.planned(grants.accepted(award, people), people, "5,000", "7,000")
    grants.paid(first, people)
    with pytest.raises(NotNow, match=r"£7,000\.00 of"):
        awarding.close(award=award, by=people.grants_officer)


@pytest.mark.django_db
def test_what_waits_for_a_condition_stays_reserved_until_somebody_else_accepts_the_evidence(people, award):
    grants.planned(award, people, "9,000")
    (conditional,) = grants.planned(award, people, "3,000", condition="A letter from the landlord.")
    grants.accepted(award, people)
    numbers = balances.of_award(award.reference)
    assert (numbers.owed, numbers.reserved) == (pounds("9,000"), pounds("3,000"))
    with pytest.raises(NotNow, match="It waits for a condition: A letter from the landlord"):
        paying.request(instalment=conditional, by=people.grants_officer)
    with pytest.raises(NotNow, match="reserved for its condition"):
        paying.cancel(instalment=conditional, because="Not needed.", by=people.grants_officer)
    with pytest.raises(NotAllowed):
        paying.meet_condition(instalment=conditional, evidence="The letter.", by=people.grants_officer)
    paying.meet_condition(instalment=conditional, evidence="The letter.", by=people.finance_officer)
    assert balances.owed_on(award.reference) == pounds("12,000")
    grants.paid(conditional, people)
    assert balances.of_award(award.reference).paid == pounds("3,000")


@pytest.mark.django_db
def test_a_condition_is_set_before_the_offer_and_accepted_after_it(people, award):
    (conditional,) = grants.planned(award, people, "3,000", condition="A letter.")
    with pytest.raises(NotNow, match="Offer the award first"):
        paying.meet_condition(instalment=conditional, evidence="The letter.", by=people.finance_officer)
    awarding.offer(award=award, by=people.grants_officer)
    with pytest.raises(NotComplete, match="A condition is set before the award is offered"):
        grants.planned(award, people, "100", condition="Another letter.")


@pytest.mark.django_db
def test_nobody_asks_for_a_payment_before_the_grantee_has_accepted(people, award):
    (instalment,) = grants.planned(award, people, "12,000")
    with pytest.raises(NotNow, match="is not accepted yet"):
        paying.request(instalment=instalment, by=people.grants_officer)


@pytest.mark.django_db
def test_who_requested_does_not_authorise_whatever_her_role(people, award):
    from django.contrib.auth.models import Group

    (instalment,) = grants.planned(grants.accepted(award, people), people, "12,000")
    people.grants_officer.groups.add(Group.objects.get(name="Finance"))
    paying.request(instalment=instalment, by=people.grants_officer)
    with pytest.raises(HandsAreTheSame):
        paying.authorise(instalment=instalment, by=people.grants_officer)
    paying.authorise(instalment=instalment, by=people.finance_officer)
    with pytest.raises(HandsAreTheSame):
        paying.authorise(instalment=instalment, by=people.grants_officer)
    with pytest.raises(NotAllowed):
        paying.authorise(instalment=instalment, by=people.administrator)


@pytest.mark.django_db
def test_a_payment_that_comes_back_is_owed_again_and_starts_afresh(people, award):
    (instalment,) = grants.planned(grants.accepted(award, people), people, "12,000")
    grants.paid(instalment, people)
    paying.bounce(instalment=instalment, because="The account is closed.", by=people.finance_officer)
    instalment.refresh_from_db()
    assert (instalment.state, instalment.requested_by) == (InstalmentState.PLANNED, None)
    assert balances.owed_on(award.reference) == pounds("12,000")
    grants.paid(instalment, people, bank_reference="BACS 2")
    assert balances.of_award(award.reference).paid == pounds("12,000")
    assert proving.prove().holds


@pytest.mark.django_db
def test_what_is_sent_back_is_requested_and_authorised_from_the_start(people, award):
    (instalment,) = grants.planned(grants.accepted(award, people), people, "12,000")
    paying.request(instalment=instalment, by=people.grants_officer)
    paying.authorise(instalment=instalment, by=people.finance_officer)
    paying.send_back(instalment=instalment, because="The account has changed.", by=people.treasurer)
    instalment.refresh_from_db()
    assert (instalment.state, instalment.first_authoriser) == (InstalmentState.PLANNED, None)


@pytest.mark.django_db
def test_what_is_held_back_cannot_be_requested(people, award):
    (instalment,) = grants.planned(grants.accepted(award, people), people, "12,000")
    paying.hold_back(instalment=instalment, because="The report is late.", by=people.grants_officer)
    with pytest.raises(NotNow):
        paying.request(instalment=instalment, by=people.grants_officer)
    paying.free(instalment=instalment, by=people.grants_officer)
    paying.request(instalment=instalment, by=people.grants_officer)


@pytest.mark.django_db
def test_a_cancelled_instalment_gives_its_amount_back_to_the_plan(people, award):
    (instalment,) = grants.planned(award, people, "12,000")
    with pytest.raises(AwardIsExceeded):
        grants.planned(award, people, "0.01")
    paying.cancel(instalment=instalment, because="In two parts.", by=people.grants_officer)
    assert len(grants.planned(award, people, "6,000", "6,000")) == 2


@pytest.mark.django_db
@pytest.mark.parametrize("offered", [False, True])
def test_an_award_that_lapses_frees_all_of_its_money(people, award, nurse_fund, offered):
    grants.planned(award, people, "2,000", condition="A letter.")
    if offered:
        awarding.offer(award=award, by=people.grants_officer)
    awarding.lapse(award=award, because="Nobody answered.", by=people.grants_officer)
    numbers = balances.of_award(award.reference)
    assert (numbers.reserved, numbers.owed, numbers.allocated) == (pounds(0), pounds(0), pounds(0))
    assert balances.left_in(nurse_fund) == pounds("50,000")
    assert award.instalments.get().state == InstalmentState.CANCELLED
    assert proving.prove().holds


@pytest.mark.django_db
def test_money_that_the_grantee_returns_goes_back_to_the_funds_that_paid(people, two_funds, general):
    (instalment,) = grants.planned(grants.accepted(two_funds, people), people, "133.34")
    grants.paid(instalment, people)
    left = balances.left_in(general)
    awarding.recover(
        award=two_funds, amount=pounds("13.34"), because="An underspend.", key="bank:1", by=people.finance_officer
    )
    assert balances.of_award(two_funds.reference).paid == pounds("120")
    assert balances.left_in(general) == left + pounds("3.33")
    assert proving.prove().holds


@pytest.mark.django_db
def test_an_award_from_before_these_books_is_brought_in_on_its_day(people, programme, nurse_fund, board):
    grants.give(nurse_fund, "30,000", by=people.finance_officer, key="gift:old", on=date(2021, 5, 1))
    old = awarding.bring_in(
        programme=programme, title="The first nurse", organisation="Eastquay Hospital (demo)",
        shares=[Share(nurse_fund, pounds("30,000"))], decided_on=date(2022, 4, 4),
        source="Minutes of April 2022, item 3",
        by=people.grants_officer,
    )  # fmt: skip
    assert old.reference == "A-2022-001"
    assert balances.of_award(old.reference).reserved == pounds("30,000")
    with pytest.raises(FundIsShort):
        awarding.bring_in(
            programme=programme, title="Too much", organisation="Eastquay Hospital (demo)",
            shares=[Share(nurse_fund, pounds("90,000"))], decided_on=date(2022, 5, 4),
            source="Minutes", by=people.grants_officer,
        )  # fmt: skip


@pytest.mark.django_db
def test_the_public_sees_what_was_offered_in_a_constant_number_of_questions(
    people, award, programme, nurse_fund, general
):
    assert publishing.awards() == [], "an award that nobody has been told of is not published"
    awarding.offer(award=award, by=people.grants_officer)
    with CaptureQueriesContext(connection) as few:
        (shown,) = publishing.awards()
    assert (shown.organisation, shown.purpose) == ("Eastquay Hospital (demo)", award.purpose.name)
    assert shown.numbers.allocated == shown.numbers.still_to_pay == pounds("12,000")
    for number in range(5):
        another = grants.proposal(programme, by=people.grants_officer, title=f"Nurse {number}")
        made = grants.carried(grants.opened(another, (nurse_fund, "100"), by=people.grants_officer), people)
        awarding.offer(award=made, by=people.grants_officer)
    with CaptureQueriesContext(connection) as many:
        assert len(publishing.awards()) == 6
    assert len(many) == len(few) == 2


@pytest.mark.django_db
def test_an_offer_does_not_expire_before_it_is_made(people, award):
    from grants.exceptions import LawBroken

    with pytest.raises(LawBroken, match="An offer expires after it is made"):
        awarding.offer(award=award, expires_on=timezone.localdate() - timedelta(days=1), by=people.grants_officer)
