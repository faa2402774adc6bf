"""The demo's three hospitals, and the network in which they look at every patient together."""

from datetime import date
from decimal import Decimal
from typing import Any

from almoner.accounts.models import User
from almoner.demo.building import add, paragraphs
from almoner.demo.voices import EASTQUAY, KINGFISHER, NETWORK, SALTMARSH
from content.models import (
    CancerSite,
    Centre,
    CentreIndexPage,
    CentrePage,
    HomePage,
    Nation,
    NetworkLead,
    NetworkMember,
    NetworkPage,
    Organisation,
    Person,
    Specialty,
)

# Name, address, postcode, what it looks after beside its own, nation, telephone, sites, who works there, and whether
# the team meets there.
CENTRES: list[dict[str, Any]] = [
    {
        "name": KINGFISHER,
        "address": "1 Heron Walk\nEastquay",
        "postcode": "ZZ1 1AA",
        "areas": "ZZ1 ZZ2 ZY",
        "nation": Nation.ENGLAND,
        "telephone": "01632 960050",
        "at": ("50.10000", "-1.90000"),
        "sites": ["Pancreas", "Small bowel", "Lung", "Liver"],
        "without": [],
        "standfirst": "The team of all three hospitals meets here every Tuesday. Operations are done here.",
    },
    {
        "name": EASTQUAY,
        "address": "20 Quay Street\nEastquay",
        "postcode": "ZZ3 4BB",
        "areas": "ZZ3 ZZ4",
        "nation": Nation.ENGLAND,
        "telephone": "01632 960051",
        "at": ("50.20000", "-1.40000"),
        "sites": ["Pancreas", "Liver"],
        "without": ["Nuclear medicine"],
        "standfirst": "Scans, clinics and injections near home for the eastern shore.",
    },
    {
        "name": SALTMARSH,
        "address": "Reed Lane\nSaltmarsh",
        "postcode": "ZZ7 2DD",
        "areas": "ZZ7 ZZ8 ZW",
        "nation": Nation.WALES,
        "telephone": "01632 960052",
        "at": ("50.00000", "-2.40000"),
        "sites": ["Small bowel", "Lung", "Liver"],
        "without": ["Surgery"],
        "standfirst": "Tablets, drips and radioactive treatment, in a building with a view of the marsh.",
    },
]
REFERRAL = (
    "Ask your family doctor or your hospital to write to the network. You may name the hospital that is nearest to "
    "you.\n\nYou can also ask for a second opinion. It costs nothing, and nobody will mind."
)


def load(home: HomePage, *, by: User) -> None:
    """The three, each with its page, and the network."""
    index = add(
        home,
        CentreIndexPage(
            title="Centres",
            slug="centres",
            search_description="Hospitals with a team that knows neuroendocrine tumours. All are invented.",
            is_unlisted=True,
            standfirst="Hospitals with a team that sees these tumours every week. Find the one that looks after you.",
        ),
        by=by,
    )
    centres = []
    for facts in CENTRES:
        centre = make(facts)
        centres.append(centre)
        page = CentrePage(
            title=centre.name, centre=centre, standfirst=facts["standfirst"], is_unlisted=True,
            slug=centre.name.removesuffix(" (demo)").lower().replace(" ", "-"),
        )  # fmt: skip
        add(index, page, by=by)
    load_network(index, centres, by=by)


def make(facts: dict[str, Any]) -> Centre:
    """One of them."""
    plain = {name: facts[name] for name in ("name", "address", "postcode", "areas", "nation", "telephone")}
    latitude, longitude = map(Decimal, facts["at"])
    centre = Centre(
        **plain,
        latitude=latitude,
        longitude=longitude,
        organisation=Organisation.objects.get(name=facts["name"]),
        referral=REFERRAL,
        email="networks@example.org",
    )
    centre.full_clean()
    centre.save()
    centre.cancer_sites.set(CancerSite.objects.filter(name__in=facts["sites"]))
    centre.specialties.set(Specialty.objects.exclude(name__in=facts["without"]))
    centre.save()
    return centre


def load_network(index: CentreIndexPage, centres: list[Centre], *, by: User) -> None:
    """How they work together, who leads them, and who did."""
    people = {person.name: person for person in Person.objects.all()}
    page = NetworkPage(  # type: ignore[misc]  # members and leads are modelcluster's, which publishes no types
        title=NETWORK,
        slug="solent-net-network",
        search_description="Three hospitals, one team, one meeting a week. All are invented.",
        is_unlisted=True,
        standfirst="Three hospitals, one team. Every patient’s scans are looked at by eight disciplines together.",
        formed_in=2005,
        rhythm="The team meets every Tuesday at Kingfisher Infirmary (demo)",
        patients_a_year=100,
        patients_as_of=date(2026, 3, 31),
        patients_source="the network’s own list",
        body=[
            (
                "text",
                "<h2>Why three hospitals are better than one</h2>"
                + paragraphs(
                    "Few people have these tumours, so one hospital alone sees too few of them. Together three see "
                    "enough to know them well.",
                    "The experts travel, not you: scans and samples go to the meeting, and you are treated as near to "
                    "home as is safe. Only what needs a special room or a special surgeon is done in one place.",
                ),
            )
        ],
        members=[
            NetworkMember(centre=centre, is_meeting=centre.name == KINGFISHER, sort_order=order)
            for order, centre in enumerate(centres)
        ],
        leads=[
            NetworkLead(
                person=people["Mr Jasper Spindrift"], role="Clinical lead", began_in=2019, sort_order=0
            ),
            NetworkLead(
                person=people["Mr Barnaby Mooring"], role="Founder and lead", began_in=2005, ended_in=2019, sort_order=1
            ),
        ],
    )  # fmt: skip
    page.specialties.set(Specialty.objects.all())
    add(index, page, by=by)
