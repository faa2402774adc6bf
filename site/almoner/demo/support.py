"""The demo's directory of support. Every service, number and place is invented."""

from django.utils import timezone

from almoner.accounts.models import User
from almoner.demo import voices
from almoner.demo.building import add
from content.models import HomePage, Organisation, SupportIndexPage, SupportService

# Name, who runs it (nobody: we do), how it helps, where, place, what it offers, when, telephone, email, website
SERVICES = [
    (
        *("Harbour helpline", "", "helpline", "uk", ""),
        "A nurse answers. Ask about letters, tablets, journeys, or about nothing in particular.",
        *("Monday to Friday, nine to five", "01632 960041", "", ""),
    ),
    (
        *("Tuesday table", "", "group", "england", "Eastquay library"),
        "Tea, cake and people who need no explaining. Families are welcome.",
        *("First Tuesday of the month, two to four", "", "hello@example.org", ""),
    ),
    (
        *("The evening boat", voices.LISTENING, "online", "uk", ""),
        "A group on the screen, led by a counsellor, for those who work by day or live far out.",
        *("Every second Thursday, at half past seven", "", "", "https://listening-boat.example.org/evening"),
    ),
    (
        *("Someone to talk to", voices.LISTENING, "helpline", "scotland", ""),
        "Six hours with a counsellor, for people with a rare cancer and for those who love them.",
        *("By appointment", "01632 960052", "talk@example.org", ""),
    ),
    (
        *("Drift House", voices.DRIFTHOUSE, "visit", "wales", "Northquay, by the slipway"),
        "A house with a garden beside the hospital. Walk in, sit down, ask.",
        *("Weekdays, ten to four", "01632 960063", "", "https://drift-house.example.org"),
    ),
    (
        *("Small grants", "", "money", "uk", ""),
        "Up to two hundred pounds towards fares, heating or a bed for the night, decided within a week.",
        *("All year", "01632 960040", "hello@example.org", ""),
    ),
    (
        *("Open Sea walkers", voices.OPEN_SEA, "group", "northern-ireland", "Lantern Point car park"),
        "A slow walk along the shore, and a long sit afterwards.",
        *("Second Saturday of the month, at eleven", "", "walks@example.org", ""),
    ),
]


def load(home: HomePage, *, by: User) -> SupportIndexPage:
    """The services, one of them a draft, and their directory."""
    known = {organisation.name: organisation for organisation in Organisation.objects.all()}
    for name, run_by, way, region, place, offers, times, telephone, email, website in SERVICES:
        SupportService.objects.create(
            name=name, organisation=known.get(run_by), way=way, region=region, place=place, offers=offers, times=times,
            telephone=telephone, email=email, website=website, checked_on=timezone.localdate(),
        )  # fmt: skip
    SupportService.objects.create(
        name="Swimming for beginners", way="group", offers="Not agreed yet.", times="Sundays", email="swim@example.org",
        live=False,
    )  # fmt: skip
    page = SupportIndexPage(
        title="Find support",
        slug="support",
        show_in_menus=True,
        search_description="Helplines, groups, houses and small grants, by where you live.",
        standfirst="Somebody to ring, somebody to sit with, somebody who pays the fare. Ours, and those of others.",
    )
    return add(home, page, by=by)
