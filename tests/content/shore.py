"""A small site by the sea that has so many of everything, and every block that can stand on a page."""

import json
from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import Any

from wagtail.images.models import Filter
from wagtail.models import Page

from content import models as of
from content import pictures
from content.models.base import BasePage
from donations.models import Appeal
from grants.models import Award, AwardState, Programme
from tests.factories import funds, stories

SIZES = list(dict.fromkeys([*pictures.CUT, *pictures.WHOLE, *pictures.PORTRAIT, pictures.SHARED]))


class Shore:
    """A small site by the sea with so many of everything on it."""

    def __init__(self, many: int) -> None:
        self.many = many
        self.home = stories.a_site()

    def under(self, kind: type[BasePage], parent: Page | None = None, **facts: Any) -> Any:
        """A page of this kind with everything in its body that may stand there."""
        page = kind(**facts)
        if hasattr(kind, "body") and "body" not in facts:
            page.body = self.body(kind)
        return (parent or self.home).add_child(instance=page)

    def body(self, kind: type[BasePage]) -> str:
        """Every block that it may hold. A new block needs an entry in BLOCKS."""
        kinds = kind._meta.get_field("body").stream_block.child_blocks
        return json.dumps([{"type": name, "value": value} for name in kinds for value in BLOCKS[name](self)])

    def each(self, make: Callable[[int], Any]) -> list[Any]:
        """So many of them."""
        return [make(number) for number in range(self.many)]

    @cached_property
    def pages(self) -> list[Page]:
        """Pages to lead to."""
        return self.each(lambda at: self.home.add_child(instance=of.PolicyPage(title=f"Page {at}", slug=f"page-{at}")))

    @cached_property
    def pictures(self) -> list[of.CharityImage]:
        """Pictures in all the sizes in which they are shown, as if they had been drawn."""
        made = self.each(lambda at: of.CharityImage(title=f"Sea {at}", file=f"sea-{at}.png", width=60, height=40))
        made = of.CharityImage.objects.bulk_create(made)
        of.CharityRendition.objects.bulk_create(
            of.CharityRendition(
                image=each, filter_spec=size, file=f"{each.pk}-{at}.webp", width=6, height=4,
                focal_point_key=Filter(size).get_cache_key(each),
            )
            for each in made
            for at, size in enumerate(SIZES)
        )  # fmt: skip
        return made

    @cached_property
    def people(self) -> list[of.Person]:
        """People with a portrait and a role that they held."""
        society = stories.an_organisation()
        made = self.each(lambda at: stories.a_person(f"Dr Kelp {at}", picture=self.pictures[at]))
        for each in made:
            of.Appointment.objects.create(person=each, role="Chair", organisation=society, begins_on=date(2020, 1, 1))
        return made

    @cached_property
    def endorsements(self) -> list[of.Endorsement]:
        """Of people with portraits."""
        return [stories.an_endorsement(person=each) for each in self.people]

    @cached_property
    def accreditations(self) -> list[of.Accreditation]:
        """Each of another body."""
        return self.each(
            lambda at: of.Accreditation.objects.create(
                title=f"Mark {at}", body=stories.an_organisation(f"Body {at} (demo)"), begins_on=date(2020, 1, 1),
                evidence_url="https://example.org/register",
            )
        )  # fmt: skip

    @cached_property
    def programme(self) -> Programme:
        """Of the nurses' fund."""
        return Programme.objects.create(
            name="Nurses", slug="nurses", purpose=funds.purpose("nurses"), fund=funds.nurse_fund()
        )

    @cached_property
    def funded(self) -> list[of.ImpactItem]:
        """Awards that are told, each with a picture and a page."""
        return self.each(
            lambda at: of.ImpactItem.objects.create(
                award=self.award(at), kind="post", title=f"A nurse {at}", text="She picks up.",
                picture=self.pictures[at], page=self.pages[at],
            )
        )  # fmt: skip

    def award(self, at: int) -> Award:
        """One that came with the charity's earlier books."""
        return Award.objects.create(
            reference=f"A-2020-{at:03}", source="Earlier books", programme=self.programme, title=f"A nurse {at}",
            organisation="Eastquay Hospital (demo)", purpose=self.programme.purpose, pence=100,
            decided_on=date(2020, 1, 1), state=AwardState.ACTIVE,
        )  # fmt: skip

    @cached_property
    def terms(self) -> list[of.GlossaryTerm]:
        """Words explained."""
        return self.each(lambda at: of.GlossaryTerm.objects.create(term=f"word {at}", meaning="Plain."))

    @cached_property
    def papers(self) -> list[of.Reference]:
        """What a page rests on."""
        return self.each(lambda at: of.Reference.objects.create(title=f"Paper {at}", publisher="Annals", year=2020))

    def appeal(self, at: int) -> Appeal:
        """One of many appeals to the same fund."""
        its = {"fund": self.programme.fund, "purpose": self.programme.purpose, "secondary_purpose": "Her training."}
        return Appeal.objects.create(name=f"Appeal {at}", slug=f"appeal-{at}", opens_on=date(2020, 1, 1), **its)

    @cached_property
    def appeals(self) -> of.AppealIndexPage:
        """A list of appeals, each with a picture."""
        index = self.under(of.AppealIndexPage, title="Appeals", slug="appeals")
        for at, picture in enumerate(self.pictures):
            facts = {"title": f"Appeal {at}", "slug": f"appeal-{at}", "appeal": self.appeal(at), "picture": picture}
            self.under(of.AppealPage, index, standfirst=".", body=[], **facts)
        return index

    @cached_property
    def appeal_page(self) -> of.AppealPage:
        """Where buttons lead."""
        return of.AppealPage.objects.child_of(self.appeals).first()


