"""The cast: the same few people in every test, each with one role. Names from the sea and the shore; nobody is real."""

from functools import cached_property

from django.contrib.auth.models import Group

from almoner.accounts.models import User

PASSWORD = "a harbour at low tide"


def person(username: str, first_name: str, last_name: str, *roles: str, **more: object) -> User:
    """Somebody with these roles, the same one however often they are asked for."""
    user, new = User.objects.get_or_create(
        username=username,
        defaults={"first_name": first_name, "last_name": last_name, "email": f"{username}@example.org", **more},
    )
    if new:
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
        user.groups.set([Group.objects.get_or_create(name=role)[0] for role in roles])
    return user


class Cast:
    """Who is who. Each comes on stage when first named."""

    @cached_property
    def finance_officer(self) -> User:
        """Pearl keeps the books: imports, exports, confirms what the bank says."""
        return person("pearl", "Pearl", "Whelk", "Finance")

    @cached_property
    def treasurer(self) -> User:
        """Sandy is the trustee who looks after the money, and authorises payments."""
        return person("sandy", "Sandy", "Shoal", "Trustee", "Finance")

    @cached_property
    def chair(self) -> User:
        """Marina chairs the trustees."""
        return person("marina", "Marina", "Breakwater", "Trustee")

    @cached_property
    def trustees(self) -> list[User]:
        """Five in all: the chair, the treasurer and three more."""
        return [
            self.chair,
            self.treasurer,
            person("finn", "Finn", "Cockle", "Trustee"),
            person("coral", "Coral", "Saltmarsh", "Trustee"),
            person("wade", "Wade", "Estuary", "Trustee"),
        ]

    @cached_property
    def grants_officer(self) -> User:
        """Delphine looks after applications and awards, and asks for instalments."""
        return person("delphine", "Delphine", "Driftwood", "Grants officer")

    @cached_property
    def fundraiser(self) -> User:
        """Shelly runs the appeals."""
        return person("shelly", "Shelly", "Periwinkle", "Fundraiser")

    @cached_property
    def editor(self) -> User:
        """Rocky writes the pages."""
        return person("rocky", "Rocky", "Limpet", "Editor")

    @cached_property
    def clinician(self) -> User:
        """Brine reads pages about health as a clinician."""
        return person("brine", "Brine", "Lanternby", "Clinical reviewer")

    @cached_property
    def lay_reviewer(self) -> User:
        """Heather reads them as somebody who is none."""
        return person("heather", "Heather", "Thrift", "Lay reviewer")

    @cached_property
    def publisher(self) -> User:
        """Samphire publishes what was read."""
        return person("samphire", "Samphire", "Marsh", "Publisher")

    @cached_property
    def administrator(self) -> User:
        """Gale looks after the system. She may do everything that the laws of money let anybody do."""
        return person("gale", "Gale", "Harbour", "Administrator", is_staff=True, is_superuser=True)

    @cached_property
    def stranger(self) -> User:
        """Skip has an account and no role."""
        return person("skip", "Skip", "Mackerel")
