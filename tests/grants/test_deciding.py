"""What votes lead to, who may cast them, and what stands afterwards."""

import hashlib
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.utils import timezone

from donations.ledger import balances, posting
from donations.ledger.money import pounds
from grants import rights
from grants.actions import applying, awarding, deciding, proposing
from grants.exceptions import GrantsError, LawBroken, NotAllowed, NotComplete, NotNow, VotingIsOver, in_our_words
from grants.models import ApplicationState, Award, Choice, Event, Resolution, ResolutionState
from tests.factories import funds, grants

pytestmark = pytest.mark.django_db

YES, NO, WAIT, PASS = Choice.APPROVE, Choice.REJECT, Choice.DEFER, Choice.ABSTAIN


@pytest.mark.parametrize(
    ("votes", "ending"),
    [
        ([YES, YES, YES, YES, YES], ResolutionState.CARRIED),
        ([YES, YES, YES, NO, NO], ResolutionState.CARRIED),
        ([YES, YES, NO, PASS, PASS], ResolutionState.CARRIED),  # abstentions make the quorum and decide nothing
        ([YES, PASS, PASS, PASS, PASS], ResolutionState.CARRIED),
        ([YES, YES, NO, NO, PASS], ResolutionState.LOST),  # a tie, and no casting vote
        ([YES, YES, NO, NO, NO], ResolutionState.LOST),
        ([YES, YES, WAIT, NO, NO], ResolutionState.LOST),
        ([YES, YES, WAIT, WAIT, NO], ResolutionState.DEFERRED),
        ([YES, NO, NO, WAIT, WAIT], ResolutionState.DEFERRED),
        ([WAIT, WAIT, WAIT, WAIT, WAIT], ResolutionState.DEFERRED),
        ([PASS, PASS, PASS, PASS, PASS], ResolutionState.LOST),
    ],
)
def test_what_five_votes_lead_to(people, resolution, votes, ending):
    grants.no_conflict(resolution, *people.trustees)
    for trustee, choice in zip(people.trustees, votes, strict=True):
        grants.votes(resolution, choice, trustee)
    resolution.refresh_from_db()
    assert resolution.state == ending
    assert resolution.minute_digest == hashlib.sha256(resolution.minute.encode()).hexdigest()
    assert Award.objects.exists() == (ending == ResolutionState.CARRIED)
    decided = ending in (ResolutionState.CARRIED, ResolutionState.LOST)
    resolution.application.refresh_from_db()
    assert resolution.application.state == (ApplicationState.DECIDED if decided else ApplicationState.SUBMITTED)


def test_with_three_in_conflict_two_votes_are_no_quorum(people, resolution):
    for trustee in people.trustees[2:]:
        deciding.declare(resolution=resolution, version=1, conflicted=True, nature="I work there.", by=trustee)
    grants.no_conflict(resolution, *people.trustees[:2])
    grants.votes(resolution, Choice.APPROVE, *people.trustees[:2])
    resolution.refresh_from_db()
    assert resolution.state == ResolutionState.INQUORATE
    assert "nothing was decided" in resolution.minute
    again = grants.opened(
        resolution.application, (resolution.papers.get().shares.get().fund, "12,000"), by=people.grants_officer
    )
    assert again.state == ResolutionState.OPEN, "the question may be put again"


def test_the_quorum_is_that_of_the_opening(people, board, resolution):
    board.quorum = 5
    board.save()
    grants.no_conflict(resolution, *people.trustees)
    grants.votes(resolution, Choice.APPROVE, *people.trustees[:4])
    deciding.close(resolution=resolution, by=people.chair)
    resolution.refresh_from_db()
    assert resolution.state == ResolutionState.CARRIED


def test_a_chair_in_conflict_neither_ends_the_voting_nor_casts(people, board, resolution):
    deciding.declare(resolution=resolution, version=1, conflicted=True, nature="My brother asks.", by=people.chair)
    with pytest.raises(NotAllowed):
        deciding.close(resolution=resolution, by=people.chair)
    with pytest.raises(NotNow):
        deciding.cast(resolution=resolution, choice=Choice.APPROVE, by=people.chair)