def link(shore: Shore, at: int) -> dict[str, Any]:
    """To a page of ours."""
    return {"text": "Read on", "page": shore.pages[at].pk, "address": ""}


def words(shore: Shore) -> str:
    """Text in which every page is linked to."""
    return "".join(f'<p><a linktype="page" id="{page.pk}">There</a></p>' for page in shore.pages)


def sections(shore: Shore) -> list[Any]:
    """Each with a word that is explained, and with its sources."""
    return shore.each(
        lambda at: {
            "heading": f"Part {at}", "sources": [each.pk for each in shore.papers[at:]], "as_of": None, "anchor": "",
            "body": [{"type": "glossary", "value": {"term": shore.terms[at].pk, "medicine": None}}],
        }
    )  # fmt: skip


PLAIN = "<p>Plain.</p>"
BLOCKS: dict[str, Callable[[Shore], list[Any]]] = {
    "text": lambda shore: [words(shore)],
    "notice": lambda shore: shore.each(lambda at: {"title": "Closed", "text": PLAIN}),
    "picture": lambda shore: [
        {"image": {"image": each.pk, "alt_text": "Sea", "decorative": False}, "caption": ""} for each in shore.pictures
    ],
    "video": lambda shore: [
        {
            "title": "A morning",
            "address": "https://films.example.org/a",
            "place": "Films (demo)",
            "length": "",
            "has_captions": True,
            "poster": each.pk,
            "transcript": PLAIN,
        }
        for each in shore.pictures
    ],
    "questions": lambda shore: [
        {"heading": "Asked", "questions": shore.each(lambda at: {"question": f"Why {at}?", "answer": PLAIN})}
    ],
    "feature": lambda shore: shore.each(lambda at: {"heading": "Why", "text": PLAIN, "action": link(shore, at)}),
    "publication": lambda shore: shore.each(
        lambda at: {"title": "Paper", "summary": ".", "authors": "", "published": None, "link": link(shore, at)}
    ),
    "quote": lambda shore: [
        {"quote": "Quiet.", "manner": "direct", "person": each.pk, "speaker": "", "role_then": "", "said_on": None}
        for each in shore.people
    ],
    "figures": lambda shore: [{"heading": "So far", "note": ""}],
    "impact": lambda shore: [
        {
            "heading": "",
            "figures": shore.each(
                lambda at: {
                    "type": "ledger",
                    "value": {"fund": "all", "position": "raised", "words": "", "round_to": ""},
                }
            ),
        }
    ],
    "funded": lambda shore: [{"heading": "Funded", "items": [each.pk for each in shore.funded]}],
    "accreditations": lambda shore: [
        {"heading": "Proof", "accreditations": [each.pk for each in shore.accreditations]}
    ],
    "endorsements": lambda shore: [
        {"heading": "Said", "layout": "rail", "endorsements": [each.pk for each in shore.endorsements]}
    ],
    "people": lambda shore: [
        {"heading": "Us", "people": [{"person": each.pk, "role": "", "affiliation": ""} for each in shore.people]}
    ],
    "milestones": lambda shore: [
        {"heading": "When", "milestones": shore.each(lambda at: {"when": "Now", "title": "This", "status": "now"})}
    ],
    "action": lambda shore: shore.each(
        lambda at: {"heading": "Do", "text": "", "link": link(shore, at), "is_gift": False}
    ),
    "cards": lambda shore: [
        {
            "heading": "On",
            "cards": shore.each(
                lambda at: {"page": shore.pages[at].pk, "picture": shore.pictures[at].pk, "title": "", "text": ""}
            ),
        }
    ],
    "section": sections,
    "care": lambda shore: shore.each(lambda at: {"urgency": "urgent", "heading": "Ring", "text": PLAIN}),
    "do_dont": lambda shore: [{"do": ["Rest"] * shore.many, "dont": ["Wait"] * shore.many}],
    "details": lambda shore: shore.each(lambda at: {"summary": "How", "text": PLAIN}),
    "glossary": lambda shore: [{"term": each.pk, "medicine": None} for each in shore.terms],
    "references": lambda shore: [{"heading": "Sources", "references": [each.pk for each in shore.papers]}],
}
