"""The stories of the demo's five appeals. Their facts are in appeals.py; no figure is repeated here."""

from typing import Any

from almoner.accounts.models import User
from almoner.demo.building import add, paragraphs, questions
from content.models import AppealIndexPage, AppealPage, CharityImage, Endorsement, HomePage
from donations.models import Appeal

NURSE = "<h2>Somebody who picks up the telephone</h2>" + paragraphs(
    "People with a rare cancer see a great many doctors. They see a surgeon in one town, a scanner in another and a "
    "hormone clinic in a third. Each is good. None of them sees the whole week.",
    "Our nurse does. She knows which letter has not been answered and which medicine must not run out on a Friday. "
    "She explains the scan on the day of the scan. When somebody has a question at breakfast, it is answered by lunch.",
    "The hospital could not pay for the post. People like you did, and have kept it going ever since.",
)

NURSE_NOW = "<h2>What we need now</h2>" + paragraphs(
    "The post is paid for by an award that will come to its end. More patients are referred every year, and one nurse "
    "cannot be in three hospitals. We want to keep the post, and to add a second nurse when the fund can bear it.",
)

NURSE_QUESTIONS = [
    (
        "Why is this not paid for by the health service?",
        "The care itself is. A specialist nurse for a rare illness often is not, because there are never quite enough "
        "patients in one hospital to fill a post. Three hospitals together have more than enough.",
    ),
    (
        "Will all of my gift reach the nurse fund?",
        "Yes. Card fees come out of our general fund.",
    ),
    (
        "Can I see what happens to it?",
        "You can. The page “Where your money goes” shows what this fund has raised, promised and paid, to the penny.",
    ),
]

TREATMENTS = "<h2>The long road to a short treatment</h2>" + paragraphs(
    "Some treatments for neuroendocrine tumours are given in only a few places. A person may travel half a day each "
    "way, and do it again eight weeks later, feeling worse on the way home.",
    "A hospital that wants to offer such a treatment needs rooms, training and safety checks before the first patient "
    "comes. That first step is what this appeal pays for. Once a clinic runs, the health service carries it on.",
)

RESEARCH = "<h2>Some tumours sleep. Nobody knows why</h2>" + paragraphs(
    "Two people can have tumours that look alike under the microscope. One grows in a year. The other lies still for "
    "ten. If we knew what keeps a tumour asleep, we could leave it alone with a quiet mind, and act early on the one "
    "that is about to wake.",
    "This appeal pays for slow and steady work: samples given by patients, kept cold for years, and looked at again "
    "whenever somebody has a better question.",
)

GENERAL = "<h2>For whatever comes up</h2>" + paragraphs(
    "Not every need has a name in advance. A support group loses its room. A family cannot pay for the train. A good "
    "piece of research is a little short.",
    "Gifts without a label let our trustees act at once, for people with pancreatic, liver and neuroendocrine cancers. "
    "They also pay for postage, insurance and card fees, so that other gifts do not have to.",
)

SCANNER = "<h2>Thank you</h2>" + paragraphs(
    "Surgeons at Kingfisher Infirmary (demo) asked for an ultrasound scanner small enough to use during an operation. "
    "It shows what the eye cannot: where a tumour ends and a vessel begins. They hoped to see more and cut less.",
    "It took eight years of cake stalls, sea swims and quiet cheques. The scanner has been at work in the theatre "
    "since 2022. The maker’s price was lower than its first offer, and the hospital returned the difference to the "
    "fund.",
)


def load(
    home: HomePage, *, by: User, pictures: dict[str, CharityImage], voices: list[Endorsement]
) -> dict[str, AppealPage]:
    """The page of appeals and the five under it, by their addresses."""
    index = add(
        home,
        AppealIndexPage(
            title="Appeals",
            slug="appeals",
            search_description="What we are raising money for, and how far we have come.",
            show_in_menus=True,
            standfirst="Each appeal says what its money is for. It can be used for nothing else.",
        ),
        by=by,
    )
    named = {voice.speaker: voice for voice in voices}
    told: list[tuple[str, str, str, str, list[tuple[str, Any]]]] = [
        (
            "nurse",
            "One nurse knows every patient, every clinic and every telephone number. Your gift keeps her at work.",
            "Lighthouse at dusk",
            "A lighthouse on a cliff at dusk. Its beam reaches a small boat.",
            [
                ("text", NURSE),
                (
                    "endorsements",
                    {
                        "heading": "What a nurse means",
                        "endorsements": [named["Juniper A."], named["Sorrel Driftwood"]],
                        "layout": "list",
                    },
                ),
                ("text", NURSE_NOW),
                questions("Questions that people ask", *NURSE_QUESTIONS),
            ],
        ),
        (
            "closer-to-home",
            "Nobody should have to cross the country for a treatment that could be given nearby.",
            "Houses by the harbour",
            "Houses along a harbour wall, with three boats before them.",
            [("text", TREATMENTS)],
        ),
        (
            "better-questions",
            "Research into cancers of the pancreas is slow and careful. It begins with samples, and with time.",
            "Spiral shell",
            "A spiral shell, chamber after chamber.",
            [("text", RESEARCH)],
        ),
        (
            "where-it-is-needed",
            "Some needs have no appeal of their own. A gift without a label lets us answer them at once.",
            "Pebbles at the tide",
            "Pebbles on a beach, no two alike.",
            [("text", GENERAL)],
        ),
        (
            "scanner",
            "You gave an operating theatre a scanner of its own. The appeal has closed, above its target.",
            "Ripples on deep water",
            "Rings that spread over deep water from one point of light.",
            [("text", SCANNER)],
        ),
    ]
    return {each[0]: tell(index, *each, by=by, pictures=pictures) for each in told}


def tell(
    index: AppealIndexPage,
    slug: str,
    standfirst: str,
    picture: str,
    alt: str,
    body: list[tuple[str, Any]],
    *,
    by: User,
    pictures: dict[str, CharityImage],
) -> AppealPage:
    """One appeal's page."""
    appeal = Appeal.objects.get(slug=slug)
    page = AppealPage(
        title=appeal.name, slug=slug, search_description=standfirst, appeal=appeal, standfirst=standfirst,
        picture=pictures[picture], picture_alt=alt, share_picture=pictures[picture], body=body,
    )  # fmt: skip
    return add(index, page, by=by)