def test_only_the_chair_casts_and_only_after_a_tie(people, programme, nurse_fund):
    grants.board(people, casting_vote=True)
    resolution = grants.opened(
        grants.proposal(programme, by=people.grants_officer), (nurse_fund, "12,000"), by=people.grants_officer
    )
    marina, sandy, finn, coral, wade = people.trustees
    grants.no_conflict(resolution, *people.trustees)
    grants.votes(resolution, Choice.APPROVE, marina, sandy)
    grants.votes(resolution, Choice.REJECT, finn, coral)
    with pytest.raises(NotNow):
        deciding.cast(resolution=resolution, choice=Choice.APPROVE, by=marina)
    grants.votes(resolution, Choice.ABSTAIN, wade)
    resolution.refresh_from_db()
    assert resolution.waiting_for == "The votes are equal: the casting vote of Marina Breakwater decides."
    with pytest.raises(VotingIsOver):
        grants.votes(resolution, Choice.APPROVE, wade)
    with pytest.raises(LawBroken) as refused:
        deciding.cast(resolution=resolution, choice=Choice.APPROVE, by=finn)
    assert refused.value.constraint == "casting_vote_is_the_chairs"
    deciding.cast(resolution=resolution, choice=Choice.APPROVE, by=marina)
    resolution.refresh_from_db()
    assert resolution.state == ResolutionState.CARRIED


def test_votes_that_are_counted_do_not_change_while_the_resolution_waits(people, resolution, nurse_fund):
    posting.spend(pounds("45,000"), from_=nurse_fund, key="cost", by=people.finance_officer)
    grants.no_conflict(resolution, *people.trustees)
    grants.votes(resolution, Choice.APPROVE, *people.trustees)
    resolution.refresh_from_db()
    assert resolution.is_waiting
    with pytest.raises(VotingIsOver):
        grants.votes(resolution, Choice.REJECT, people.chair)
    with pytest.raises(VotingIsOver):
        deciding.declare(resolution=resolution, version=1, conflicted=True, nature="Late.", by=people.chair)


def test_a_resolution_over_two_funds_says_which_of_them_is_short(people, resolution, nurse_fund, general):
    proposing.revise(
        resolution=resolution, text="Both.", shares=grants.asked([(nurse_fund, "10,000"), (general, "20,000.01")]),
        deadline=timezone.now() + timedelta(days=1), by=people.grants_officer,
    )  # fmt: skip
    resolution.refresh_from_db()
    grants.no_conflict(resolution, *people.trustees)
    grants.votes(resolution, Choice.APPROVE, *people.trustees)
    resolution.refresh_from_db()
    assert resolution.waiting_for == "General Fund has £20,000.00 left; this asks for £20,000.01."
    assert balances.of_fund(nurse_fund).allocated == pounds(0), "neither fund, or both"


def test_a_number_that_was_not_used_is_not_lost(people, resolution, nurse_fund, programme):
    posting.spend(pounds("45,000"), from_=nurse_fund, key="cost", by=people.finance_officer)
    grants.no_conflict(resolution, *people.trustees)
    grants.votes(resolution, Choice.APPROVE, *people.trustees)
    small = grants.proposal(programme, by=people.grants_officer, title="Small")
    award = grants.carried(grants.opened(small, (nurse_fund, "10"), by=people.grants_officer), people)
    assert award.reference.endswith("-001")


def test_staff_do_not_vote_and_voters_do_not_prepare(people, programme, resolution):
    finn = people.trustees[2]
    for person in (people.grants_officer, people.finance_officer, people.administrator, people.stranger):
        with pytest.raises(NotAllowed):
            deciding.declare(resolution=resolution, version=1, conflicted=False, by=person)
        with pytest.raises(NotAllowed):
            grants.votes(resolution, Choice.APPROVE, person)
    for person in (finn, people.treasurer, people.finance_officer, people.administrator):
        with pytest.raises(NotAllowed):
            grants.proposal(programme, by=person)


def test_who_is_given_both_sides_stands_on_neither(people, programme, resolution):
    finn = people.trustees[2]
    finn.groups.add(Group.objects.get(name="Grants officer"))
    assert not rights.may(finn, rights.VOTE)
    assert not rights.may(finn, "grants.enter_application")
    assert rights.voters().count() == 4
    with pytest.raises(NotAllowed):
        grants.proposal(programme, by=finn)


def test_somebody_who_left_neither_votes_nor_keeps_the_others_waiting(people, resolution):
    wade = people.trustees[4]
    wade.is_active = False
    wade.save()
    grants.no_conflict(resolution, *people.trustees[:4])
    grants.votes(resolution, Choice.APPROVE, *people.trustees[:4])
    resolution.refresh_from_db()
    assert resolution.state == ResolutionState.CARRIED


