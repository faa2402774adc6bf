"""What a donor puts right about themselves: name and address, and whether we may write."""

from django.db import transaction

from donations import held
from donations.models import ContactPermission, Donor, Suppression, Wording
from donations.models.contact import Basis, ContactBy, digest_of
from donations.models.wording import in_use

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

    A no stands above every earlier yes. Only a yes that is said here, by the donor who is signed in, takes an address
    off the list of those never contacted again.
    """
    Donor.objects.select_for_update().get(pk=donor.pk)  # one answer after another
    stands = how_contact_stands(donor)
    words = in_use(Wording.About.CONTACT)
    made = [
        ContactPermission.objects.create(
            donor=donor,
            channel=channel,
            basis=Basis.CONSENT if yes else Basis.NONE,
            wording=words,
            source=ON_THEIR_PAGE,
        )
        for channel, yes in wanted.items()
        if stands.get(channel) != yes
    ]
    for said in made:
        if said.granted:
            Suppression.objects.filter(channel=said.channel, digest=digest_of(address_of(donor, said.channel))).delete()
    return made


def how_contact_stands(donor: Donor) -> dict[str, bool]:
    """Yes or no for each channel about which something was ever said: the newest word; no where it is suppressed."""
    stands = {each.channel: each.granted for each in held.permissions_of(donor).order_by("pk")}
    digests = {
        channel.value: digest_of(address_of(donor, channel)) for channel in ContactBy if address_of(donor, channel)
    }
    known = set(Suppression.objects.filter(digest__in=digests.values()).values_list("channel", "digest"))
    return stands | {channel: False for channel, digest in digests.items() if (channel, digest) in known}


def address_of(donor: Donor, channel: str) -> str:
    """Where a donor is reached by a channel, as the list of those never contacted knows it."""
    match channel:
        case ContactBy.EMAIL:
            return donor.email
        case ContactBy.POST:
            return " ".join([donor.address, donor.town, donor.postcode]).strip()
        case _:
            return donor.telephone
