"""The demo's health information: words, sources, a condition, the treatments, and reviews in every state."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from almoner.accounts.models import User
from almoner.demo import treatments
from almoner.demo.building import add, paragraphs, publish, questions
from content.models import (
    CancerSite,
    ConditionPage,
    GlossaryTerm,
    MedicineTerm,
    Person,
    Reference,
    Specialty,
    Stage,
    Tone,
    TreatmentPage,
)
from content.reviewing import clinical_workflow

STAGES = [
    ("Before it has a name", "Signs, tests and waiting."),
    ("Just told", "The first weeks, and whom to ring."),
    ("Choosing and having treatment", "What can be done, and what it is like."),
    ("Living with it", "Years of it, for many people."),
    ("Near the end of life", "Comfort, company and time."),
]
SITES = [
    ("Pancreas", "Behind the stomach."),
    ("Small bowel", "Where most food is taken up."),
    ("Lung", "In the walls of the airways."),
    ("Liver", "Where tumours of other places often settle."),
]
SPECIALTIES = [
    ("Nursing", "Knows you, your week and everybody’s number."),
    ("Surgery", "Takes tumours out."),
    ("Radiology", "Reads scans, and treats through fine tubes and probes."),
    ("Pathology", "Looks at samples under the microscope."),
    ("Oncology", "Gives medicines against cancer."),
    ("Endocrinology", "Looks after hormones."),
    ("Gastroenterology", "Looks after gut, liver and pancreas."),
    ("Nuclear medicine", "Finds and treats tumours with a little radioactivity."),
]
TERMS = [
    ("debulking", "dee-bulk-ing", "Taking out as much of a tumour as is safe, when all of it cannot come out."),
    ("biopsy", "by-op-see", "A tiny piece is taken so that somebody can look at its cells."),
    ("grade", "", "A number from 1 to 3 that says how fast the cells of a tumour divide."),
    ("neuroendocrine tumour", "nyoor-oh-en-doh-krin", "A growth that begins in cells which send signals by hormones."),
    ("somatostatin analogue", "", "A medicine that does what a hormone of the body does: it calms other hormones."),
    ("chemotherapy", "kee-moh-therr-a-pee", "Medicines that harm cells while they divide."),
    ("lutetium-177", "loo-tee-shum", "A metal that gives off a little radioactivity, and less every day."),
    ("gallium scan", "gal-ee-um", "A scan that shows where a tumour has docking places for a hormone."),
]
MEDICINES = [
    ("octreotide", "Tidecalm (demo)", "Fits the docking places of a tumour and tells it to make less hormone."),
    ("lanreotide", "Moonslack (demo)", "Works like octreotide; one injection lasts about a month."),
    ("everolimus", "Kelpstay (demo)", "A tablet that blocks one of the signals by which cells grow."),
    ("sunitinib", "Samphirol (demo)", "A capsule that slows the growth of new blood vessels in a tumour."),
    ("capecitabine", "Driftwane (demo)", "A tablet that the body turns into chemotherapy, mostly inside the tumour."),
]
LIGHTHOUSE, SKERRY = "Lighthouse Society of Tumour Medicine (demo)", "Outer Skerry Press (demo)"
ANNALS = "Annals of Harbour Medicine (demo)"
REFERENCES: list[dict[str, Any]] = [
    {
        "title": "Slow tumours: a guide for clinics",
        "publisher": LIGHTHOUSE,
        "year": 2025,
        "url": "https://example.org/slow-tumours",
        "read_on": date(2026, 3, 2),
    },
    {
        "title": "Monthly injections: what patients notice",
        "authors": "I. Merrow, R. Shoalhaven",
        "publisher": ANNALS,
        "year": 2023,
    },
    {
        "title": "Two tablets for tumours of the pancreas",
        "authors": "T. Eelgrass and others",
        "publisher": ANNALS,
        "year": 2024,
    },
    {
        "title": "Light where it is needed: lutetium in the gut and pancreas",
        "authors": "O. Sandling",
        "publisher": ANNALS,
        "year": 2025,
    },
    {
        "title": "Closing the small branches: ten years of one unit",
        "authors": "W. Shingleby, G. Harbourby",
        "publisher": SKERRY,
        "year": 2022,
    },
    {
        "title": "Open doors: a register of trials for rare tumours",
        "publisher": LIGHTHOUSE,
        "url": "https://example.org/open-doors",
        "read_on": date(2026, 3, 2),
    },
]

# Where on the journey each of the pages in information.py belongs.
STAGE_OF = {
    "just-diagnosed": "Just told",
    "where-it-started": "Before it has a name",
    "what-nets-are": "Just told",
    "day-to-day-life": "Living with it",
    "help-from-us": "Living with it",
    "research-and-campaigning": "Living with it",
    "near-the-end-of-life": "Near the end of life",
}
SENSITIVE = {"near-the-end-of-life"}


def load_words() -> None:
    """What is chosen from: subjects, words, medicines, sources."""
    for kind, known in ((Stage, STAGES), (CancerSite, SITES), (Specialty, SPECIALTIES)):
        for order, (name, words) in enumerate(known):
            kind.objects.create(name=name, words=words, order=order)
    for term, said, meaning in TERMS:
        GlossaryTerm.objects.create(term=term, said=said, meaning=meaning)
    for generic, brands, meaning in MEDICINES:
        MedicineTerm.objects.create(generic_name=generic, brand_names=brands, meaning=meaning)
    for facts in REFERENCES:
        reference = Reference(**facts)
        reference.full_clean()
        reference.save()


def place(page: Any) -> Any:
    """Where a page of information belongs, and how it speaks."""
    page.stage = Stage.objects.get(name=STAGE_OF[page.slug])
    page.tone = Tone.SENSITIVE if page.slug in SENSITIVE else Tone.PLAIN
    page.is_sample = True
    return page


def load(top: Page, pages: dict[str, Page], *, by: User) -> None:
    """The condition, the treatments, and every page's review as it stands today."""
    today = timezone.localdate()
    treating = add(top, treatment(), by=by)
    told = add(top, condition(), by=by)
    told.cancer_sites.set(CancerSite.objects.filter(name="Pancreas"))
    treating.cancer_sites.set(CancerSite.objects.all())
    reviewed(treating, by=by, on=today - timedelta(days=120), name="Dr Tamsin Eelgrass", lay="Perran T.")
    reviewed(told, by=by, on=today - timedelta(days=200), name="Professor Marina Tidewell")

    # Broken on purpose: overdue by 40 days; due in 20; approved, then edited; waiting for the clinician.
    long_ago = today - timedelta(days=40 + 3 * 365)
    overdue, due = today - timedelta(days=40), today + timedelta(days=20)
    reviewed(pages["where-it-started"], by=by, on=long_ago, name="Dr Ruan Shoalhaven", next_on=overdue)
    reviewed(pages["day-to-day-life"], by=by, on=long_ago, name="Sister Bryony Saltings", next_on=due)
    reviewed(pages["what-nets-are"], by=by, on=today - timedelta(days=60), name="Professor Isolde Merrow")
    edited = pages["what-nets-are"].get_latest_revision_as_object()
    edited.standfirst += " It is often slow."
    edited.save_revision(user=by)
    waiting(top, by=by)


