"""The demo's purposes and funds: six promises, with the words that bind them."""

from dataclasses import dataclass
from datetime import date

from donations.ledger.models import Fund, FundClass, FundPurpose, Purpose

SUPPORT = ("support", "Help for patients and families")  # beside the purposes that every charity starts with


@dataclass(frozen=True)
class Promise:
    """A fund to be, the purposes it serves (its usual one first), and its wording."""

    code: str
    name: str
    fund_class: FundClass
    opened: date
    serves: tuple[str, ...]
    restriction: str = ""
    source: str = ""


PROMISES = [
    Promise(
        *("GENERAL", "General fund", FundClass.UNRESTRICTED, date(2010, 4, 1)),
        serves=("any", "nurses", "equipment", "treatments", "research", "support"),
    ),
    Promise(
        *("SUPPORT", "Patient support fund", FundClass.DESIGNATED, date(2025, 1, 15)),
        serves=("support",),
    ),
    Promise(
        *("NURSE", "NET nurse fund", FundClass.RESTRICTED, date(2010, 4, 1)),
        serves=("nurses",),
        restriction=(
            "To pay for specialist nurses who look after people with neuroendocrine tumours, "
            "and for the training and tools those nurses need."
        ),
        source="The leaflet “A nurse who knows”, April 2010, and every appeal for nurses since.",
    ),
    Promise(
        *("SCANNER", "Scanner fund", FundClass.RESTRICTED, date(2014, 4, 1)),
        serves=("equipment",),
        restriction=(
            "To buy an ultrasound scanner for operations on the liver and pancreas, "
            "to keep it in good order, and in time to replace its parts."
        ),
        source="The appeal “See more, cut less”, opened in April 2014 and closed in March 2022.",
    ),
    Promise(
        *("TREATMENTS", "New treatments fund", FundClass.RESTRICTED, date(2014, 4, 1)),
        serves=("treatments",),
        restriction="To bring new treatments for neuroendocrine tumours to hospitals near the people who need them.",
        source="The appeal “Closer to home”, April 2014, and the letters to donors that followed it.",
    ),
    Promise(
        *("RESEARCH", "Pancreatic research fund", FundClass.RESTRICTED, date(2014, 4, 1)),
        serves=("research",),
        restriction="For research into how cancers of the pancreas begin, are found and are treated.",
        source="The appeal “Ask better questions”, April 2014, and the will of a donor, 2022.",
    ),
]


def load() -> None:
    """Open every fund that is not open yet."""
    code, name = SUPPORT
    Purpose.objects.get_or_create(code=code, defaults={"name": name})
    purposes = {purpose.code: purpose for purpose in Purpose.objects.all()}
    for promise in PROMISES:
        fund, new = Fund.objects.get_or_create(
            code=promise.code,
            defaults={
                "name": promise.name,
                "fund_class": promise.fund_class,
                "opened": promise.opened,
                "restriction": promise.restriction,
                "source": promise.source,
            },
        )
        if new:
            usual, *_ = promise.serves
            FundPurpose.objects.bulk_create(
                FundPurpose(fund=fund, purpose=purposes[serves], usual=serves == usual) for serves in promise.serves
            )


def by_code() -> dict[str, Fund]:
    """The demo's funds."""
    return {fund.code: fund for fund in Fund.objects.all()}
