"""The demo's news, people, forms and programmes, and what its readers looked for. Every word is invented."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import Page

from almoner.accounts.models import User
from almoner.demo import campaign, papers, support
from almoner.demo.building import add, paragraphs, to
from almoner.demo.information import TRUSTEES
from content.models import (
    AppealPage,
    CharityImage,
    FormField,
    FormPage,
    HomePage,
    NewsIndexPage,
    NewsPage,
    PeoplePage,
    ProgrammeIndexPage,
    ProgrammePage,
    SearchTerm,
    Topic,
)
from grants.models import Programme, Round

TOPICS = {"nursing": "Nursing", "equipment": "Equipment", "research": "Research", "the-network": "The network"}
STAFF = [
    ("Hester Fairlead", "Answers what people ask us, and keeps our pages right", "Lent by The Listening Boat (demo)"),
    ("Sister Bryony Saltings", "Looks after our helpline", "Kingfisher Infirmary (demo)"),
]
TRANSCRIPT = paragraphs(
    "[A telephone rings twice. Seagulls outside.]",
    "Bryony: Good morning, this is the nurse. No, you are not disturbing me. This is what I am here for.",
    "[She writes a name on a card and pins it to a board with many cards.]",
    "Bryony: Every card is somebody who knows that I know them. When a scan is moved, they ring me.",
    "[A corridor. A man with a walking stick waves; she waves back.]",
    "Bryony: Most of it is small. But small things at the wrong hour are large.",
)


def load(home: HomePage, *, by: User, pictures: dict[str, CharityImage], appeals: dict[str, AppealPage]) -> None:
    """All of it, and a promoted page for two searches."""
    news = load_news(home, by=by, pictures=pictures, appeals=appeals)
    publications = papers.load(home, by=by)
    directory = support.load(home, by=by)
    load_people(home, by=by)
    contact = load_forms(home, by=by)
    load_programmes(home, contact, by=by)
    add(home, NewsIndexPage(title="Events", slug="events", standfirst="Walks, talks and open days."), by=by)
    promote({"help": directory, "nurse": appeals["nurse"], "report": publications, "news": news})
    look_for_things()


# ---- news


def load_news(
    home: HomePage, *, by: User, pictures: dict[str, CharityImage], appeals: dict[str, AppealPage]
) -> NewsIndexPage:
    """Four pieces: a post, a machine, a handing-over, a first answer."""
    topics = {slug: Topic.objects.create(slug=slug, name=name) for slug, name in TOPICS.items()}
    index = NewsIndexPage(
        title="News", slug="news", show_in_menus=True, standfirst="What has happened, and what we learned from it.",
        search_description="News from Harbour NET Fund: nurses, equipment, research and the network.",
    )  # fmt: skip
    index = add(home, index, by=by)
    for page, about in (
        (the_telephone(pictures, appeals), ["nursing"]),
        (the_scanner(pictures, appeals), ["equipment"]),
        (twenty_years(pictures), ["the-network"]),
        (sleeping_cells(pictures, appeals), ["research"]),
    ):
        page.topics = [topics[slug] for slug in about]
        add(index, page, by=by)
    return index


def the_telephone(pictures: dict[str, CharityImage], appeals: dict[str, AppealPage]) -> NewsPage:
    """A post, with a film."""
    film = {
        "title": "A morning with the nurse",
        "address": "https://films.example.org/a-morning-with-the-nurse",
        "place": "Harbour Films (demo)",
        "length": "4 minutes",
        "has_captions": True,
        "poster": pictures["Path through the dunes"],
        "transcript": TRANSCRIPT,
    }
    return NewsPage(
        title="One nurse, three hospitals, one telephone",
        slug="one-telephone",
        standfirst="Since January one number reaches somebody who knows every team. It rings about thirty times a day.",
        published_on=date(2026, 2, 12),
        byline="Hester Fairlead",
        picture=pictures["Houses by the harbour"],
        picture_alt="A row of coloured houses above a quiet harbour.",
        appeal_page=appeals["nurse"],
        body=[
            (
                "text",
                paragraphs(
                    "Until this winter each hospital had its own number, and nobody could say which one to ring. Now "
                    "there is one card with one number on it, and the person who picks up has read your letters.",
                    "Most calls are short: a date that was moved, a prescription that went to the wrong chemist, a "
                    "question that kept somebody awake. One in ten changes what happens next.",
                )
                + "<h2>What callers ask</h2>"
                "<ul><li>When will I hear about my scan?</li><li>May I travel in June?</li>"
                "<li>Who tells my own doctor?</li></ul>",
            ),
            ("video", film),
        ],
    )


def the_scanner(pictures: dict[str, CharityImage], appeals: dict[str, AppealPage]) -> NewsPage:
    """A machine at work."""
    shown = {"image": pictures["Spiral shell"], "alt_text": "A shell, cut through: one room inside another."}
    return NewsPage(
        title="What fingers cannot find, the new scanner can",
        slug="what-the-scanner-finds",
        standfirst="In its first hundred operations it changed the surgeon's plan nineteen times.",
        published_on=date(2025, 11, 6),
        picture=pictures["Ripples on deep water"],
        picture_alt="",
        appeal_page=appeals["scanner"],
        body=[
            (
                "text",
                paragraphs(
                    "The scanner that you gave stands in theatre four. It is as large as a suitcase, and it is laid "
                    "on the liver itself, where it sees spots as small as a lentil.",
                    "In nineteen operations out of a hundred it showed something that no picture taken before had "
                    "shown. Eleven people were spared a second operation.",
                ),
            ),
            (
                "picture",
                {"image": shown, "caption": "Round shapes, drawn by sound: an artist's idea."},
            ),
        ],
    )


def twenty_years(pictures: dict[str, CharityImage]) -> NewsPage:
    """A quote that is reported, of somebody whose role has changed since."""
    return NewsPage(
        title="Every Tuesday, for twenty years",
        slug="every-tuesday",
        standfirst="The weekly meeting that began with four people and a light box has a new chair.",
        published_on=date(2025, 6, 3),
        byline="The Eastquay desk",
        source="The Eastquay Lantern (demo)",
        source_url="https://lantern.example.org/every-tuesday",
        picture=pictures["Lighthouse at dusk"],
        picture_alt="A lighthouse sends its beam over a darkening sea.",
        body=[
            (
                "text",
                paragraphs(
                    "When the four of them first met, in 2005, they held films against a lamp. Today eight professions "
                    "sit round the table, and two more hospitals listen in.",
                    "Mr Barnaby Mooring, who led the network when we spoke to him, said that the hardest thing had "
                    "been to get everybody into one room, and that the second hardest was to get them out again.",
                    "He handed the chair over that summer. Mr Jasper Spindrift has led the network since, and still "
                    "keeps the lamp on his shelf.",
                ),
            )
        ],
    )


def sleeping_cells(pictures: dict[str, CharityImage], appeals: dict[str, AppealPage]) -> NewsPage:
    """A first answer."""
    return NewsPage(
        title="Why do some tumours sleep? A first answer",
        slug="sleeping-tumours",
        standfirst="Two years into our research programme, one protein looks like a night watchman.",
        published_on=date(2025, 3, 20),
        byline="Wren Shingleby",
        picture=pictures["Pebbles at the tide"],
        picture_alt="Pebbles of many colours where the tide has just turned.",
        appeal_page=appeals["better-questions"],
        is_unlisted=True,
        body=[
            (
                "notice",
                {
                    "title": "This is sample text, not medical advice",
                    "text": "<p>It was written for a demonstration. No study like this exists.</p>",
                },
            ),
            (
                "text",
                paragraphs(
                    "In some people a tumour of the pancreas lies still for years. The team compared sleeping tumours "
                    "with waking ones, and found one protein in nearly all of the first and in few of the others.",
                    "It is a beginning, not a treatment. The next two years will show whether the watchman keeps the "
                    "tumour asleep, or only happens to be there.",
                ),
            ),
        ],
    )


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
