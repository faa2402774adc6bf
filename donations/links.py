"""Links that letters carry: signed, so that each opens one thing for whoever holds it, and nothing else."""

import secrets
from datetime import timedelta

from django.core import signing
from django.urls import reverse

from donations.models import Correction, Donor, DonorKey, Letter, RegularGift
from donations.models.donor_key import digest_of

MEND = signing.TimestampSigner(salt="donations.mend")
MEND_FOR = timedelta(days=60)  # longer than Stripe tries
# Without a time in it: a refusal must be taken however old the letter is. It names the letter and no address, because
# addresses of pages end up in logs.
UNSUBSCRIBE = signing.Signer(salt="donations.unsubscribe")
CONFIRM = signing.TimestampSigner(salt="donations.confirm")
CONFIRM_FOR = timedelta(days=1)
# What staff are shown in their place: a signed link is the donor's alone.
MEND_SHOWN = "/donate/mend/the-donors-own-link/"
UNSUBSCRIBE_SHOWN = "/unsubscribe/the-readers-own-link/"
CONFIRM_SHOWN = "/giving/confirm/the-readers-own-link/"


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


def unsubscribe(letter: Letter) -> str:
    """The address at which whoever got this letter says that they want no news and no appeals."""
    return reverse("donations:unsubscribe", args=[UNSUBSCRIBE.sign(str(letter.pk))])


def letter_to_unsubscribe_from(signed: str) -> Letter | None:
    """The letter of such a link; None where it is forged."""
    try:
        number = int(UNSUBSCRIBE.unsign(signed))
    except (signing.BadSignature, ValueError):
        return None
    return (
        Letter.objects.select_related("donation", "payment__pledge", "regular_gift", "declaration")
        .filter(pk=number)
        .first()
    )


def confirm_address(correction: int) -> str:
    """The address at which whoever reads the mail of a new address confirms it."""
    return reverse("donations:own_confirm", args=[CONFIRM.sign(str(correction))])


def address_to_confirm(signed: str) -> Correction | None:
    """The correction of such a link. None where it is forged or too old, was used, or where another was asked for."""
    try:
        number = int(CONFIRM.unsign(signed, max_age=CONFIRM_FOR))
    except (signing.BadSignature, ValueError):
        return None
    asked = Correction.objects.filter(pk=number, done_at__isnull=True).select_related("donor").first()
    later = Correction.objects.filter(donor=asked.donor, pk__gt=number, after__has_key="email") if asked else None
    return None if later is None or later.exists() else asked


def new_key(donor: Donor) -> str:
    """Make a key to the donor's own page; the address at which it opens, once, within ten minutes.

    It is random, and only its digest is kept: a signed one would open for whoever reads the secret, and could not be
    used up without a row. It is made as its letter leaves, so that it is fresh however long the letter waited.
    """
    key = secrets.token_urlsafe(32)
    DonorKey.objects.create(donor=donor, digest=digest_of(key))
    return reverse("donations:own_key", args=[key])
