"""The demo's site: who the charity is, the home page, where the money goes, and everything under them."""

from typing import Any

from wagtail.models import Page, Site

from almoner.accounts.models import User
from almoner.demo import campaign, centres, information, people, pictures, reading, stories, trust, voices
from almoner.demo.building import add, card, fill, link, paragraphs, to
from content.models import (
    AppealPage,
    CharityImage,
    CharitySettings,
    Endorsement,
    HomePage,
    ImpactPage,
    StoryPage,
)

FEW = ("Ottilie Lanternby", "Juniper A.", "Dr Fitch Limpetson", "Coral Anchorley")  # heard on the home page


def load(*, by: User) -> None:
    """Every page, unless the site has its home page already."""
    if HomePage.objects.exists():
        return
    drawn, said = pictures.load(), voices.load()
    home = load_home(by=by, pictures=drawn)
    appeals = stories.load(home, by=by, pictures=drawn, voices=said)
    proof = trust.load_proof(by=by)
    trust.load_items(pictures=drawn, appeals=appeals)
    own = trust.load_stories(home, by=by, appeals=appeals)
    trust.look_after(by=by)
    impact = load_impact(home, by=by)
    facts = information.load_information(home, by=by, pictures=drawn)
    centres.load(home, by=by)
    asked = campaign.load(
        home, by=by, pictures=drawn, appeal_page=appeals["nurse"], voices=said, information=facts, proof=proof
    )
    trust.load_notice(next(iter(facts.values())).get_parent())
    about = information.load_about(home, by=by)
    information.load_policies(home, by=by)
    reading.load(home, by=by, pictures=drawn, appeals=appeals)
    home.featured = appeals["nurse"]
    fill(home, home_body(said, appeals, impact=impact, campaign=asked, about=about, own=own), by=by)


def load_home(*, by: User, pictures: dict[str, CharityImage]) -> HomePage:
    """The home page in place of Wagtail's welcome, and the charity's names."""
    root = Page.objects.get(depth=1)
    home = HomePage(
        title="Nobody should face a rare cancer alone",
        slug="harbour",
        seo_title="Help for people with rare cancers",
        search_description="We pay for nurses, equipment, treatment and research in three hospitals by the sea.",
        standfirst=(
            "We help people with pancreatic, liver and neuroendocrine cancers. Your gifts pay for a nurse, for better "
            "equipment, for treatment near home and for research."
        ),
        picture=pictures["Harbour at sunrise"],
        picture_alt="A calm bay at sunrise, with three small boats.",
        share_picture=pictures["Harbour at sunrise"],
    )
    home = add(root, home, by=by)
    welcome = Page.objects.filter(depth=2).exclude(pk=home.pk)
    site, _ = Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "port": 80, "root_page": home, "site_name": people.CHARITY},
    )
    for page in welcome:
        page.delete()
    CharitySettings.objects.update_or_create(
        site=site,
        defaults={
            "name": people.CHARITY,
            "registered_name": voices.UMBRELLA,
            "registered_number": "0000000",
            "part_of": voices.UMBRELLA,
            "mission": "A nurse, a scan, a treatment, an answer: near home, for people with rare cancers.",
            "address": "Harbour House\n1 Quay Street\nEastquay\nZZ1 1AA",
            "email": "hello@example.org",
            "telephone": "01632 960040",
            "helpline": "01632 960041",
            "messages_to": "hello@example.org",
        },
    )
    return HomePage.objects.get(pk=home.pk)


def home_body(
    said: list[Endorsement],
    appeals: dict[str, AppealPage],
    *,
    impact: Page,
    campaign: Page,
    about: Page,
    own: list[StoryPage],
) -> list[tuple[str, Any]]:
    """What follows on the home page: figures, what we pay for, voices, how we decide."""
    few = [voice for voice in said if voice.speaker in FEW]

    def told(slug: str, text: str, title: str) -> dict[str, Any]:
        return card(appeals[slug], text, title, appeals[slug].picture)

    return [
        (
            "figures",
            {"heading": "What you have made possible", "note": "Since 2010, from our books as they stand this minute."},
        ),
        (
            "cards",
            {
                "heading": "What your gifts do",
                "cards": [
                    told("nurse", "A specialist nurse for three hospitals.", "A nurse who picks up"),
                    told("scanner", "A scanner in the operating theatre.", "Better equipment"),
                    told("closer-to-home", "New clinics, so that fewer people travel.", "Treatment near home"),
                    told("better-questions", "Why do some tumours sleep, and others not?", "Better questions"),
                ],
            },
        ),
        (
            "feature",
            {
                "heading": "Every pound can be followed",
                "text": paragraphs(
                    "We show what came in, what is promised, what has been paid and what is left, fund by fund. The "
                    "page reads our books, the very ones that the trustees see.",
                    f"Five trustees decide. You can read {link(about, 'who they are and how they do it')}.",
                ),
                "action": to(address=impact.url, words="See where your money goes"),
            },
        ),
        (
            "cards",
            {
                "heading": "Told by the people it is for",
                "cards": [card(page, page.standfirst, page.title, page.picture) for page in own],
            },
        ),
        ("endorsements", {"heading": "In their own words", "endorsements": few, "layout": "rail"}),
        (
            "action",
            {
                "heading": "Care should not depend on your address",
                "text": "We ask all four nations to agree on one path for people with neuroendocrine tumours.",
                "link": to(campaign, "Read about the campaign"),
                "is_gift": False,
            },
        ),
    ]


def load_impact(home: HomePage, *, by: User) -> ImpactPage:
    """Where the money goes: the figures are the ledger's, the words are ours."""
    return add(
        home,
        ImpactPage(
            title="Where your money goes",
            slug="where-your-money-goes",
            search_description="What has been raised, promised and paid, from our books, to the penny.",
            show_in_menus=True,
            standfirst="What came in, what is promised, what has been paid and what is left. Straight from our books.",
            body=[
                ("impact", {"heading": "Since 2010", "figures": trust.figures()}),
                (
                    "text",
                    "<h2>How to read these figures</h2>"
                    + paragraphs(
                        "A gift is counted when the money is here, and counted in the fund to which it was given. "
                        "When our trustees decide to pay for something, the money is set aside that day, so it cannot "
                        "be promised again. It is paid in parts, as the work goes on.",
                        "Gift Aid is counted as raised. What it costs to run the fund is shown on its own line, and "
                        "comes out of the general fund only. If trustees set general money aside for a purpose, you "
                        "see it leave one fund and arrive in the other.",
                        "The figures for the years up to March 2022 come from our old books, one sum for each fund "
                        "and year.",
                    ),
                ),
            ],
        ),
        by=by,
    )
