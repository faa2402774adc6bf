"""What the style guide shows: invented words and figures."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.utils.safestring import mark_safe

from content.blocks.proof import ImpactCard
from content.figures import Figure
from content.models.endorsement import EndorsementCard
from donations.ledger.balances import Numbers
from donations.ledger.money import Money, pounds

raised, target, little, above = pounds("96,400"), pounds("120,000"), pounds("0.50"), pounds("125,310.75")
nothing = Money(0)

key_figures = [(pounds("493,250"), "raised since 2010"), (pounds("283,250"), "paid to projects"), ("4", "projects")]

numbers = Numbers(
    raised=pounds("141600"),
    pledged=pounds("2500"),
    allocated=pounds("132000"),
    paid=pounds("88000"),
    still_to_pay=pounds("44000"),
    available=pounds("9600"),
)
no_numbers = Numbers()

figure_columns = ["Fund", "Raised", "Paid", "Remaining"]
figure_rows = [
    ["General", pounds("96400"), pounds("24000"), pounds("44250")],
    ["NET nurse", pounds("141600"), pounds("88000"), pounds("9600")],
]
figure_total = ["All funds", pounds("493250"), pounds("283250"), pounds("75850")]

years = [
    (f"{year}–{year % 100 + 1}", pounds(amount))
    for year, amount in [(2018, 46625), (2019, 46625), (2020, 31000), (2021, 62250), (2022, 28100), (2023, 24400)]
]

endorsements = [
    EndorsementCard(
        kind="person",
        quote="The nurse rang me on a Sunday, because she knew that I would lie awake. Nobody had told her to.",
        name="Ottilie Lanternby",
        post_nominals="MBE",
        role="Head of the coalition",
        organisation="Coalition for Quiet Harbours (demo)",
    ),
    EndorsementCard(
        kind="organisation", quote="We ask every hospital to look at this plan.", name="Guild of Lamp Imaging (demo)"
    ),
    EndorsementCard(
        kind="letter",
        quote="My members have waited a long time for a plan that begins with the person, not with the clinic.",
        name="Cormac Spinnaker",
        role="Chair",
        organisation="Open Sea Alliance (demo)",
        full_text=(
            "My members have waited a long time for a plan that begins with the person, not with the clinic.\n\n"
            "We have read it from end to end, and we would change very little.\n\nPlease count us among its friends."
        ),
        sign_off="With every good wish,\nCormac Spinnaker",
    ),
    EndorsementCard(
        kind="industry",
        quote="A shared pathway helps everybody who works in this field, ourselves included.",
        name="Dr Piran Breakwater",
        role="Medical lead",
        organisation="Northquay Medicines (demo)",
        interest_note="Works for a company that makes medicines for this illness.",
    ),
    EndorsementCard(kind="patient", quote="For the first time somebody drew me the whole map.", name="Juniper A."),
]


@dataclass(frozen=True)
class SamplePerson:
    """A person in a list."""

    name: str
    post_nominals: str = ""
    role: str = ""
    affiliation: str = ""
    picture: None = None


people = [
    SamplePerson("Professor Marina Tidewell", "FRCP", "Chair of medicine", "Kingfisher Infirmary (demo)"),
    SamplePerson("Mr Jasper Spindrift", "", "Network lead", "Solent NET Network (demo)"),
    SamplePerson("Juniper A."),
]


@dataclass(frozen=True)
class SampleMilestone:
    """A step of a plan."""

    when: str
    title: str
    status: str
    text: str = ""
    place: str = ""


milestones = [
    SampleMilestone("May 2026", "The plan is agreed", "done", "Twelve hospitals signed it."),
    SampleMilestone("October 2026", "First pilot", "now", place="Eastquay Hospital (demo)"),
    SampleMilestone("2027", "All four nations", "planned"),
]

answer = mark_safe("<p>The agreed way from first doubts to treatment, so that nobody is lost between clinics.</p>")

answers = [
    ("Amount", "£25 just once", "#summary_list"),
    ("Name", "Coral Anchorley", "#summary_list"),
    ("Email", "coral@example.org", "#summary_list"),
]
award = [("Award", "A-2026-014"), ("Organisation", "Eastquay Hospital (demo)"), ("Decided", date(2026, 3, 31))]

trail = [("Home", "/"), ("Appeals", "/appeals/")]


def _page(number: int) -> "Page[int]":
    return Paginator(range(75), 25).page(number)


pages = [_page(1), _page(2), _page(3)]


@dataclass(frozen=True)
class SampleAmount:
    """A suggested amount."""

    money: Money
    pays_for: str = ""
    approved: bool = True


amounts = [
    SampleAmount(pounds(10), "pays for a telephone call that answers everything"),
    SampleAmount(pounds(25), "pays for an hour of a specialist nurse"),
    SampleAmount(pounds(1000), "not approved by Finance: never shown", approved=False),
]

link = {"href": "#blocks", "words": "Read the plan"}
feature = {
    "heading": "One pathway, four nations",
    "text": mark_safe("<p>Where somebody lives should not decide how soon they are heard.</p>"),
    "action": link,
}
publication = {
    "title": "From first doubt to first scan",
    "summary": "People waited four years on average to learn what they had. Three changes would halve that.",
    "authors": "M. Tidewell, J. Spindrift",
    "journal": "Annals of Harbour Medicine (demo)",
    "published": date(2025, 11, 3),
    "link": link,
}
video = {
    "title": "A morning with the nurse",
    "address": "#film",
    "place": "Harbour Films (demo)",
    "length": "4 minutes",
    "has_captions": True,
    "poster": None,
    "transcript": mark_safe("<p>[A telephone rings.] Good morning, this is the nurse.</p>"),
}


@dataclass(frozen=True)
class SampleService:
    """A service of the directory."""

    name: str
    anchor: str
    get_way_display: str
    get_region_display: str
    offers: str
    times: str
    place: str = ""
    organisation: str = ""
    telephone: str = ""
    email: str = ""
    website: str = ""
    checked_on: date | None = None


services = [
    SampleService(
        "Harbour helpline", "service-1", "By telephone", "The whole of the UK", "A nurse answers.", "Weekdays",
        telephone="01632 960041", email="hello@example.org", checked_on=date(2026, 3, 2),
    ),
    SampleService(
        "Drift House", "service-2", "In person", "Wales", "A house with a garden. Walk in, sit down.", "Ten to four",
        place="Northquay", organisation="Drift House Centres (demo)", website="https://drift-house.example.org",
    ),
]  # fmt: skip
action = {"heading": "Stand with us", "text": "Every gift goes to the nurse fund.", "link": link, "is_gift": True}

quotes = [
    {
        "may_be_shown": True,
        "manner": "direct",
        "quote": "The whole room went quiet, and then everybody wanted to know how it worked.",
        "name": "Professor Marina Tidewell",
        "post_nominals": "MD PhD",
        "role": "Chair of the weekly meeting",
        "said_on": date(2022, 6, 15),
    },
    {
        "may_be_shown": True,
        "manner": "reported",
        "quote": "The founder says that in its first year the meeting had four members and one lamp.",
        "name": "Mr Barnaby Mooring",
        "role": "Lead clinician, Solent NET Network (demo)",
    },
]


@dataclass(frozen=True)
class SampleAccreditation:
    """What an outside body found."""

    title: str
    body: str
    begins_on: date
    ends_on: date | None = None
    holder: str = ""
    summary: str = ""
    evidence_url: str = ""


accreditations = {
    "heading": "Who has looked at this",
    "shown": [
        SampleAccreditation(
            title="Centre of excellence for neuroendocrine tumours",
            body="Lighthouse Society of Tumour Medicine (demo)",
            holder="Solent NET Network (demo)",
            begins_on=date(2024, 3, 1),
            ends_on=date(2027, 2, 28),
            summary="One team sees every patient, each week, and writes down what it decides.",
            evidence_url="#accreditations",
        ),
        SampleAccreditation(
            title="Approved for nuclear scans", body="Guild of Lamp Imaging (demo)", begins_on=date(2026, 2, 1)
        ),
    ],
}

impact_figures = [
    Figure("nearly £500,000", "raised since 2010", "Exactly £493,250.00, from our books on 31 March 2026."),
    Figure("£88,000", "paid for a nurse so far", "From our books on 31 March 2026."),
    Figure("112", "people seen in a year", "Yearly report of the network, 31 March 2026.", "#impact_figures"),
]

funded = [
    ImpactCard(
        title="A nurse who picks up",
        text="She knows every patient, every clinic and every telephone number.",
        kind="A post",
        organisation="Kingfisher Infirmary (demo)",
        promised=pounds("150,000"),
        paid=pounds("100,000"),
        href="#funded",
    ),
    ImpactCard(
        title="A scanner in the theatre",
        text="Surgeons see where a tumour ends while there is still time to cut less.",
        kind="Equipment",
        organisation="Kingfisher Infirmary (demo)",
        promised=pounds("83,250"),
        paid=pounds("83,250"),
    ),
]
