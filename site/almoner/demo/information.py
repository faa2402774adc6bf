"""The demo's pages of information and its policies. Sample text: short, plain, and marked as such."""

from datetime import date
from typing import Any

from wagtail.models import Page

from almoner.accounts.models import User
from almoner.demo import campaign, health
from almoner.demo.building import add, card, fill, paragraphs, questions
from content.models import CharityImage, CharitySettings, HomePage, InfoHubPage, InfoPage, PolicyPage

# Address, title, one line for cards and search engines, standfirst, text.
PAGES = [
    (
        *("just-diagnosed", "Just diagnosed", "What to ask first, and whom to ring."),
        "You have been told a name that you may never have heard. Take your time. Nothing here has to be read today.",
        "<h2>The first week</h2>"
        + paragraphs(
            "Ask who your nurse is, and write the number where you will find it. If nobody has been named, ask again.",
            "Take somebody with you. Two people hear more than one. You may ask for a letter in plain words, and you "
            "may ask for it to be read to you.",
        )
        + "<h2>Questions worth asking</h2>"
        "<ul><li>Where did it start, and do you know how fast it grows?</li>"
        "<li>Has a team that sees this often looked at my scans?</li>"
        "<li>What happens if we wait?</li><li>Whom do I ring at night?</li></ul>",
    ),
    (
        *("where-it-started", "Where it started", "Gut, pancreas, lung: why the place matters."),
        "These tumours are named after the place where they began, even if they are found somewhere else.",
        paragraphs(
            "Cells that make hormones live in many parts of the body. A tumour of such cells in the gut is a different "
            "illness from one in the pancreas or the lung: it may make other hormones and need other treatment.",
            "Sometimes the first place is never found. That is common, and it does not stop treatment.",
        ),
    ),
    (
        *("what-nets-are", "What NETs are", "A short explanation, without the jargon."),
        "NET stands for neuroendocrine tumour. It grows from cells that pass messages round the body.",
        paragraphs(
            "Some NETs make too much of a hormone. That can cause flushes, loose bowels, low sugar or a racing heart. "
            "Others make none, and are found by chance.",
            "Some grow so slowly that they are only watched. Some grow fast. Doctors look at a sample and give it a "
            "grade, which says how quickly its cells divide.",
        ),
    ),
    (
        *("day-to-day-life", "Day-to-day life", "Food, work, travel, and telling people."),
        "Most of life goes on. Some of it needs a little planning.",
        paragraphs(
            "Keep a short diary of what you eat and how you feel. After a few weeks patterns show, and your team can "
            "use them.",
            "At work you choose whom to tell. Many people find that one colleague who knows is enough. For journeys, "
            "carry a letter that names your illness, your medicines and your hospital.",
        ),
    ),
    (
        *("help-from-us", "Help from us", "Our helpline, our groups and our small grants."),
        "You do not have to be a patient. Families and friends are welcome to ring as well.",
        paragraphs(
            "Our helpline is open on weekdays from ten to four. A nurse answers or rings back. Our groups meet in "
            "three towns and once a month by video.",
            "We can make small grants to people who lose income during treatment. Ask the nurse, or write to us.",
        ),
    ),
    (
        *("research-and-campaigning", "Research and campaigning", "What we pay for, and what we ask of others."),
        "Better care comes from better questions, and from saying plainly what is missing.",
        paragraphs(
            "We pay for research into cancers of the pancreas, and for a bank of samples that other researchers may "
            "use.",
            "We campaign for one agreed path of care. Patients decide what we ask for; clinicians check that it is "
            "safe.",
        ),
    ),
    (
        *("near-the-end-of-life", "Near the end of life", "Comfort, company and what can still be chosen."),
        "You can read this alone or with somebody, now or later. Much can be done, and nobody has to do it by "
        "themselves.",
        "<h2>Comfort comes first</h2>"
        + paragraphs(
            "Pain, sickness and breathlessness can nearly always be eased. A palliative care team knows how, and can "
            "come to your home. They may be asked in early; it does not mean that anybody has given up.",
        )
        + "<h2>What can be chosen</h2>"
        + paragraphs(
            "Where you would like to be. Who should be there. What you would rather not have done. It helps to say so "
            "while it is easy to say, and to write it down. You may change your mind.",
        )
        + "<h2>For those who are close</h2>"
        + paragraphs(
            "Sitting quietly is a great deal. Eat, sleep, and let somebody else answer the telephone. You may ring the "
            "helpline about yourself.",
        ),
    ),
]

EDITORIAL = (
    "<h2>Who writes</h2>"
    + paragraphs(
        "Our staff write these pages. Pages about health are meant to be read by a clinician and by somebody who lives "
        "with the illness before they are published. <strong>In this demonstration that has not happened: all health "
        "text is sample text.</strong>"
    )
    + "<h2>What we promise</h2>"
    "<ul><li>Plain words first, the medical word beside them.</li>"
    "<li>No figure without its source and its date. Figures about money come straight from our books.</li>"
    "<li>Nobody is quoted without permission on file, and every permission can be taken back.</li>"
    "<li>Companies that make medicines never pay for, write or change a page. If somebody from a company speaks here, "
    "we say so as clearly as we say their name.</li></ul>"
    "<h2>If something is wrong</h2>"
    + paragraphs(
        'Write to <a href="mailto:editor@example.org">editor@example.org</a>. We answer within five working days.'
    )
)

