"""Several people at the same moment: one decision, one reservation, and never more than there is."""

from functools import partial

import pytest

from donations.ledger import balances, posting, proving
from donations.ledger.models import Entry
from donations.ledger.money import pounds
from grants.actions import deciding, paying, proposing
from grants.exceptions import GrantsError, HandsAreTheSame, NotNow, TrusteeIsInConflict, VotingIsOver
from grants.models import Award, Choice, Instalment, InstalmentState, Resolution, ResolutionState, Vote
from tests.factories import funds, grants
from tests.grants.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def cast_by(resolution, trustee, version=1):
    return partial(deciding.vote, resolution=resolution, version=version, choice=Choice.APPROVE, by=trustee)


def test_five_trustees_vote_at_once_and_one_is_in_conflict(people, resolution):
    *four, wade = people.trustees
    grants.no_conflict(resolution, *four)
    deciding.declare(resolution=resolution, version=1, conflicted=True, nature="My sister works there.", by=wade)

    answers = at_once([cast_by(resolution, trustee) for trustee in people.trustees])

    assert sum(isinstance(answer, Vote) for answer in answers) == 4
    assert isinstance(answers[4], TrusteeIsInConflict | VotingIsOver)
    assert Vote.objects.count() == 4
    assert Award.objects.count() == 1
    assert Entry.objects.filter(kind="reserve").count() == 1


def test_five_votes_and_the_chairs_close_meet(people, resolution):
    """The chair may be quick enough to cut the others short: whoever is counted, there is one count."""
    grants.no_conflict(resolution, *people.trustees)
    deciding.vote(resolution=resolution, version=1, choice=Choice.APPROVE, by=people.chair)
    close = partial(deciding.close, resolution=resolution, by=people.chair)

    at_once([*(cast_by(resolution, trustee) for trustee in people.trustees), close])

    resolution.refresh_from_db()
    assert resolution.state in (ResolutionState.CARRIED, ResolutionState.INQUORATE)
    carried = resolution.state == ResolutionState.CARRIED
    assert Entry.objects.filter(kind="reserve").count() == Award.objects.count() == int(carried)


def test_votes_on_a_paper_that_changes_meanwhile_are_refused(people, resolution, nurse_fund):
    grants.no_conflict(resolution, *people.trustees)
    proposing.revise(
        resolution=resolution, text="Half of it.", shares=grants.asked([(nurse_fund, "6,000")]),
        deadline=resolution.deadline, by=people.grants_officer,
    )  # fmt: skip
    answers = at_once([cast_by(resolution, trustee) for trustee in people.trustees])
    assert {answer.constraint for answer in answers} == {"vote_is_on_this_version"}
    assert not Vote.objects.exists()


def test_twenty_resolutions_are_approved_at_once_and_the_fund_covers_nine(people, board):
    fund = funds.nurse_fund()
    grants.give(fund, "100,000", by=people.finance_officer)
    programme = grants.programme(fund)
    resolutions = []
    for number in range(20):
        proposal = grants.proposal(programme, by=people.grants_officer, title=f"Nurse {number}", requested="10,001")
        resolution = grants.opened(proposal, (fund, "10,001"), by=people.grants_officer)
        grants.no_conflict(resolution, *people.trustees)
        grants.votes(resolution, Choice.APPROVE, *people.trustees[:4])
        resolutions.append(resolution)
    last = people.trustees[4]

    answers = at_once([cast_by(resolution, last) for resolution in resolutions])

    assert all(isinstance(answer, Vote) for answer in answers), answers
    carried = Resolution.objects.filter(state=ResolutionState.CARRIED)
    waiting = Resolution.objects.waiting()
    assert (carried.count(), waiting.count()) == (9, 11)
    assert {each.waiting_for for each in waiting} == {"Nurse Fund has £9,991.00 left; this asks for £10,001.00."}
    assert sorted(Award.objects.values_list("reference", flat=True))[-1].endswith("-009"), "no number is lost"
    assert balances.of_fund(fund).allocated == pounds("90,009")
    assert balances.left_in(fund) == pounds("9,991")
    assert proving.prove().holds


