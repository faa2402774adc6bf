"""May we write? What people say is added, never edited; a suppressed address is never written to again."""

from django.db import transaction
from django.utils import timezone

from almoner.accounts.models import User
from donations.models import ContactPermission, Donor, Pledge, Wording
from donations.models.contact import Basis


def wording_in_use() -> Wording:
    """The words under which people are asked today."""
    return Wording.objects.filter(about=Wording.About.CONTACT, in_use_from__lte=timezone.localdate()).latest("version")


@transaction.atomic
def record(
    *,
    channel: str,
    basis: str,
    source: str,
    donor: Donor | None = None,
    pledge: Pledge | None = None,
    by: User | None = None,
) -> ContactPermission:
    """Add what somebody said about one channel; a yes is kept with the words it was said to."""
    wording = wording_in_use() if basis != Basis.NONE else None
    return ContactPermission.objects.create(
        channel=channel, basis=basis, source=source, donor=donor, pledge=pledge, by=by, wording=wording
    )


def take_over(*, pledge: Pledge, donor: Donor) -> None:
    """The gift has arrived: what was said with its pledge, the donor has said."""
    ContactPermission.objects.filter(pledge=pledge, donor__isnull=True).update(donor=donor)
