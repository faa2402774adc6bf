"""A grant walks: proposal, paper, declarations, votes, reservation, award, instalments, page. Read this second."""

from datetime import timedelta

import pytest
from django.utils import timezone

from donations.ledger import balances, proving
from donations.ledger.money import pounds
from donations.ledger.posting import Share
from grants import publishing
from grants.actions import applying, awarding, deciding, paying, proposing
from grants.exceptions import HandsAreTheSame, TrusteeIsInConflict
from grants.models import AwardState, Choice, Event, InstalmentState, Paper, ResolutionState
from tests.factories import funds, grants

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_grant_walks_from_the_proposal_to_the_public_page(people):
    marina, sandy, finn, coral, wade = people.trustees
    delphine, pearl = people.grants_officer, people.finance_officer

    # People gave £40,000 for nurses and £20,000 for whatever is most needed.
    nurse_fund, general = funds.nurse_fund(), funds.general_fund()
    grants.give(nurse_fund, "40,000", by=pearl, key="gift:1")
    grants.give(general, "20,000", by=pearl, key="gift:2")
    grants.board(people, quorum=3)
    nurses = grants.programme(nurse_fund)

    # Eastquay Hospital asks for a nurse. Delphine enters its proposal.
    application = applying.enter(
        programme=nurses, title="A nurse at Eastquay", organisation="Eastquay Hospital (demo)",
        summary="A specialist nurse for three years.", requested=pounds("52,000"), by=delphine,
    )  # fmt: skip
    assert application.reference == f"P-{timezone.localdate().year}-001"

    # She writes the paper, says which fund would bear how much, and puts it before the board.
    resolution = proposing.draft(
        application=application, text="We ask the board to approve a new post.", by=delphine,
        shares=[Share(nurse_fund, pounds("40,000")), Share(general, pounds("12,000"))],
        deadline=timezone.now() + timedelta(days=14),
    )  # fmt: skip
    deciding.open_resolution(resolution=resolution, by=delphine)

    # Nobody reads it before she has declared. Wade's sister works at Eastquay: he reads nothing and does not vote.
    assert not Paper.objects.open_to(finn.pk).exists()
    for trustee in (marina, sandy, finn, coral):
        deciding.declare(resolution=resolution, version=1, conflicted=False, by=trustee)
    deciding.declare(resolution=resolution, version=1, conflicted=True, nature="My sister works there.", by=wade)
    assert Paper.objects.open_to(finn.pk).get().text == "We ask the board to approve a new post."
    assert not Paper.objects.open_to(wade.pk).exists()
    with pytest.raises(TrusteeIsInConflict):
        deciding.vote(resolution=resolution, version=1, choice=Choice.APPROVE, by=wade)

    # Three vote, and nothing is decided: Coral has still to speak. Finn changes his mind, as he may.
    deciding.vote(resolution=resolution, version=1, choice=Choice.APPROVE, by=marina)
    deciding.vote(resolution=resolution, version=1, choice=Choice.APPROVE, by=sandy)
    deciding.vote(resolution=resolution, version=1, choice=Choice.DEFER, reason="Wait for spring.", by=finn)
    deciding.vote(resolution=resolution, version=1, choice=Choice.REJECT, reason="It costs too much.", by=finn)
    resolution.refresh_from_db()
    assert resolution.state == ResolutionState.OPEN
    assert balances.of_fund(nurse_fund).allocated == pounds(0)

    # Coral's vote is the last. In the same moment the resolution carries, there is an award, and its money is reserved.
    deciding.vote(resolution=resolution, version=1, choice=Choice.APPROVE, by=coral)
    resolution.refresh_from_db()
    assert resolution.state == ResolutionState.CARRIED
    award = resolution.award
    assert award.reference == f"A-{timezone.localdate().year}-001"
    assert balances.of_award(award.reference).reserved == pounds("52,000")
    assert balances.left_in(nurse_fund) == pounds(0)
    assert balances.left_in(general) == pounds("8,000")

    # The minute says who took part, who stood aside and why, how each voted, and what it did to the funds.
    for words in (
        "Wade Estuary: My sister works there.",
        "4 trustees without a conflict voted; the quorum was 3.",
        "To approve 3, to reject 1, to defer 0, abstaining 0.",
        "Finn Cockle, vote: reject. Reason: It costs too much.",
        "Nurse Fund: £40,000.00 reserved; £40,000.00 free before, £0.00 after",
        "General Fund: £12,000.00 reserved; £20,000.00 free before, £8,000.00 after",
    ):
        assert words in resolution.minute
    assert "Wait for spring" not in resolution.minute, "the last vote counts"

    # The hospital is told, and accepts. From the offer on, the funds owe it the money.
    awarding.offer(award=award, by=delphine)
    awarding.accept(award=award, accepted_by="Dr Anchor, medical director", by=delphine)
    assert balances.owed_on(award.reference) == pounds("52,000")

    # It is paid in two instalments, each from both funds in the award's own proportions.
    first, _ = paying.plan(
        award=award, by=delphine,
        instalments=[
            paying.Plan(pounds("30,000"), timezone.localdate()),
            paying.Plan(pounds("22,000"), timezone.localdate() + timedelta(days=365)),
        ],
    )  # fmt: skip
    assert [share.amount for share in first.borne_by()] == [pounds("23,076.92"), pounds("6,923.08")]

    # Delphine asks for the first. Two others authorise it: Pearl, then Sandy; Pearl alone will not do.
    paying.request(instalment=first, by=delphine)
    paying.authorise(instalment=first, by=pearl)
    with pytest.raises(HandsAreTheSame):
        paying.authorise(instalment=first, by=pearl)
    paying.authorise(instalment=first, by=sandy)

    # The bank pays, and Pearl finds it on the statement.
    paying.confirm(instalment=first, bank_reference="BACS 4711", by=pearl)
    first.refresh_from_db()
    award.refresh_from_db()
    assert (first.state, award.state) == (InstalmentState.CONFIRMED, AwardState.ACTIVE)

    # Everywhere the same numbers, because there is one of each.
    shown = publishing.awards()
    assert [(each.reference, each.title) for each in shown] == [(award.reference, "A nurse at Eastquay")]
    everything = balances.everything()
    for numbers in (shown[0].numbers, everything):
        assert numbers.allocated == pounds("52,000")
        assert numbers.paid == pounds("30,000")
        assert numbers.still_to_pay == pounds("22,000")
    assert (everything.raised, everything.remaining) == (pounds("60,000"), pounds("8,000"))
    by_fund = {fund.name: numbers.paid for fund, _, numbers in publishing.of_programme(nurses) if numbers.paid}
    assert by_fund == {"Nurse Fund": pounds("23,076.92"), "General Fund": pounds("6,923.08")}
    assert proving.prove().holds

    # And every step stands on record, with who took it; none says how anybody voted.
    steps = Event.objects.filter(noun="instalment", number=first.pk).values_list("action", "actor__username")
    assert list(steps) == [
        ("plan", "delphine"), ("request", "delphine"), ("authorise", "pearl"), ("authorise", "sandy"),
        ("confirm", "pearl"),
    ]  # fmt: skip