def reviewed(page: Any, *, by: User, on: date, name: str, next_on: date | None = None, lay: str = "") -> None:
    """A page that this person read as a whole on that day."""
    people = {person.name: person for person in Person.objects.all()}
    page.mark_reviewed(by=people[name], on=on, next_on=next_on)
    page.authors.set([people["Hester Fairlead"]])
    page.lay_reviewers.set([people[lay]] if lay else [])
    page.keeper = by
    publish(page, by=by)


def waiting(top: Page, *, by: User) -> None:
    """A draft that is with the clinician."""
    page = ConditionPage(
        title="Carcinoid syndrome",
        slug="carcinoid-syndrome",
        search_description="Flushes and loose bowels: what a tumour’s hormones can do.",
        is_sample=True,
        standfirst="Some tumours send out hormones that make people flush, wheeze or run to the bathroom.",
        body=[("text", paragraphs("Not every tumour does this. Where it does, injections usually calm it."))],
        live=False,
    )
    page.full_clean(exclude=["path", "depth"])
    top.add_child(instance=page)
    page.save_revision(user=by)
    workflow = clinical_workflow()
    if workflow is not None:
        workflow.start(page, by)


def treatment() -> TreatmentPage:
    """The page with ten sections."""
    return TreatmentPage(
        title="Treatments for neuroendocrine tumours",
        slug="treatments",
        search_description="Ten kinds of treatment in plain words, and when to ask for help.",
        is_sample=True,
        stage=Stage.objects.get(name="Choosing and having treatment"),
        standfirst="Ten kinds of treatment, in plain words: what each does, for whom, and what it is like.",
        body=treatments.body(),
    )


def condition() -> ConditionPage:
    """What one illness is."""
    return ConditionPage(
        title="Neuroendocrine tumours of the pancreas",
        also_called="PNETs, islet cell tumours",
        slug="nets-of-the-pancreas",
        search_description="What they are, what somebody may notice, and how they are found.",
        is_sample=True,
        stage=Stage.objects.get(name="Just told"),
        standfirst="They grow from the cells of the pancreas that make hormones. Most people with one are helped.",
        body=condition_body(),
    )


def condition_body() -> list[tuple[str, Any]]:
    """Its blocks."""
    words = treatments.known()
    return [
        (
            "text",
            "<h2>What it is</h2>"
            + paragraphs(
                "The pancreas makes juices for digestion and hormones for the blood. This tumour grows from the cells "
                "that make hormones. It is another illness than the commoner cancer of the pancreas, and usually a "
                "slower one."
            )
            + "<h2>What you may notice</h2>"
            + paragraphs(
                "About a third make a hormone. Too much insulin makes people shaky and hungry; too much gastrin brings "
                "ulcers. The others are quiet, and are often found in a scan for something else."
            )
            + "<h2>How it is found</h2>"
            + paragraphs(
                "Blood tests, scans, and a sample of the tumour. The sample is given a grade, which says more about "
                "the years ahead than the size does."
            ),
        ),
        ("glossary", {"term": words["biopsy"], "medicine": None}),
        ("glossary", {"term": words["grade"], "medicine": None}),
        (
            "care",
            {
                "urgency": "emergency",
                "heading": "Ring 999 if somebody with this tumour",
                "text": treatments.listed(
                    "is confused, drowsy or cannot be woken, and sugar does not help within minutes",
                    "brings up blood, or passes stools as black as tar",
                ),
            },
        ),
        questions(
            "Questions that people ask",
            (
                "Is it cancer?",
                "Doctors call it a tumour because some stay still for years. It can spread, so it is looked after by a "
                "cancer team.",
            ),
            (
                "Will my children have it?",
                "Rarely. Around one in ten runs in a family; your team will ask about relatives and may offer a test.",
            ),
        ),
        (
            "references",
            {"heading": "Where this comes from", "references": [words["Slow tumours: a guide for clinics"]]},
        ),
    ]