def test_ten_people_ask_to_reconsider_at_once_and_it_is_reserved_once(people, board, general):
    programme = grants.programme(general)
    resolution = grants.opened(
        grants.proposal(programme, by=people.grants_officer), (general, "25,000"), by=people.grants_officer
    )
    grants.no_conflict(resolution, *people.trustees)
    grants.votes(resolution, Choice.APPROVE, *people.trustees)
    grants.give(general, "5,000", by=people.finance_officer, key="gift:more")

    again = partial(deciding.reconsider, resolution=resolution, by=people.grants_officer)
    answers = at_once([again] * 10)

    assert sum(isinstance(answer, Resolution) for answer in answers) == 1
    assert sum(isinstance(answer, NotNow) for answer in answers) == 9
    assert Entry.objects.filter(kind="reserve").count() == 1


def test_the_two_authorisers_press_at_once_and_each_counts_once(people, resolution):
    award = grants.accepted(grants.carried(resolution, people), people)
    (instalment,) = grants.planned(award, people, "12,000")
    paying.request(instalment=instalment, by=people.grants_officer)
    hands = [people.finance_officer, people.finance_officer, people.treasurer, people.treasurer]

    answers = at_once([partial(paying.authorise, instalment=instalment, by=hand) for hand in hands])

    instalment.refresh_from_db()
    assert instalment.state == InstalmentState.AUTHORISED_TWICE
    assert {instalment.first_authoriser, instalment.second_authoriser} == {people.finance_officer, people.treasurer}
    assert sum(isinstance(answer, Instalment) for answer in answers) == 2
    assert all(isinstance(answer, Instalment | HandsAreTheSame | NotNow) for answer in answers)


def test_one_payment_confirmed_ten_times_at_once_is_paid_once(people, resolution):
    award = grants.accepted(grants.carried(resolution, people), people)
    (instalment,) = grants.planned(award, people, "12,000")
    paying.request(instalment=instalment, by=people.grants_officer)
    paying.authorise(instalment=instalment, by=people.finance_officer)
    paying.authorise(instalment=instalment, by=people.treasurer)
    confirm = partial(paying.confirm, instalment=instalment, bank_reference="BACS 1", by=people.finance_officer)

    answers = at_once([confirm] * 10)

    assert sum(isinstance(answer, Instalment) for answer in answers) == 1
    assert balances.of_award(award.reference).paid == pounds("12,000")


def test_two_people_planning_at_once_do_not_plan_more_than_the_award(people, resolution):
    award = grants.accepted(grants.carried(resolution, people), people)
    plans = [partial(grants.planned, award, people, "7,000")] * 4
    answers = at_once(plans)
    assert sum(isinstance(answer, list) for answer in answers) == 1
    assert all(isinstance(answer, list | GrantsError) for answer in answers)


def test_a_cost_paid_while_trustees_vote_is_not_spent_twice(people, resolution, nurse_fund):
    """The fund holds £50,000: of a cost of £45,000 and a resolution of £12,000, both facts stand and no more."""
    grants.no_conflict(resolution, *people.trustees)
    grants.votes(resolution, Choice.APPROVE, *people.trustees[:4])
    cost = partial(posting.spend, pounds("45,000"), from_=nurse_fund, key="cost:1", by=people.finance_officer)

    at_once([cost, cast_by(resolution, people.trustees[4])])

    resolution.refresh_from_db()
    numbers = balances.of_fund(nurse_fund)
    if resolution.state == ResolutionState.CARRIED:
        assert numbers.shortfall == pounds("7,000")  # the vote was first, and a cost is a fact
    else:
        assert resolution.waiting_for == "Nurse Fund has £5,000.00 left; this asks for £12,000.00."
    assert proving.prove().holds