PROMISE = (
    "<h2>What happens to your gift</h2>"
    + paragraphs(
        "If you give to an appeal, your money goes into that appeal’s own fund and can only be used for what the "
        "appeal says. Card fees are paid from our general fund, so all of your gift arrives.",
        "Every page of ours reads its figures from the same books that our trustees see. If we have made a mistake "
        "with your gift, tell us, and we will put it right or give it back.",
    )
    + "<h2>How we ask</h2>"
    "<ul><li>We never ring to ask for money.</li><li>We never sell or swap your details.</li>"
    "<li>We never ask on pages about the end of life.</li>"
    "<li>We say what an amount pays for only when our finance team has checked it.</li></ul>"
    "<h2>If you are unhappy</h2>"
    + paragraphs(
        'Write to <a href="mailto:care@example.org">care@example.org</a> or ring 01632 960042. If our answer does not '
        "help, "
        "we will tell you who can look at it next."
    )
)

PRIVACY = (
    "<h2>What we keep</h2>"
    + paragraphs(
        "When you give, we keep your name, your address for letters, what you gave and when. The card payment itself "
        "is handled by a payment company; we never see your card number.",
        "We do not ask why you give, and we keep nothing about your health unless you choose to tell your story.",
    )
    + "<h2>What we do not do</h2>"
    + paragraphs("These pages set no cookie to follow you, and load nothing from other companies.")
    + "<h2>Your rights</h2>"
    + paragraphs(
        "You may ask what we know about you, have it put right, or have it removed. Some records of gifts must stay "
        "in our "
        'books by law; your name need not. Write to <a href="mailto:privacy@example.org">privacy@example.org</a>.'
    )
)

POLICIES = [
    ("editorial-policy", "Editorial policy", EDITORIAL),
    ("our-promise-to-donors", "Our promise to donors", PROMISE),
    ("privacy", "Privacy", PRIVACY),
]

TRUSTEES = ["Coral Reefton", "Gale Foreland", "Misty Haarlow", "Cliff Saltmarsh-Pym", "Dory Lanternfish"]


def load_information(home: HomePage, *, by: User, pictures: dict[str, CharityImage]) -> dict[str, Page]:
    """The page “Health information”, and the seven under it that others lead to, by their addresses."""
    health.load_words()
    top = add(
        home,
        InfoHubPage(
            title="Health information",
            slug="information",
            search_description="Short pages about neuroendocrine tumours: sample text for a demonstration.",
            show_in_menus=True,
            is_sample=True,
            standfirst="Short pages for people with a neuroendocrine tumour, and for those who love them.",
        ),
        by=by,
    )
    pages: dict[str, Page] = {}
    for slug, title, line, standfirst, text in PAGES:
        page = InfoPage(
            title=title, slug=slug, search_description=line, standfirst=standfirst, body=[("text", text)],
        )  # fmt: skip
        pages[slug] = add(top, health.place(page), by=by)
    cards = [
        card(page, page.search_description, picture=picture)
        for page, picture in zip(pages.values(), pictures.values(), strict=True)
    ]
    fill(top, [("cards", {"heading": "Where would you like to begin?", "cards": cards})], by=by)
    health.load(top, pages, by=by)
    return pages


def load_about(home: HomePage, *, by: User) -> Page:
    """Who we are, and who decides."""
    return add(
        home,
        InfoPage(
            title="About us",
            slug="about",
            search_description="A small fund inside a hospital charity, run by five trustees.",
            show_in_menus=True,
            standfirst=(
                "A small fund inside a hospital charity. We help people with pancreatic, liver and neuroendocrine "
                "cancers, near their homes."
            ),
            body=about(),
        ),
        by=by,
    )


def about() -> list[tuple[str, Any]]:
    """Its blocks."""
    return [
        (
            "text",
            "<h2>How it began</h2>"
            + paragraphs(
                "In 2005 a surgeon, Mr Barnaby Mooring, asked colleagues from three hospitals to look at scans "
                "together once a week. They still do. The Solent NET Network (demo) meets at Kingfisher Infirmary "
                "(demo), and its patients are treated there, at Eastquay Hospital (demo) and at Saltmarsh Cancer "
                "Centre (demo). Mr Jasper Spindrift leads it today.",
                "The fund followed in 2010, because patients asked what they could do.",
            )
            + "<h2>How we decide</h2>"
            + paragraphs(
                "Five trustees decide what to pay for. Each says first whether they have an interest in the matter; "
                "who has one leaves the room. The money is set aside at the moment of the decision, so that no pound "
                "is promised twice.",
                "Three people put their names to every payment, and no two of them may be the same.",
            ),
        ),
        ("people", campaign.people("Our trustees", [(name, "", "") for name in TRUSTEES])),
        questions(
            "Good to know",
            (
                "Are you a charity of your own?",
                "We are a fund of Solent Hospitals Charity (demo), which keeps our accounts and answers to the "
                "regulator.",
            ),
            (
                "Do trustees get paid?",
                "No. They give their time, and pay their own fares.",
            ),
            (
                "Who checks your books?",
                "An independent examiner looks at them every year. Our system also adds up every entry each night and "
                "compares the result with every total.",
            ),
        ),
    ]


def load_policies(home: HomePage, *, by: User) -> None:
    """What stands at the foot of every page; the forms link to what is said of privacy."""
    for slug, title, text in POLICIES:
        page = PolicyPage(title=title, slug=slug, body=[("text", text)], reviewed_on=date(2026, 3, 2))
        add(home, page, by=by)
        if text == PRIVACY:
            CharitySettings.objects.update(privacy_page=page)
