"""Links that letters carry: signed, so that each opens one thing for whoever holds it, and nothing else."""

from datetime import timedelta

from django.core import signing
from django.urls import reverse

from donations.models import RegularGift

MEND = signing.TimestampSigner(salt="donations.mend")
MEND_FOR = timedelta(days=60)  # longer than Stripe tries


def mend(gift: RegularGift) -> str:
    """The address at which the donor of a regular gift names another card or account, with one click."""
    return reverse("donations:mend", args=[MEND.sign(gift.reference)])


def gift_to_mend(signed: str) -> RegularGift | None:
    """The regular gift of such a link; None where it is forged or too old."""
    try:
        reference = MEND.unsign(signed, max_age=MEND_FOR)
    except signing.BadSignature:
        return None
    return RegularGift.objects.living().filter(reference=reference).first()
