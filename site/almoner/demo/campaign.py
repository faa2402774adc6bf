"""The demo's campaign page: questions, a feature, a publication, voices, people, milestones, cards."""

from datetime import date
from typing import Any

from wagtail.models import Page

from almoner.accounts.models import User
from almoner.demo.building import SAMPLE, add, card, paragraphs, questions, to
from content.models import Accreditation, AppealPage, CampaignPage, CharityImage, Endorsement, HomePage, Person

QUESTIONS = [
    (
        "What is a care pathway?",
        "It is an agreed route. It says who should see somebody, when, and what happens next: from the first odd "
        "symptom, through tests and treatment, to living well afterwards.\n\n"
        "It is written down, so that a patient, a family doctor and a surgeon can all hold the same page.",
    ),
    (
        "Why is care so uneven today?",
        "There are three reasons. Many people are diagnosed late, because the first signs look like something "
        "ordinary. Few doctors have met the illness, so few think of it. And only a small number of hospitals have a "
        "team that knows it well.\n\n"
        "Put together, they mean that where somebody lives decides too much.",
    ),
    (
        "What would the pathway change?",
        "Every new patient would have a named nurse within a week. Every case would go before a team of experts before "
        "treatment is chosen, and again when something changes. Every patient would get a letter in plain words after "
        "each meeting.\n\n"
        "None of this is new. In some places it happens already. We want it everywhere.",
    ),
    (
        "What part do patient groups play?",
        "They began it. The first draft was written round a kitchen table by people who had been through the wrong "
        "clinics in the wrong order.\n\n"
        "They still hold the pen: no line goes in that a patient has not read.",
    ),
    (
        "Can one pathway fit four nations?",
        "Yes, if it says what must happen and leaves each nation to say how. Health services are run in four ways, and "
        "an island is not a city.\n\n"
        "So the pathway has one spine and local pages. The spine fits on two sides of paper.",
    ),
    (
        "What do you ask of decision-makers?",
        "Adopt the spine. Name one person in each region who answers for it. Count how long people wait for a "
        "diagnosis, and publish the count every year.",
    ),
    (
        "What are your three priorities?",
        "<b>Spread</b> what works already to hospitals that ask for it. <b>Adapt</b> it with the people who will use "
        "it. <b>Pilot</b> it in two more regions, measure honestly, and say what went wrong as well as what went "
        "right.",
    ),
    (
        "How can I help?",
        "Share this page with somebody who plans health services. Write to those who represent you and ask what the "
        "wait is where you live. Or give to the nurse appeal: a nurse is the part of the pathway that patients miss "
        "most.",
    ),
    (
        "What comes next?",
        "The first pilot has reported, and two more have begun. When they have run for a year we will publish all the "
        "results together, and take them to the four governments.",
    ),
]

ADVISERS = [  # name, and role and place as they are worded here
    ("Imogen Foghorne", "Adviser from industry", ""),
    ("Lowenna Quayle-Stern", "Adviser from industry", ""),
    ("Ottilie Lanternby", "Adviser for patient organisations", ""),
    ("Hester Fairlead", "", ""),
    ("Sister Bryony Saltings", "Lead nurse for the pathway", ""),
    ("Calder Windrow", "", ""),
    ("Mr Jasper Spindrift", "Surgeon and chair of the advisers", "Kingfisher Infirmary (demo)"),
    ("Dr Tamsin Eelgrass", "", ""),
    ("Dr Ruan Shoalhaven", "", ""),
    ("Professor Isolde Merrow", "", ""),
    ("Perran T.", "Lives with a neuroendocrine tumour", ""),
]
THANKED = [
    ("Professor Marina Tidewell", "", ""),
    ("Wren Shingleby", "", ""),
    ("Dr Fitch Limpetson", "", ""),
    ("Mr Barnaby Mooring", "Founder, now retired", ""),
    ("Dr Odette Sandling", "", ""),
    ("Dr Gethin Harbourby", "", ""),
    ("Dr Nerys Saltmeadow", "", ""),
    ("Dr Edmund Curlewis-Sands", "", ""),
    ("Dr Morwenna Tidepool", "", ""),
    ("Staff Nurse Dulcie Moorhenley", "", ""),
    ("Avery K.", "Told us where the first draft hurt", ""),
]

MILESTONES = [
    {
        "when": "June 2025",
        "title": "The pathway is written",
        "place": "Solent NET Network (demo)",
        "text": "Twelve patients and nineteen clinicians agree on two sides of paper.",
        "status": "done",
    },
    {
        "when": "March 2026",
        "title": "The first pilot reports",
        "place": "The Solent shore",
        "text": "Every new patient had a named nurse within nine days. The aim was seven.",
        "status": "done",
    },
    {
        "when": "This year",
        "title": "Two more regions begin",
        "place": "The Northern Skerries and the Western Vales",
        "text": "One has islands and one has mountains. Both have long roads to hospital.",
        "status": "now",
    },
    {
        "when": "Next year",
        "title": "Results for the four nations",
        "place": "Everywhere",
        "text": "All figures are published together, with what did not work.",
        "status": "planned",
    },
]


