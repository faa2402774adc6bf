"""The demo's people, forms and programmes, and what its readers looked for. Every word is invented."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import Page

from almoner.accounts.models import User
from almoner.demo import campaign, news, papers, support
from almoner.demo.building import add, paragraphs, to
from almoner.demo.information import TRUSTEES
from content.models import (
    AppealPage,
    CharityImage,
    FormField,
    FormPage,
    HomePage,
    NewsIndexPage,
    PeoplePage,
    ProgrammeIndexPage,
    ProgrammePage,
    SearchTerm,
)
from grants.models import Programme, Round

STAFF = [
    ("Hester Fairlead", "Answers what people ask us, and keeps our pages right", "Lent by The Listening Boat (demo)"),
    ("Sister Bryony Saltings", "Looks after our helpline", "Kingfisher Infirmary (demo)"),
]


def load(home: HomePage, *, by: User, pictures: dict[str, CharityImage], appeals: dict[str, AppealPage]) -> None:
    """All of it, and a promoted page for two searches."""
    index = news.load(home, by=by, pictures=pictures, appeals=appeals)
    publications = papers.load(home, by=by)
    directory = support.load(home, by=by)
    load_people(home, by=by)
    contact = load_forms(home, by=by)
    load_programmes(home, contact, by=by)
    add(home, NewsIndexPage(title="Events", slug="events", standfirst="Walks, talks and open days."), by=by)
    promote({"help": directory, "nurse": appeals["nurse"], "report": publications, "news": index})
    look_for_things()


# ---- people and forms


def load_people(home: HomePage, *, by: User) -> None:
    """Trustees and the two who do the daily work."""
    page = PeoplePage(
        title="Our people",
        slug="people",
        search_description="Who decides, and who does the daily work.",
        standfirst="Five people decide, and two do the daily work. None of them is paid by a company.",
        body=[
            ("people", campaign.people("Trustees", [(name, "", "") for name in TRUSTEES])),
            ("people", campaign.people("Who you will meet", STAFF)),
        ],
    )
    add(home, page, by=by)


def load_forms(home: HomePage, *, by: User) -> FormPage:
    """To write to us, and to offer a hand."""
    contact = FormPage(
        title="Write to us",
        slug="contact",
        search_description="Ask us something, or tell us something.",
        standfirst="Ask us something, or tell us what we could do better. A person reads it.",
        thanks="<p>We answer within three working days. If it cannot wait, please ring us.</p>",
    )
    ask(
        contact,
        ("Your name", "singleline", True, "", ""),
        ("Your email address", "email", True, "We answer there, and use it for nothing else.", ""),
        ("What is it about?", "dropdown", True, "", "Your gift\nOur pages\nSpeaking to a group\nSomething else"),
        ("Your message", "multiline", True, "", ""),
    )
    add(home, contact, by=by)
    volunteering = FormPage(
        title="Lend a hand",
        slug="volunteer",
        search_description="Give us an hour, or a day.",
        standfirst="Give us an hour, or a day. We will find something that suits you.",
        thanks="<p>Hester will ring or write within a week.</p>",
        button="Offer to help",
    )
    ask(
        volunteering,
        ("Your name", "singleline", True, "", ""),
        ("Your email address", "email", True, "", ""),
        ("Your telephone number", "singleline", False, "If you would rather be rung.", ""),
        ("What would you like to do?", "checkboxes", True, "", "Bake for an open day\nDrive the stall\nCount coins"),
        ("Anything that we should know?", "multiline", False, "", ""),
    )
    add(home, volunteering, by=by)
    return contact


def ask(page: FormPage, *questions: tuple[str, str, bool, str, str]) -> None:
    """A form's questions: label, kind of answer, whether it must be answered, hint, choices."""
    page.form_fields.add(
        *(
            FormField(sort_order=at, label=label, field_type=kind, required=required, help_text=hint, choices=choices)
            for at, (label, kind, required, hint, choices) in enumerate(questions)
        )
    )


# ---- programmes


def load_programmes(home: HomePage, contact: FormPage, *, by: User) -> None:
    """Two programmes: one takes applications today, one is between its rounds."""
    index = ProgrammeIndexPage(
        title="Grants", slug="grants", search_description="What we give for, and when hospitals may ask.",
        standfirst="We give to hospitals and universities, out of what people gave us for exactly that.",
    )  # fmt: skip
    index = add(home, index, by=by)
    how = paragraphs(
        "Tell us in two pages what is needed, for whom, and what it costs. A named person at your hospital signs it.",
        f'<a linktype="page" id="{contact.pk}">Write to us</a> first: we send you the form, and say whether it fits.',
    )
    who = "<h2>Who may ask</h2><ul><li>The network's three hospitals</li><li>Universities that work with them</li></ul>"
    today = timezone.localdate()
    for slug, standfirst, rounds in (
        (
            *("specialist-nurses", "Posts and training for nurses who look after people with these cancers."),
            [(date(2024, 1, 8), 40, 30), (date(2025, 1, 6), 40, 30), (today - timedelta(days=20), 45, 40)],
        ),
        (
            *("equipment", "Equipment that lets teams see more and cut less."),
            [(date(2022, 1, 10), 40, 30), (today + timedelta(days=50), 40, 30)],
        ),
    ):
        programme = Programme.objects.get(slug=slug)
        for opens, weeks, waits in rounds:
            closes = opens + timedelta(days=weeks)
            Round.objects.create(
                programme=programme, name=f"{opens:%B %Y}", opens_on=opens, closes_on=closes,
                decided_by=closes + timedelta(days=waits),
            )  # fmt: skip
        body: list[tuple[str, Any]] = [("text", who), ("action", question_for_us(contact))]
        page = ProgrammePage(
            title=programme.name, slug=slug, programme=programme, standfirst=standfirst, how_to_apply=how, body=body
        )
        add(index, page, by=by)


def question_for_us(contact: FormPage) -> dict[str, Any]:
    """The one thing to do before applying."""
    return {
        "heading": "Not sure whether it fits?",
        "text": "A short question now saves you a long form later.",
        "link": to(contact, "Ask us"),
        "is_gift": False,
    }


# ---- what is looked for


def promote(pages: dict[str, Page]) -> None:
    """Whoever looks for these words is led to these pages first."""
    for words, page in pages.items():
        SearchPromotion.objects.create(query=Query.get(words), page=page, description=page.specific.says_in_a_line)


def look_for_things() -> None:
    """What readers asked in the last days, some of it in vain."""
    today = timezone.localdate()
    for words, days, times, found in (
        *(("parking at eastquay", 2, 7, 0), ("travel insurance", 1, 5, 0), ("travel insurance", 6, 4, 0)),
        *(("nurse", 1, 12, 6), ("scanner", 3, 4, 3), ("lanreotid", 4, 2, 0), ("help", 0, 9, 8)),
    ):
        SearchTerm.objects.create(words=words, day=today - timedelta(days=days), times=times, found=found)
