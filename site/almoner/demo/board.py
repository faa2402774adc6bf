"""What is before the demo's trustees: a resolution half voted, one that waits for funds, one lost, one in draft."""

from collections.abc import Mapping
from datetime import timedelta

from django.utils import timezone

from almoner.accounts.models import User
from almoner.demo import funds
from donations.ledger.money import pounds
from donations.ledger.posting import Share
from grants.actions import applying, deciding, proposing
from grants.models import Application, Choice, Programme, Resolution

TRUSTEES = ("coral", "gale", "misty", "cliff", "dory")

TISSUE_BANK = """The tissue bank at Kingfisher Infirmary (demo) keeps samples that patients have agreed to give. \
Eleven research groups have used it. Its freezers are paid for until the end of this year.

What is asked: £8,000 from the Pancreatic research fund, for two years of running costs.

The choices: to give the whole sum; to give one year; to give nothing, after which the samples would be offered to \
another centre.

We ask the board to approve the whole sum. The fund's wording covers it: “for research into how cancers of the \
pancreas begin, are found and are treated”. No other funder pays for storage."""

NURSING_HOURS = """Eastquay Hospital (demo) has no nurse of its own for people with neuroendocrine tumours. \
Its patients ring the nurse at Kingfisher Infirmary (demo), whose week is full.

What is asked: £12,000 from the NET nurse fund, for seven hours of nursing a week over one year.

The choices: to give the whole sum; to give what the fund can bear, for fewer hours; to wait until more has come in.

We ask the board to approve the whole sum, as soon as the fund can bear it."""

DISPLAY = """The teaching suite would like a travelling display that shows how ultrasound works.

What is asked: £4,800 from the Scanner fund.

The choices: to give it; to refuse it, because the fund was raised for the scanner in the theatre and for its repair.

Staff make no recommendation. The trustees may find that the display is outside the words of the fund."""

TRAVEL = """Some people miss treatment because they cannot pay for the journey.

What is asked: £2,400 from the Patient support fund, for one hundred return journeys.

This paper is still being written: we are waiting for the hospital's figures."""


def load(people: Mapping[str, User]) -> None:
    """Put them there. They are dated today, like everything that waits for somebody."""
    officer = people["skipper"]
    half_voted = before_the_board(
        officer,
        ("pancreatic-research", "The tissue bank, two more years", "Kingfisher Infirmary (demo)", 8_000),
        summary="Running costs of the tissue bank, so that samples given by patients go on being used.",
        paper=TISSUE_BANK,
        share="RESEARCH",
        days=10,
    )
    declare(half_voted, people, *TRUSTEES[:4])
    vote(half_voted, people, {"coral": "", "gale": "", "misty": ""})

    waiting = before_the_board(
        officer,
        ("specialist-nurses", "Seven hours of nursing a week at Eastquay", "Eastquay Hospital (demo)", 12_000),
        summary="A day a week of a specialist nurse, at a hospital that has none.",
        paper=NURSING_HOURS,
        share="NURSE",
        days=14,
    )
    declare(waiting, people, *TRUSTEES)
    vote(waiting, people, dict.fromkeys(TRUSTEES, ""))

    lost = before_the_board(
        officer,
        ("equipment", "A travelling display about ultrasound", "Kingfisher Infirmary (demo)", 4_800),
        summary="Panels, a screen and a model, to be shown in schools and libraries.",
        paper=DISPLAY,
        share="SCANNER",
        days=7,
    )
    declare(lost, people, "coral", "gale", "cliff", "dory")
    deciding.declare(
        resolution=lost, version=lost.version, conflicted=True, by=people["misty"],
        nature="My brother works in the teaching suite.",
    )  # fmt: skip
    vote(
        lost,
        people,
        {
            "coral": "A good idea, but outside what donors to this fund were told.",
            "gale": "The probes will wear out. This money should wait for them.",
            "cliff": "",
            "dory": "Schools would like it, and another fund may well pay. Not this one.",
        },
    )

    propose(
        officer,
        ("patient-support", "A hundred journeys to treatment", "Saltmarsh Cancer Centre (demo)", 2_400),
        summary="Return journeys for patients who cannot pay for them.",
        paper=TRAVEL,
        share="SUPPORT",
        days=30,
    )
    enter(
        officer,
        ("specialist-nurses", "A course in talking about hard news", "Solent NET Network (demo)", 3_600),
        summary="Two days of training for twelve nurses of the three hospitals.",
    )


def enter(officer: User, asked: tuple[str, str, str, int], *, summary: str) -> Application:
    """A proposal, entered by staff: programme, title, organisation, pounds."""
    programme, title, organisation, amount = asked
    return applying.enter(
        programme=Programme.objects.get(slug=programme),
        title=title,
        organisation=organisation,
        summary=summary,
        requested=pounds(amount),
        by=officer,
    )


def propose(
    officer: User, asked: tuple[str, str, str, int], *, summary: str, paper: str, share: str, days: int
) -> Resolution:
    """A draft that asks one fund for the whole sum."""
    return proposing.draft(
        application=enter(officer, asked, summary=summary),
        text=paper,
        shares=[Share(funds.by_code()[share], pounds(asked[3]))],
        deadline=(timezone.localtime() + timedelta(days=days)).replace(hour=18, minute=0, second=0, microsecond=0),
        by=officer,
    )


def before_the_board(
    officer: User, asked: tuple[str, str, str, int], *, summary: str, paper: str, share: str, days: int
) -> Resolution:
    """The same, opened."""
    drafted = propose(officer, asked, summary=summary, paper=paper, share=share, days=days)
    return deciding.open_resolution(resolution=drafted, by=officer)


def declare(resolution: Resolution, people: Mapping[str, User], *trustees: str) -> None:
    """Each says that they have no conflict."""
    for name in trustees:
        deciding.declare(resolution=resolution, version=resolution.version, conflicted=False, by=people[name])


def vote(resolution: Resolution, people: Mapping[str, User], reasons: Mapping[str, str]) -> None:
    """Each approves, or rejects for a reason."""
    for name, reason in reasons.items():
        choice = Choice.REJECT if reason else Choice.APPROVE
        deciding.vote(resolution=resolution, version=resolution.version, choice=choice, by=people[name], reason=reason)