def load(
    home: HomePage,
    *,
    by: User,
    pictures: dict[str, CharityImage],
    appeal_page: AppealPage,
    voices: list[Endorsement],
    information: dict[str, Page],
    proof: list[Accreditation],
) -> CampaignPage:
    """The campaign page, complete."""
    return add(
        home,
        CampaignPage(
            title="One fair path",
            slug="campaign",
            seo_title="One path: our campaign for fair care",
            search_description="A campaign for one agreed path of care for neuroendocrine tumours in all four nations.",
            show_in_menus=True,
            is_unlisted=True,
            aim=(
                "Wherever you live, people who know your illness should care for you. "
                "We ask all four nations to agree on one path for neuroendocrine tumours, and to keep to it."
            ),
            picture=pictures["Path through the dunes"],
            appeal_page=appeal_page,
            body=body(voices, information, appeal_page, proof),
        ),
        by=by,
    )


def body(
    voices: list[Endorsement], information: dict[str, Page], appeal_page: AppealPage, proof: list[Accreditation]
) -> list[tuple[str, Any]]:
    """Its blocks, in order."""
    return [
        SAMPLE,
        (
            "text",
            "<h2>Why this matters</h2>"
            + paragraphs(
                "A neuroendocrine tumour, a NET for short, grows from cells that make hormones. It can be quiet for "
                "years. Many people are told that they have something harmless, again and again.",
                "Once it has a name, most people can be helped, and many live with it for a long time. What they need "
                "is a team that has seen it before. Some have one down the road. Others never hear that such teams "
                "exist.",
            ),
        ),
        (
            "quote",
            {
                "quote": "In its first year the meeting had four members and one lamp, and the founder says that the "
                "lamp was the more reliable.",
                "manner": "reported",
                "person": Person.objects.get(name="Mr Barnaby Mooring"),
                "speaker": "",
                "role_then": "",
                "said_on": date(2019, 5, 14),
            },
        ),
        questions("Nine questions about the pathway", *QUESTIONS),
        (
            "feature",
            {
                "heading": "Two sides of paper",
                "text": paragraphs(
                    "The whole pathway fits on one sheet. On the front is what must happen, and by when. On the back "
                    "is who to ring. A patient can put it on the fridge, and a doctor can pin it to the wall.",
                    "Would you like it for your surgery, ward or support group? We will send as many as you need.",
                ),
                "action": to(words="Ask for copies", address="mailto:campaign@example.org"),
            },
        ),
        (
            "endorsements",
            {"heading": "Who stands behind it", "endorsements": voices, "layout": "rail"},
        ),
        ("accreditations", {"heading": "Who has looked at the network", "accreditations": proof}),
        (
            "publication",
            {
                "title": "From first doubt to first letter: a year of one agreed pathway in three hospitals",
                "summary": (
                    "Three hospitals followed the pathway for a year. More people met a specialist nurse in their "
                    "first fortnight, and fewer had the same test twice. Waits for a scan did not get shorter: there "
                    "were not enough machines. The authors say what they would do differently."
                ),
                "authors": "M. Tidewell, J. Spindrift, B. Saltings and a patient author",
                "journal": "Annals of Harbour Medicine (demo)",
                "published": date(2026, 3, 16),
                "link": to(words="Ask us for a copy", address="mailto:campaign@example.org"),
            },
        ),
        ("milestones", {"heading": "How far we have come", "milestones": MILESTONES}),
        ("people", people("Our advisers", ADVISERS)),
        ("people", people("With thanks to", THANKED)),
        (
            "action",
            {
                "heading": "Help to pay for a nurse",
                "text": "A nurse who knows the illness is the first step on the path. Gifts keep one at work.",
                "link": to(words="Give to the nurse appeal", address=appeal_page.give_url),
                "is_gift": True,
            },
        ),
        (
            "cards",
            {"heading": "Read on", "cards": [card(page, page.search_description) for page in information.values()]},
        ),
    ]


def people(heading: str, listed: list[tuple[str, str, str]]) -> dict[str, Any]:
    """A list of people in this order."""
    known = {person.name: person for person in Person.objects.all()}
    return {
        "heading": heading,
        "people": [
            {"person": known[name], "role": role, "affiliation": affiliation} for name, role, affiliation in listed
        ],
    }
