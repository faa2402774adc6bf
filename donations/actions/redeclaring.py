"""Gift Aid on the donor's own page: a declaration cancelled, and another one made without a gift."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from almoner.accounts.models import User
from almoner.kit import references
from donations.exceptions import DeclarationIsCancelled
from donations.models import Declaration, Donor, Wording
from donations.models.declaration import TO_CANCEL, Channel, Scope
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
    return kept or Declaration.objects.create(reference=references.readable("D"), **declared)


@transaction.atomic
def cancel(*, declaration: Declaration, because: str = "", by: User | None = None) -> Declaration:
    """End a declaration from today on; gifts of the days before stay under it. Nobody in `by` means the donor.

    A spoken one that is cancelled within thirty days of its letter is as if never made. Raises DeclarationIsCancelled.
    """
    kept = Declaration.objects.select_for_update().get(pk=declaration.pk)
    if kept.cancelled_on is not None:
        raise DeclarationIsCancelled(f"It ended on {kept.cancelled_on:%-d %B %Y}.")
    today = timezone.localdate()
    kept.cancelled_on, kept.cancelled_because, kept.cancelled_by = max(today, kept.declared_on), because, by
    kept.void = kept.channel == Channel.ORAL and (
        kept.record_sent_on is None or today <= kept.record_sent_on + TO_CANCEL
    )
    kept.save(update_fields=["cancelled_on", "cancelled_because", "cancelled_by", "void"])
    return kept
