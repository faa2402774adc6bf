"""What a donor puts right about themselves: name and address, and whether we may write."""

from django.db import transaction

from donations import held
from donations.actions import permitting
from donations.models import ContactPermission, Donor
from donations.models.contact import Basis
from donations.models.wording import Words

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
def say_about_contact(*, donor: Donor, wanted: dict[str, bool], words: Words) -> list[ContactPermission]:
    """Write down what a donor says, channel by channel, in answer to these words. What is not new is not written again.

    A no stands above every earlier yes, and holds for the address or number of today, however often it was said before.
    Only a yes that is said here, by the donor who is signed in, takes an address off the list of those never contacted
    again.
    """
    Donor.objects.select_for_update().get(pk=donor.pk)  # one answer after another
    stands, written = how_contact_stands(donor), []
    for channel, yes in wanted.items():
        if stands.get(channel) != yes:
            basis = Basis.CONSENT if yes else Basis.NONE
            written.append(
                permitting.record(channel=channel, basis=basis, source=ON_THEIR_PAGE, donor=donor, words=words)
            )
        elif not yes:
            permitting.suppress(channel=channel, address=permitting.address_of(donor, channel))
    return written


def how_contact_stands(donor: Donor) -> dict[str, bool]:
    """Yes or no for each channel about which something was ever said: the newest word; no where it is suppressed."""
    stands = {each.channel: each.granted for each in held.permissions_of(donor).order_by("pk")}
    return stands | dict.fromkeys(permitting.never(donor=donor), False)
