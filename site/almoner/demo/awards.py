"""The demo's four awards: decided, offered, accepted and paid on days that have passed.

Trustees decided them on paper, before there was a board on this site; each says which minute records it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

from django.utils import timezone

from almoner.accounts.models import User
from almoner.demo import funds
from almoner.demo.diary import Deed
from donations.ledger.models import Purpose
from donations.ledger.money import pounds
from donations.ledger.posting import Share
from grants.actions import awarding, paying
from grants.actions.paying import Plan
from grants.models import Award, Board, Instalment, Programme

PROGRAMMES = [  # slug, name, purpose, usual fund, description
    (
        *("specialist-nurses", "Specialist nurses", "nurses", "NURSE"),
        "Posts and training for nurses who look after people with neuroendocrine tumours.",
    ),
    (
        *("equipment", "Equipment", "equipment", "SCANNER"),
        "Equipment that lets surgeons and their teams see more and cut less.",
    ),
    (
        *("new-treatments", "New treatments", "treatments", "TREATMENTS"),
        "What a hospital needs to offer a treatment that its patients have had to travel for.",
    ),
    (
        *("pancreatic-research", "Research into the pancreas", "research", "RESEARCH"),
        "Studies of how cancers of the pancreas begin, are found and are treated.",
    ),
    (
        *("patient-support", "Help for patients", "support", "SUPPORT"),
        "Small grants to people who lose income or face costs while they are being treated.",
    ),
]


@dataclass(frozen=True)
class Part:
    """One instalment: how much in pounds, when it is due, and when it was paid, if it was."""

    pounds: int
    due: date
    paid: date | None = None
    condition: str = ""


@dataclass
class Grant:
    """One award and what has become of it."""

    programme: str
    title: str
    organisation: str
    shares: dict[str, int]  # pounds by fund
    minute: str
    accepted_by: str
    decided: date
    offered: date
    accepted: date
    parts: list[Part] = field(default_factory=list)
    award: Award | None = None
    instalments: list[Instalment] = field(default_factory=list)


def the_four() -> dict[str, Grant]:
    """What was decided since 2022. Instalments that are still to come are dated from today."""
    today = timezone.localdate()
    return {
        "scanner": Grant(
            *("equipment", "An ultrasound scanner for the operating theatre", "Kingfisher Infirmary (demo)"),
            shares={"SCANNER": 84_500},
            minute="Minutes of 12 April 2022, item 5",
            accepted_by="Mr Linton Bargeman, director of estates",
            decided=date(2022, 4, 12),
            offered=date(2022, 4, 20),
            accepted=date(2022, 5, 4),
            parts=[Part(84_500, date(2022, 6, 15), date(2022, 6, 15))],
        ),
        "research": Grant(
            *("pancreatic-research", "Why some tumours of the pancreas sleep", "Saltmarsh Cancer Centre (demo)"),
            shares={"RESEARCH": 96_000, "GENERAL": 24_000},
            minute="Minutes of 31 March 2024, item 3",
            accepted_by="Professor Elowen Strand, director of research",
            decided=date(2024, 3, 31),
            offered=date(2024, 4, 8),
            accepted=date(2024, 4, 29),
            parts=[
                Part(30_000, date(2024, 10, 1), date(2024, 10, 1)),
                Part(30_000, date(2025, 10, 1), date(2025, 10, 1)),
                Part(30_000, today + timedelta(days=6)),
                Part(30_000, today + timedelta(days=371)),
            ],
        ),
        "nurse": Grant(
            *("specialist-nurses", "A NET nurse specialist for three years", "Kingfisher Infirmary (demo)"),
            shares={"NURSE": 132_000, "GENERAL": 18_000},
            minute="Minutes of 16 April 2024, item 4",
            accepted_by="Mrs Avis Mainbrace, chief nurse",
            decided=date(2024, 4, 16),
            offered=date(2024, 5, 2),
            accepted=date(2024, 5, 20),
            parts=[
                Part(25_000, date(2024, 7, 3), date(2024, 7, 3)),
                Part(25_000, date(2025, 1, 6), date(2025, 1, 6)),
                Part(25_000, date(2025, 7, 3), date(2025, 7, 3)),
                Part(25_000, date(2026, 1, 5), date(2026, 1, 5)),
                Part(25_000, today - timedelta(days=23)),
                Part(25_000, today + timedelta(days=160)),
            ],
        ),
        "treatments": Grant(
            *("new-treatments", "Targeted radiotherapy, two clinics nearer home", "Eastquay Hospital (demo)"),
            shares={"TREATMENTS": 58_000},
            minute="Minutes of 15 April 2025, item 6",
            accepted_by="Dr Merrin Causeway, medical director",
            decided=date(2025, 4, 15),
            offered=date(2025, 5, 1),
            accepted=date(2025, 5, 19),
            parts=[
                Part(40_000, date(2025, 6, 20), date(2025, 6, 20)),
                Part(
                    *(18_000, today + timedelta(days=90)),
                    condition="The agreement to open the second clinic is signed by both hospitals.",
                ),
            ],
        ),
    }


def load() -> None:
    """The board with its rules, and the programmes."""
    Board.objects.get_or_create(
        name="Board of trustees",
        defaults={"quorum": 3, "chair": User.objects.get(username="coral"), "casting_vote": True},
    )
    fund, purposes = funds.by_code(), {purpose.code: purpose for purpose in Purpose.objects.all()}
    for slug, name, purpose, code, description in PROGRAMMES:
        Programme.objects.get_or_create(
            slug=slug,
            defaults={"name": name, "purpose": purposes[purpose], "fund": fund[code], "description": description},
        )


def deeds(people: dict[str, User]) -> Iterator[Deed]:
    """Everything that became of the four awards until 31 March 2026."""
    grants = the_four()
    for grant in grants.values():
        yield Deed(grant.decided, partial(decide, grant, people))
        yield Deed(grant.offered, partial(offer, grant, people))
        yield Deed(grant.accepted, partial(accept, grant, people))
        for number, part in enumerate(grant.parts):
            if part.paid:
                yield Deed(part.paid, partial(pay, grant, number, people))
    scanner, returned = grants["scanner"], date(2022, 9, 30)
    yield Deed(returned, partial(give_back, scanner, people, returned))


def decide(grant: Grant, people: dict[str, User]) -> None:
    """The award, its reservation and its plan."""
    fund = funds.by_code()
    grant.award = awarding.bring_in(
        programme=Programme.objects.get(slug=grant.programme),
        title=grant.title,
        organisation=grant.organisation,
        shares=[Share(fund[code], pounds(amount)) for code, amount in grant.shares.items()],
        decided_on=grant.decided,
        source=grant.minute,
        by=people["skipper"],
    )
    plans = [Plan(pounds(part.pounds), part.due, part.condition) for part in grant.parts]
    grant.instalments = paying.plan(award=grant.award, instalments=plans, by=people["skipper"])


def offer(grant: Grant, people: dict[str, User]) -> None:
    """The letter that makes it a debt, but for what waits on a condition."""
    assert grant.award
    awarding.offer(award=grant.award, by=people["skipper"], on=grant.offered)


def accept(grant: Grant, people: dict[str, User]) -> None:
    """The grantee's answer."""
    assert grant.award
    awarding.accept(award=grant.award, accepted_by=grant.accepted_by, by=people["skipper"], on=grant.accepted)


