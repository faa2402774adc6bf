"""The facts of the demo's appeals. Their stories are told in stories.py."""

from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from almoner.demo import funds
from donations.ledger.models import Purpose
from donations.ledger.money import pounds as in_pounds
from donations.models import Appeal, Match, SuggestedAmount
from donations.models.appeal import Every


@dataclass(frozen=True)
class Ask:
    """An appeal to be: what for, how much is hoped for, and what some amounts pay for. In pounds."""

    slug: str
    name: str
    fund: str
    purpose: str
    opens_on: date
    amounts: dict[int, str]
    secondary_purpose: str
    target: int | None = None
    closes_on: date | None = None
    monthly: dict[int, str] = field(default_factory=dict)
    thanks: str = ""
    afterwards: str = ""
    fee_cover: bool = False


ASKS = [
    Ask(
        *("nurse", "A nurse who knows the way", "NURSE", "nurses", date(2010, 4, 1)),
        amounts={
            10: "pays for a twenty-minute call with the nurse",
            25: "pays for a first talk after a diagnosis, with time for questions",
            50: "pays for a home visit, travel included",
            100: "pays for a morning clinic with the nurse",
        },
        monthly={
            5: "pays for a long call with the nurse every quarter",
            12: "pays for a home visit every quarter",
            25: "pays for a morning clinic every quarter",
        },
        thanks="Somebody who was told this week has a number to ring. That is what you have given.",
        fee_cover=True,
        target=180_000,
        secondary_purpose=(
            "If we raise more than the post costs, the rest trains nurses and helps to pay for a second one. "
            "If we raise too little to keep the post, it pays for hours of nursing for the same patients."
        ),
    ),
    Ask(
        *("closer-to-home", "Closer to home", "TREATMENTS", "treatments", date(2014, 4, 1)),
        amounts={
            15: "pays for the travel of one patient to one treatment",
            40: "pays for a day's training of a member of staff",
            120: "pays for the safety checks before a first treatment day",
        },
        target=75_000,
        secondary_purpose=(
            "If we raise more than the new clinics need, the rest opens the next one. If we raise too little for a "
            "clinic, it pays for equipment and training that bring treatment nearer."
        ),
    ),
    Ask(
        *("better-questions", "Ask better questions", "RESEARCH", "research", date(2014, 4, 1)),
        amounts={
            20: "pays for a sample to be stored safely for a year",
            60: "pays for an afternoon in the laboratory",
            250: "pays for a week of a young researcher's time",
        },
        target=120_000,
        secondary_purpose=(
            "If we raise more than this programme needs, the rest pays for the next research into cancers of the "
            "pancreas. If we raise too little, we add it to a study that is already under way."
        ),
    ),
    Ask(
        *("where-it-is-needed", "Where it is needed most", "GENERAL", "any", date(2010, 4, 1)),
        amounts={
            5: "pays for a booklet and its postage, three times over",
            20: "pays for a seat at a patients' day",
            75: "pays for a room and tea for a support group",
        },
        secondary_purpose="",
    ),
    Ask(
        *("scanner", "See more, cut less", "SCANNER", "equipment", date(2014, 4, 1)),
        amounts={},
        target=85_000,
        closes_on=date(2022, 3, 31),
        afterwards="The scanner has been bought, and it works every day.",
        secondary_purpose=(
            "You gave more than the scanner cost. What was left over keeps it in repair and will replace its probes "
            "as they wear out. It is used for nothing else."
        ),
    ),
]


MATCH = in_pounds("5,000")


def load() -> None:
    """Enter every appeal that is not there yet, with its amounts; Finance has approved the words."""
    fund = funds.by_code()
    purposes = {purpose.code: purpose for purpose in Purpose.objects.all()}
    for ask in ASKS:
        appeal, new = Appeal.objects.get_or_create(
            slug=ask.slug,
            defaults={
                "name": ask.name,
                "fund": fund[ask.fund],
                "purpose": purposes[ask.purpose],
                "target_pence": ask.target * 100 if ask.target else None,
                "opens_on": ask.opens_on,
                "closes_on": ask.closes_on,
                "secondary_purpose": ask.secondary_purpose,
                "thanks": ask.thanks,
                "afterwards": ask.afterwards,
                "fee_cover": ask.fee_cover,
            },
        )
        if new:
            SuggestedAmount.objects.bulk_create(
                SuggestedAmount(appeal=appeal, every=every, pence=pounds * 100, pays_for=words, approved=True)
                for every, amounts in (("", ask.amounts), (Every.MONTH, ask.monthly))
                for pounds, words in amounts.items()
            )
    nurse = Appeal.objects.get(slug="nurse")
    if not nurse.matches.exists():
        match = {"pence": MATCH.pence, "available_pence": MATCH.pence, "opens_on": timezone.localdate()}
        Match.objects.create(appeal=nurse, champion="A family who asked not to be named (demo)", **match)
