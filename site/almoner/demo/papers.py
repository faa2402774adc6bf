"""The demo's publications, with files made by code. The journal, the people and the findings are invented."""

from datetime import date

import typst
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from almoner.accounts.models import User
from almoner.demo.building import add, paragraphs
from content.models import HomePage, PublicationIndexPage, PublicationPage
from content.models.publications import Licence

SAMPLE = "Sample text for a demonstration: no such study was made."
PLAN = paragraphs(
    f"<b>{SAMPLE}</b>",
    "We asked 212 people how they came to know what they had. Half had seen five doctors or more. The longest wait was "
    "not for a bed but for a letter.",
)


def load(home: HomePage, *, by: User) -> PublicationIndexPage:
    """Two: one with a web page and a file, one with a file only."""
    index = PublicationIndexPage(
        title="Publications", slug="publications", search_description="Papers and reports, in plain words first.",
        standfirst="What we and those we pay have written. Each begins in plain words.",
    )  # fmt: skip
    index = add(home, index, by=by)
    first = PublicationPage(
        title="From first doubt to first scan: what 212 people told us",
        slug="first-doubt",
        summary=(
            f"{SAMPLE}\n\nPeople with a rare cancer often wait years to learn its name. We asked 212 of them what took "
            "so long. Three things would help most: a blood test that any surgery can order, one person to ring, and "
            "letters that patients can read."
        ),
        authors="M. Tidewell, J. Spindrift, B. Saltings",
        journal="Annals of Harbour Medicine (demo)",
        published_on=date(2025, 11, 3),
        licence=Licence.CC_BY,
        is_unlisted=True,
        body=[
            ("text", f"<h2>What we asked</h2>{PLAN}<h2>What would help</h2><p>One test, one person, one letter.</p>"),
        ],
        document=paper("From first doubt to first scan", pages=6),
    )  # fmt: skip
    second = PublicationPage(
        title="Who picks up? A year of one telephone",
        slug="who-picks-up",
        summary=(
            f"{SAMPLE}\n\nFor a year we counted every call to the nurse: when it came, what it was about, what came of "
            "it. Most were answered within the hour. Calls about letters fell by half once letters were shorter."
        ),
        authors="H. Fairlead, B. Saltings",
        journal="Harbour NET Fund",
        published_on=date(2026, 1, 19),
        is_unlisted=True,
        document=paper("Who picks up", pages=3),
    )
    for page in (first, second):
        add(index, page, by=by)
    return index


def paper(title: str, *, pages: int) -> object:
    """A file of so many pages that says what it is."""
    made = typst.compile(
        f'#set document(title: "{title}")\n#set text(lang: "en")\n= {title}\n{SAMPLE}\n'.encode()
        + b"#pagebreak()\nThis page is left empty on purpose.\n" * (pages - 1)
    )
    name = f"{title.lower().replace(' ', '-')}.pdf"
    return get_document_model().objects.create(title=title, file=ContentFile(made, name=name))
