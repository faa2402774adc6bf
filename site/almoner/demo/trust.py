"""What stands behind the demo's word: consents, stories, accreditations, awards told, and a notice.

Broken on purpose: a consent that has run out, one that was withdrawn, one with 25 days left; an accreditation that ends
in 60 days, and one that has ended.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from almoner.accounts.models import User
from almoner.demo import drawings, told, voices
from almoner.demo.building import SAMPLE, add, paragraphs
from content.actions import consenting
from content.models import (
    Accreditation,
    AppealPage,
    Appointment,
    CharityImage,
    ConsentRecord,
    Endorsement,
    HomePage,
    ImpactItem,
    ImpactKind,
    Notice,
    Organisation,
    Person,
    StoryIndexPage,
    StoryPage,
)
from grants.models import Award

FORM = "Consent form 3, September 2025"


def consent(name: str, *, by: User, given: date, ends: date | None = None, picture: bool = False) -> ConsentRecord:
    """A consent to words and health on the website, and to a picture where there is one."""
    record = ConsentRecord(
        name=name,
        covers_words=True,
        covers_health=True,
        covers_name=True,
        covers_picture=picture,
        wording_version=FORM,
        reached_us_by=ConsentRecord.ReachedUsBy.FORM,
        given_on=given,
        expires_on=ends,
        owner=by,
    )
    record.full_clean()
    record.save()
    return record


def look_after(*, by: User) -> None:
    """Somebody is told before a permission ends."""
    Endorsement.objects.update(owner=by)


# ---- stories


@dataclass(frozen=True)
class Told:
    """A story to be, and how its consent stands."""

    title: str
    slug: str
    name: str  # as they chose to be called
    standfirst: str
    body: list[tuple[str, Any]]
    picture: str
    alt: str
    appeal: str
    given_days_ago: int
    days_left: int | None = None


STORIES = [
    Told(
        *("The call that came before the letter", "the-call-before-the-letter", "Juniper A."),
        standfirst="For six years nobody had a name for it. Then somebody rang, and stayed on the line.",
        body=told.THE_CALL,
        picture="Two cups by a window",
        alt="Two cups on a window sill. Beyond the glass, a bay with one small boat.",
        appeal="nurse",
        given_days_ago=150,
    ),
    Told(
        *("Twenty minutes instead of four hours", "twenty-minutes", "Bram T."),
        standfirst="The treatment was never the hard part, says Bram. The hard part was the road home.",
        body=told.TWENTY_MINUTES,
        picture="The short crossing",
        alt="A small ferry on a wide crossing, with hills on the far shore.",
        appeal="closer-to-home",
        given_days_ago=340,
        days_left=25,
    ),
    Told(
        *("What I left in the freezer", "what-i-left-in-the-freezer", "Lowenna S."),
        standfirst="She gave four small samples to research. She likes to think of them, up there in the dark.",
        body=told.THE_FREEZER,
        picture="Jars of sea glass",
        alt="Five jars of sea glass on a shelf, each of another colour.",
        appeal="better-questions",
        given_days_ago=90,
    ),
]
RAN_OUT = Told(
    *("A year of Wednesdays", "a-year-of-wednesdays", "Tansy P."),
    standfirst="Every Wednesday she took the same seat, by the same window.",
    body=told.WEDNESDAYS,
    picture="A bench above the bay",
    alt="An empty bench above a bay.",
    appeal="nurse",
    given_days_ago=420,
    days_left=-12,
)
WITHDRAWN = Told(
    *("Back in the boat", "back-in-the-boat", "Merrin D."),
    standfirst="He thought that he would never sail again.",
    body=told.THE_BOAT,
    picture="A rope and a post",
    alt="A rope leads from a post on the quay to a small boat.",
    appeal="scanner",
    given_days_ago=200,
)


def load_stories(home: HomePage, *, by: User, appeals: dict[str, AppealPage]) -> list[StoryPage]:
    """The list of stories with three that may be read; one that has run out and one that was withdrawn."""
    index = add(
        home,
        StoryIndexPage(
            title="Stories",
            slug="stories",
            search_description="Told by the people it is for, with their consent.",
            show_in_menus=True,
            standfirst="Told by the people it is for. Each of them agreed to every word.",
        ),
        by=by,
    )
    public = [tell(index, story, by=by, appeals=appeals) for story in STORIES]
    ended = tell(index, RAN_OUT, by=by, appeals=appeals)
    assert ended.consent
    ended.consent.expires_on = timezone.localdate() + timedelta(days=RAN_OUT.days_left or 0)
    ended.consent.save()
    withdrawn = tell(index, WITHDRAWN, by=by, appeals=appeals)
    assert withdrawn.consent
    because = "Rang on a Monday: has a new employer, and does not want to be found by name."
    consenting.withdraw(consent=withdrawn.consent, by=by, because=because)
    consenting.take_down_what_has_ended()
    return public


def tell(index: StoryIndexPage, story: Told, *, by: User, appeals: dict[str, AppealPage]) -> StoryPage:
    """One story, published with its consent."""
    today = timezone.localdate()
    given = today - timedelta(days=story.given_days_ago)
    ends = today + timedelta(days=story.days_left) if story.days_left and story.days_left > 0 else None
    agreed = consent(story.name, by=by, given=given, ends=ends, picture=True)
    picture = drawings.draw(story.picture, consent=agreed)
    page = StoryPage(
        title=story.title,
        slug=story.slug,
        search_description=story.standfirst,
        is_unlisted=True,
        consent=agreed,
        chosen_name=story.name,
        told_on=given,
        standfirst=story.standfirst,
        picture=picture,
        picture_alt=story.alt,
        appeal_page=appeals[story.appeal],
        body=[SAMPLE, *story.body],
    )
    return add(index, page, by=by)


# ---- proof


def load_proof(*, by: User) -> list[Accreditation]:
    """Accreditations: one that ends in 60 days, one that stands for long, one that has ended; who led the network."""
    today = timezone.localdate()
    named = {organisation.name: organisation for organisation in Organisation.objects.all()}
    network, mooring = named[voices.NETWORK], Person.objects.get(name="Mr Barnaby Mooring")
    spindrift = Person.objects.get(name="Mr Jasper Spindrift")
    handed_over = date(2021, 3, 31)
    for person, begins, ends in (
        (mooring, date(2005, 4, 1), handed_over),
        (spindrift, handed_over + timedelta(days=1), None),
    ):
        Appointment.objects.create(
            person=person, role="Lead clinician", organisation=network, begins_on=begins, ends_on=ends
        )
    awarded = [
        (
            "Centre of excellence for neuroendocrine tumours",
            *(named[voices.LIGHTHOUSE], network, today - timedelta(days=1035), today + timedelta(days=60)),
            "Three hospitals showed that one team sees every patient, each week, and writes down what it decides.",
        ),
        (
            "Approved for nuclear scans",
            *(named[voices.LAMP_IMAGING], named[voices.SALTMARSH], today - timedelta(days=300), None),
            "Visited every second year, without notice.",
        ),
        (
            "Friend of small hospitals",
            *(named[voices.OPEN_SEA], network, today - timedelta(days=750), today - timedelta(days=20)),
            "",
        ),
    ]
    made = []
    for title, body, holder, begins, ends, summary in awarded:
        accreditation = Accreditation(
            title=title, body=body, holder=holder, begins_on=begins, ends_on=ends, summary=summary, owner=by,
            evidence_url="https://example.org/register",
        )  # fmt: skip
        accreditation.full_clean()
        accreditation.save()
        made.append(accreditation)
    return made


def figures() -> list[tuple[str, dict[str, Any]]]:
    """What has been raised, nearly a round sum; and what somebody else counted, with who did."""
    return [
        (
            "ledger",
            {"fund": "all", "position": "raised", "words": "raised since 2010", "round_to": "£500,000"},
        ),
        ("ledger", {"fund": "NURSE", "position": "paid", "words": "paid for a nurse so far", "round_to": ""}),
        (
            "typed",
            {
                "figure": "112",
                "words": "people were seen by the network in a year",
                "round_to": "",
                "source": "Yearly report of the Solent NET Network (demo)",
                "as_of": date(2026, 3, 31),
                "source_url": "",
            },
        ),
    ]


ITEMS = [
    (
        *("specialist-nurses", ImpactKind.POST, "nurse", "A nurse who picks up"),
        "She knows every patient, every clinic and every telephone number, in three hospitals.",
        "Lighthouse at dusk",
    ),
    (
        *("equipment", ImpactKind.EQUIPMENT, "scanner", "A scanner in the theatre"),
        "Surgeons see where a tumour ends while there is still time to cut less.",
        "Ripples on deep water",
    ),
    (
        *("new-treatments", ImpactKind.TREATMENT, "closer-to-home", "Two clinics nearer home"),
        "Rooms, training and safety checks, so that a treatment can be given where people live.",
        "Houses by the harbour",
    ),
    (
        *("pancreatic-research", ImpactKind.RESEARCH, "better-questions", "Why some tumours sleep"),
        "Samples kept cold for years, and looked at again whenever somebody has a better question.",
        "Spiral shell",
    ),
]


def load_items(*, pictures: dict[str, CharityImage], appeals: dict[str, AppealPage]) -> list[ImpactItem]:
    """The four awards, each told in two sentences."""
    made = []
    for order, (programme, kind, appeal, title, text, picture) in enumerate(ITEMS):
        award = Award.objects.filter(programme__slug=programme).order_by("pk").first()
        item = ImpactItem(
            award=award, kind=kind, title=title, text=text, picture=pictures[picture], page=appeals[appeal], order=order
        )
        item.full_clean()
        item.save()
        made.append(item)
    return made


def load_notice(section: Page) -> Notice:
    """A notice over one section, for a fortnight."""
    now = timezone.make_aware(datetime.combine(timezone.localdate(), time()))
    return Notice.objects.create(
        title="Our helpline is closed this Friday",
        text=paragraphs("Leave your number, and somebody rings back on Monday morning."),
        section=section,
        begins_at=now,
        ends_at=now + timedelta(days=14),
    )
