"""What a donor puts right about themselves: name and address, and whether we may write."""

from django.db import transaction

from donations import held
from donations.models import ContactPermission, Donor, Suppression, Wording
from donations.models.contact import Basis, ContactBy, digest_of

ON_THEIR_PAGE = "donor’s page"


@transaction.atomic
def change_details(*, donor: Donor, name: str, telephone: str, address: str, town: str, postcode: str) -> Donor:
    """Write down how somebody is called and where they live now. Gifts and declarations keep what was said then.

    The email address is not changed here: it is what the key to the page is sent to.
    """
    kept = Donor.objects.select_for_update().get(pk=donor.pk)
    kept.name, kept.telephone = name, telephone
    kept.address, kept.town, kept.postcode = address, town, postcode
    kept.save(update_fields=["name", "telephone", "address", "town", "postcode"])
    return kept


@transaction.atomic
def say_about_contact(*, donor: Donor, wanted: dict[str, bool]) -> list[ContactPermission]:
    """Write down what a donor says, channel by channel; what says nothing new is not written again.

    A yes for an address that is never contacted again is not taken: that list stands above every permission.
    """
    Donor.objects.select_for_update().get(pk=donor.pk)  # one answer after another
    holds = permissions_now(donor)
    words = Wording.objects.filter(about=Wording.About.CONTACT).order_by("-version").first()
    closed = never_contacted(donor)
    made = []
    for channel, yes in wanted.items():
        before = holds.get(channel)
        if (before is not None and before.granted == yes) or (yes and channel in closed):
            continue
        made.append(
            ContactPermission.objects.create(
                donor=donor,
                channel=channel,
                basis=Basis.CONSENT if yes else Basis.NONE,
                wording=words,
                source=ON_THEIR_PAGE,
            )
        )
    return made


def permissions_now(donor: Donor) -> dict[str, ContactPermission]:
    """What holds for each channel about which something was ever said: the newest."""
    return {each.channel: each for each in held.permissions_of(donor).order_by("pk")}


def never_contacted(donor: Donor) -> frozenset[str]:
    """The channels whose address of this donor is on the list of those never contacted again."""
    numbers = {
        ContactBy.EMAIL: donor.email,
        ContactBy.PHONE: donor.telephone,
        ContactBy.TEXT: donor.telephone,
        ContactBy.POST: " ".join([donor.address, donor.postcode]).strip(),
    }
    digests = {channel.value: digest_of(number) for channel, number in numbers.items() if number}
    known = set(Suppression.objects.filter(digest__in=digests.values()).values_list("channel", "digest"))
    return frozenset(channel for channel, digest in digests.items() if (channel, digest) in known)
