"""Gift Aid on the donor's own page: a declaration that is made without a gift."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from almoner.kit import references
from donations.actions import declaring
from donations.models import Declaration, Donor, Wording
from donations.models.declaration import Channel, Scope
from donations.models.wording import digest


@transaction.atomic
def declare(
    *, donor: Donor, wording: Wording, charity_name: str, scope: Scope, gifts: str, first_name: str, last_name: str,
    home: str, address: str, town: str, postcode: str, on: date | None = None,
) -> Declaration:  # fmt: skip
    """Write down a declaration that was made without a gift. The same one twice on a day is one.

    `gifts` is how the words that were shown named the gifts it covers. An older one stands beside it, as declared.
    """
    Donor.objects.select_for_update().get(pk=donor.pk)  # the same form sent twice is one declaration
    declared = {
        "donor": donor, "scope": scope, "channel": Channel.ONLINE, "charity_name": charity_name, "wording": wording,
        "first_name": first_name, "last_name": last_name, "home": home, "address": address, "town": town,
        "postcode": postcode, "shown": digest(wording.shown(charity=charity_name, gifts=gifts)),
        "declared_on": on or timezone.localdate(),
    }  # fmt: skip
    kept = Declaration.objects.filter(**declared, cancelled_on__isnull=True).first()
    made = kept or Declaration.objects.create(reference=references.readable("D"), **declared)
    declaring.cover_earlier(made)
    return made