@pytest.mark.parametrize("choice", [Choice.REJECT, Choice.DEFER, Choice.ABSTAIN])
def test_only_a_vote_to_approve_needs_no_reason(people, resolution, choice):
    grants.no_conflict(resolution, people.chair)
    with pytest.raises(LawBroken) as refused:
        deciding.vote(resolution=resolution, version=1, choice=choice, reason="  ", by=people.chair)
    assert refused.value.sentence == "Give your reason: only a vote to approve needs none."


def test_no_event_says_how_anybody_voted(people, resolution):
    grants.no_conflict(resolution, people.chair)
    grants.votes(resolution, Choice.REJECT, people.chair, reason="A whim of the tide.")
    for event in Event.objects.all():
        told = f"{event.action} {event.from_state} {event.to_state} {event.reason}"
        assert "reject" not in told
        assert "whim" not in told


def test_a_board_that_is_too_small_cannot_open(people, board, programme, nurse_fund):
    draft = grants.drafted(
        grants.proposal(programme, by=people.grants_officer), (nurse_fund, "1"), by=people.grants_officer
    )
    board.quorum = 6
    board.save()
    with pytest.raises(NotNow, match="There are 5 trustees who can vote; the quorum is 6"):
        deciding.open_resolution(resolution=draft, by=people.grants_officer)


def test_a_draft_is_rewritten_and_an_open_paper_is_not(people, board, programme, nurse_fund, general):
    draft = grants.drafted(
        grants.proposal(programme, by=people.grants_officer), (nurse_fund, "1"), by=people.grants_officer
    )
    later = timezone.now() + timedelta(days=3)
    proposing.redraft(
        resolution=draft, text="Better words.", shares=grants.asked([(general, "2")]), deadline=later,
        by=people.grants_officer,
    )  # fmt: skip
    assert [str(share) for share in draft.papers.get().shares.all()] == ["£2 from General Fund"]
    deciding.open_resolution(resolution=draft, by=people.grants_officer)
    with pytest.raises(NotNow):
        proposing.redraft(
            resolution=draft, text="Other words.", shares=grants.asked([(general, "3")]), deadline=later,
            by=people.grants_officer,
        )  # fmt: skip


def test_a_fund_that_does_not_serve_the_purpose_is_refused_in_the_paper(people, board, programme):
    liver = funds.liver_fund()
    scans = grants.programme(liver, name="Scans", serves="equipment")
    application = grants.proposal(scans, by=people.grants_officer)
    with pytest.raises(NotComplete, match="Nurse Fund may not be used for"):
        grants.drafted(application, (programme.fund, "5"), by=people.grants_officer)


def test_an_application_is_withdrawn_after_its_resolution(people, resolution):
    application = resolution.application
    with pytest.raises(NotNow, match=f"Withdraw resolution {resolution.reference} first"):
        applying.withdraw(application=application, because="They found another funder.", by=people.grants_officer)
    proposing.withdraw(resolution=resolution, because="They found another funder.", by=people.grants_officer)
    applying.withdraw(application=application, because="They found another funder.", by=people.grants_officer)
    application.refresh_from_db()
    assert application.state == ApplicationState.WITHDRAWN


def test_an_award_cannot_be_made_for_a_resolution_that_is_not_carried(people, resolution):
    def make_it_anyway() -> None:
        with in_our_words(), connection.cursor() as cursor:
            awarding.make(resolution=resolution, by=people.grants_officer)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # as the end of the transaction would

    with pytest.raises(GrantsError) as refused:
        make_it_anyway()
    assert refused.value.constraint == "carried_resolution_is_reserved"
    assert not Award.objects.exists()


def test_references_run_through_each_year(people, programme):
    year = timezone.localdate().year
    made = [grants.proposal(programme, by=people.grants_officer).reference for _ in range(3)]
    assert made == [f"P-{year}-001", f"P-{year}-002", f"P-{year}-003"]


def test_the_list_of_what_waits_is_in_english(people, resolution):
    assert not Resolution.objects.waiting().exists()
    assert Resolution.objects.before_the_board().get() == resolution
    assert Resolution.objects.overdue(timezone.now() + timedelta(days=15)).get() == resolution
