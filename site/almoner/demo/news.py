"""The demo's news: four pieces, with a film, a reported quote and a source elsewhere. Every word is invented."""

from datetime import date

from almoner.accounts.models import User
from almoner.demo.building import add, paragraphs
from content.models import AppealPage, CharityImage, HomePage, NewsIndexPage, NewsPage, Topic

TOPICS = {"nursing": "Nursing", "equipment": "Equipment", "research": "Research", "the-network": "The network"}
TRANSCRIPT = paragraphs(
    "[A telephone rings twice. Seagulls outside.]",
    "Bryony: Good morning, this is the nurse. No, you are not disturbing me. This is what I am here for.",
    "[She writes a name on a card and pins it to a board with many cards.]",
    "Bryony: Every card is somebody who knows that I know them. When a scan is moved, they ring me.",
    "[A corridor. A man with a walking stick waves; she waves back.]",
    "Bryony: Most of it is small. But small things at the wrong hour are large.",
)


def load(
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
                ),
            ),
            (
                "quote",
                {
                    "quote": "The hardest thing had been to get everybody into one room, and the second hardest was to "
                    "get them out again.",
                    "manner": "reported",
                    "person": None,
                    "speaker": "Mr Barnaby Mooring",
                    "role_then": "then lead of the network",
                    "said_on": None,
                },
            ),
            (
                "text",
                paragraphs(
                    "He handed the chair over that summer. Mr Jasper Spindrift has led the network since, and still "
                    "keeps the lamp on his shelf.",
                ),
            ),
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
