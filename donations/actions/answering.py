"""What donors ask about their data, and how somebody answers it."""

from django.db import transaction
from django.utils import timezone

from almoner.accounts.models import User
from donations.exceptions import AlreadyAnswered
from donations.models import DataRequest, Donor


@transaction.atomic
def ask_to_erase(*, donor: Donor) -> DataRequest:
    """Write down that a donor wishes their data deleted; while one such wish waits, it is that one."""
    Donor.objects.select_for_update().get(pk=donor.pk)
    waits = donor.data_requests.filter(kind=DataRequest.Kind.ERASE, answered_at__isnull=True).first()
    return waits or DataRequest.objects.create(donor=donor, kind=DataRequest.Kind.ERASE)


@transaction.atomic
def answer(*, request: DataRequest, answer: str, by: User) -> DataRequest:
    """Write down what was done about a request; the donor reads it on their page. Raises AlreadyAnswered."""
    kept = DataRequest.objects.select_for_update().get(pk=request.pk)
    if kept.answered_at is not None:
        raise AlreadyAnswered(f"{kept.answered_by} has answered it already.")
    kept.answer, kept.answered_by, kept.answered_at = answer, by, timezone.now()
    kept.save(update_fields=["answer", "answered_by", "answered_at"])
    return kept
