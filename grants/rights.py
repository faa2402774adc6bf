"""Who may do what in grants: the role must say so. Being a superuser is not enough, for votes and for money alike."""

from django.db.models import QuerySet
from django.utils.translation import gettext

from almoner.accounts.models import User
from grants.exceptions import NotAllowed

VOTE = "grants.vote_resolution"
# Staff do not vote and voters do not prepare what is voted on: who holds both may do neither.
PREPARE = (
    "grants.enter_application",
    "grants.open_resolution",
    "grants.make_award",
    "grants.request_instalment",
)
BACKEND = "django.contrib.auth.backends.ModelBackend"


def holders(permission: str) -> "QuerySet[User]":
    """The people to whom a role, or a line of their own, gives this permission."""
    people: QuerySet[User] = User.objects.with_perm(permission, include_superusers=False, backend=BACKEND)
    return people.filter(is_system=False)


def who_may(permission: str) -> "QuerySet[User]":
    """The holders, less those who stand on the other side."""
    people = holders(permission)
    if permission == VOTE:
        for other in PREPARE:
            people = people.exclude(pk__in=holders(other).values("pk"))
    elif permission in PREPARE:
        people = people.exclude(pk__in=holders(VOTE).values("pk"))
    return people


def voters() -> "QuerySet[User]":
    """The trustees who vote, by name."""
    return who_may(VOTE).order_by("last_name", "first_name", "pk")


def may(person: object, permission: str) -> bool:
    """Whether this person may."""
    return isinstance(person, User) and person.pk is not None and who_may(permission).filter(pk=person.pk).exists()


def require(person: User, permission: str) -> None:
    """Raises NotAllowed."""
    if not may(person, permission):
        raise NotAllowed(gettext("This is not among the things that your role may do."))