def test_a_resolution_that_asks_for_too_much_waits_and_carries_when_the_money_comes(people):
    delphine, pearl = people.grants_officer, people.finance_officer
    nurse_fund = funds.nurse_fund()
    grants.give(nurse_fund, "9,986", by=pearl, key="gift:1")
    grants.board(people)
    application = grants.proposal(grants.programme(nurse_fund), by=delphine)
    resolution = grants.opened(application, (nurse_fund, "12,000"), by=delphine)

    # All five approve, and their votes stand; but the fund cannot cover it.
    grants.no_conflict(resolution, *people.trustees)
    grants.votes(resolution, Choice.APPROVE, *people.trustees)
    resolution.refresh_from_db()
    assert resolution.state == ResolutionState.OPEN
    assert resolution.waiting_for == "Nurse Fund has £9,986.00 left; this asks for £12,000.00."
    assert resolution.votes.count() == 5
    assert balances.of_fund(nurse_fund).allocated == pounds(0)

    # A legacy arrives. Delphine asks again, and now it carries, by the same votes.
    grants.give(nurse_fund, "5,000", by=pearl, key="gift:2")
    deciding.reconsider(resolution=resolution, by=delphine)
    resolution.refresh_from_db()
    assert (resolution.state, resolution.waiting_for) == (ResolutionState.CARRIED, "")
    assert balances.left_in(nurse_fund) == pounds("2,986")