def pay(grant: Grant, number: int, people: dict[str, User]) -> None:
    """One instalment through three pairs of hands, and the bank."""
    instalment, paid = grant.instalments[number], grant.parts[number].paid
    assert paid
    paying.request(instalment=instalment, by=people["skipper"])
    paying.authorise(instalment=instalment, by=people["rocky"])
    paying.authorise(instalment=instalment, by=people["tide"])
    reference = f"BACS {paid:%d%m%y} {instalment.pk:04}"
    paying.confirm(instalment=instalment, bank_reference=reference, by=people["dune"], on=paid)


def give_back(grant: Grant, people: dict[str, User], on: date) -> None:
    """The scanner cost less than it might have; the hospital returned the rest, and the award is closed."""
    assert grant.award
    awarding.recover(
        award=grant.award,
        amount=pounds(1_250),
        because="The maker's price was lower than its first offer.",
        key="recover:demo:scanner",
        by=people["dune"],
        on=on,
    )
    awarding.close(award=grant.award, by=people["skipper"])


def as_it_stands(people: dict[str, User]) -> None:
    """What waits today: an instalment held for a late report, and one that has been authorised once."""
    held = Instalment.objects.get(award__programme__slug="specialist-nurses", number=5)
    paying.hold_back(
        instalment=held,
        because="The report on the fourth half-year is late. We have asked twice.",
        by=people["skipper"],
    )
    waiting = Instalment.objects.get(award__programme__slug="pancreatic-research", number=3)
    paying.request(instalment=waiting, by=people["skipper"])
    paying.authorise(instalment=waiting, by=people["rocky"])
