"""What the style guide shows of health information: invented words, people and sources."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.safestring import mark_safe

from content import glossary
from content.models.words import GlossaryTerm, MedicineTerm, Reference
from content.nearby import Found, Place

cares = [
    {
        "urgency": "soon",
        "heading": "Tell your nurse at the next visit if",
        "text": mark_safe("<ul><li>an injection wears off early</li><li>your stools are pale</li></ul>"),
    },
    {
        "urgency": "urgent",
        "heading": "Ring the ward today if",
        "text": mark_safe("<ul><li>your temperature is 38 or higher</li><li>you cannot keep water down</li></ul>"),
    },
    {
        "urgency": "emergency",
        "heading": "Ring 999 if",
        "text": mark_safe("<ul><li>your chest hurts</li><li>you cannot get your breath</li></ul>"),
    },
]
do_dont = {"do": ["keep the nurse’s number by the telephone"], "dont": ["wait until Monday if you are feverish"]}
details = {"summary": "How the scan works", "text": mark_safe("<p>The camera sees where a little sugar gathers.</p>")}
word = GlossaryTerm(term="biopsy", said="by-op-see", meaning="A tiny piece is taken, and somebody looks at its cells.")
marked = glossary.note("biopsy", 1, word.term, word.said, word.meaning)
medicine = MedicineTerm(generic_name="octreotide", brand_names="Tidecalm (demo)", meaning="Calms what hormones do.")
sources = [
    Reference(title="Slow tumours, long lives", authors="I. Merrow", publisher="Harbour Annals (demo)", year=2025),
    Reference(
        title="A guide for clinics", publisher="Lighthouse Society (demo)", url="https://example.org/guide",
        read_on=date(2026, 3, 2),
    ),
]  # fmt: skip
section = {
    "heading": "Treatment with heat",
    "body": [mark_safe("<p>A thin needle warms the tumour until its cells die.</p>")],
    "as_of": date(2026, 3, 2),
}
cites = [1, 2]
contents = {"contents": [("health_words", "Glossary notes"), ("care", "Care cards"), ("references", "References")]}


@dataclass(frozen=True)
class Several:
    """Some things, as a page holds them."""

    all: list[Any]


@dataclass(frozen=True)
class SampleCredit:
    """Somebody who reviewed or wrote a page."""

    name: str
    post_nominals: str = ""
    role: str = ""
    affiliation: str = ""


@dataclass(frozen=True)
class SampleReview:
    """A page's review."""

    reviewed_on: date | None = None
    next_review_on: date | None = None
    named_reviewer: SampleCredit | None = None
    named_authors: tuple[SampleCredit, ...] = (SampleCredit("Hester Fairlead"),)
    named_lay_reviewers: tuple[SampleCredit, ...] = ()
    is_overdue: bool = False
    has_changed_since: bool = False


_reviewer = SampleCredit("Dr Tamsin Eelgrass", "PhD", "Consultant oncologist")
reviews = [
    SampleReview(date(2026, 3, 2), date(2029, 3, 2), _reviewer, has_changed_since=True),
    SampleReview(date(2023, 3, 2), date(2026, 3, 2), _reviewer, is_overdue=True),
    SampleReview(),
]


@dataclass(frozen=True)
class SampleSubject:
    """A word from one of the short lists."""

    name: str
    words: str = ""


@dataclass(frozen=True)
class SampleCentre:
    """A hospital."""

    name: str
    postcode: str
    part: str = ""
    telephone: str = "01632 960050"
    get_nation_display: str = "England"
    public_page: None = None
    cancer_sites: Several = field(default_factory=lambda: Several([SampleSubject("Pancreas"), SampleSubject("Liver")]))


found = Found(
    Place("ZZ", "ZZ1"),
    [SampleCentre("Kingfisher Infirmary (demo)", "ZZ1 1AA", "The team meets here, and patients are treated here")],
    [SampleCentre("Saltmarsh Cancer Centre (demo)", "ZZ7 2DD")],
)
specialties = [
    SampleSubject("Nursing", "Knows you, your week and everybody’s number."),
    SampleSubject("Radiology", "Reads scans, and treats through fine tubes."),
]
