"""The people of the demo and their sign-ins. All are invented, and nothing here is secret."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from almoner.accounts.models import User

APPEAL_PATH = "/appeals/nurse/"
FORM_PATH = "/donate/nurse/"
CHARITY = "Harbour NET Fund"
PASSWORD = "harbour-lights-2010"  # noqa: S105 - printed on the screen, and good for the demo only


@dataclass(frozen=True)
class Person:
    """Somebody who can sign in to the demo."""

    username: str
    first_name: str
    last_name: str
    role: str


CAST = [
    Person("marina", "Marina", "Kelpworth", "Administrator"),
    Person("sandy", "Sandy", "Shore", "Editor"),
    Person("brine", "Brine", "Lanternby", "Clinical reviewer"),
    Person("heather", "Heather", "Thrift", "Lay reviewer"),
    Person("samphire", "Samphire", "Marsh", "Publisher"),
    Person("pearl", "Pearl", "Cockleby", "Fundraiser"),
    Person("rocky", "Rocky", "Groyne", "Finance"),
    Person("tide", "Tidea", "Wrackham", "Finance"),
    Person("dune", "Dune", "Marramley", "Finance"),
    Person("skipper", "Skipper", "Halyard", "Grants officer"),
    Person("coral", "Coral", "Reefton", "Trustee"),
    Person("gale", "Gale", "Foreland", "Trustee"),
    Person("misty", "Misty", "Haarlow", "Trustee"),
    Person("cliff", "Cliff", "Saltmarsh-Pym", "Trustee"),
    Person("dory", "Dory", "Lanternfish", "Trustee"),
]


def load() -> None:
    """An account for everybody who has none yet, in the group of their role."""
    missing = [person for person in CAST if not User.objects.filter(username=person.username).exists()]
    if not missing:
        return
    password = make_password(PASSWORD)  # slow on purpose, so once is enough
    groups = {group.name: group for group in Group.objects.all()}
    for person in missing:
        user = User.objects.create(
            username=person.username,
            first_name=person.first_name,
            last_name=person.last_name,
            email=f"{person.username}@example.org",
            password=password,
        )
        user.groups.add(groups[person.role])


def on_stage() -> dict[str, User]:
    """The cast's accounts, by username."""
    return {user.username: user for user in User.objects.filter(username__in=[person.username for person in CAST])}


def welcome(*, site: str, standin: str) -> str:
    """What `demo` prints when all is up: the addresses and the sign-ins."""
    addresses = [
        ("The charity's site", f"{site}/"),
        ("Give something", f"{site}{FORM_PATH}"),
        ("Where the money goes", f"{site}/where-your-money-goes/"),
        ("The trustees' pages", f"{site}/board/"),
        ("The staff's pages", f"{site}/admin/"),
        ("Letters sent", f"{site}/demo/mail/"),
        ("The style guide", f"{site}/styleguide/"),
        ("The Stripe stand-in", f"{standin}/"),
    ]
    lines = ["", *(f"  {name:<22}{address}" for name, address in addresses), ""]
    lines += [f"  Everybody's password is {PASSWORD}", ""]
    lines += [f"  {person.username:<10}{person.role:<18}{person.first_name} {person.last_name}" for person in CAST]
    lines += ["", "  No real money, no real people. Ctrl-C stops everything.", ""]
    return "\n".join(lines)
