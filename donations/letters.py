"""The letters that donors get: one function each. A letter is a row first, and leaves after the commit, once."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from almoner.kit import jobs, mail
from donations import charity
from donations.models import Donation, Letter

LEASE = timedelta(minutes=5)  # a worker that claimed a letter and died gives it back after this long


def send_receipt(donation: Donation) -> Letter | None:
    """Put a receipt in the outbox, inside the transaction that records the donation; None where no address is known."""
    if donation.donor is None or not donation.donor.email:
        return None
    to = donation.pledge.email if donation.pledge else donation.donor.email
    letter, new = Letter.objects.get_or_create(kind=Letter.Kind.RECEIPT, donation=donation, defaults={"to": to})
    if new:
        jobs.enqueue("donations.send_letter", letter=letter.pk)
    return letter


def deliver(letter_id: int) -> bool:
    """Send one letter, outside any transaction; False if it is sent already or somebody is sending it.

    The letter is claimed first, so that two workers never send it twice. When the mail server refuses, the claim
    is given back and the error raised, for the job to be tried again.
    """
    now = timezone.now()
    free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=now - LEASE)
    if not Letter.objects.filter(free, pk=letter_id, sent_at__isnull=True).update(claimed_at=now):
        return False
    letter = Letter.objects.select_related("donation__fund", "donation__appeal", "donation__purpose").get(pk=letter_id)
    try:
        mail.send(
            f"donations/letters/{letter.kind}",
            to=letter.to,
            # The same letter always bears the same number, so that a second copy can be recognised.
            number=f"{letter.kind}-{letter.donation.reference}",
            donation=letter.donation,
            donor_name=letter.donation.donor_name,
            charity=charity.current(),
            site=settings.BASE_URL,
        )
    except Exception:
        Letter.objects.filter(pk=letter_id).update(claimed_at=None)
        raise
    Letter.objects.filter(pk=letter_id).update(sent_at=timezone.now())
    return True
