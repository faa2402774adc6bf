"""The door of the donor's page: a key is asked for by email, comes in a letter, and opens once.

Whether an address is known here is never told: asking does the same work and gives the same answer for every
address, and what differs is done by a job.
"""

from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet, Value
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac

from almoner.kit import jobs
from donations import letters
from donations.models import Donor, DonorKey, KeyAsking
from donations.models.donor_key import KEY_LASTS, digest_of

COUNTED_BY_PLACE, COUNTED_BY_ADDRESS = 41_001, 41_002  # numbers of our locks, always taken in this order


@transaction.atomic
def ask(*, email: str, place: str) -> bool:
    """Ask for a key to the page of this address, from this place. False beyond a limit: the page says the same.

    A place that is not known is not counted. Both are counted by digests made with the site's secret, and the address
    itself is forgotten with the answer.
    """
    asked = {"address": _digest(email.strip().lower()), "place": _digest(place) if place else ""}
    _one_at_a_time(COUNTED_BY_PLACE, asked["place"])
    _one_at_a_time(COUNTED_BY_ADDRESS, asked["address"])
    for_it = _lately(settings.KEYS_FOR_AN_ADDRESS_MINUTES).filter(address=asked["address"]).count()
    from_there = _lately(settings.KEYS_FROM_A_PLACE_MINUTES).filter(place=asked["place"]).exclude(place="").count()
    if for_it >= settings.KEYS_FOR_AN_ADDRESS or from_there >= settings.KEYS_FROM_A_PLACE:
        return False
    asking = KeyAsking.objects.create(email=email.strip(), **asked)
    jobs.enqueue("donations.answer_asking_for_a_key", asking=asking.pk)
    return True


@transaction.atomic
def answer(*, asking_id: int) -> bool:
    """Write the letter with the key, if the address is a donor's; then forget the address. Whether one was written."""
    asking = KeyAsking.objects.select_for_update().filter(pk=asking_id).exclude(email="").first()
    if asking is None:
        return False
    donor = donor_known_by(asking.email)
    written = donor is not None and letters.send_a_key(donor, asking=asking.pk)
    asking.email = ""
    asking.save(update_fields=["email"])
    return written


def donor_known_by(email: str) -> Donor | None:
    """The donor with this address, in large letters or small."""
    known = Donor.objects.exclude(email="").alias(plain=Lower("email"))
    return known.filter(plain=Lower(Value(email))).first()


def fits(*, key: str) -> bool:
    """Whether a key would open. Looking uses nothing up, since mail programs look at links too."""
    return _keys_that_open().filter(digest=digest_of(key)).exists()


def use(*, key: str) -> Donor | None:
    """Use a key up; the donor whose page it opens. None where it is forged, too old, or used: even a moment ago."""
    digest = digest_of(key)
    if not _keys_that_open().filter(digest=digest).update(used_at=timezone.now()):
        return None
    return DonorKey.objects.select_related("donor").get(digest=digest).donor


def _keys_that_open() -> "QuerySet[DonorKey]":
    return DonorKey.objects.filter(used_at__isnull=True, made_at__gt=timezone.now() - KEY_LASTS)


def _lately(minutes: int) -> "QuerySet[KeyAsking]":
    return KeyAsking.objects.filter(asked_at__gt=timezone.now() - timedelta(minutes=minutes))


def _digest(text: str) -> str:
    return salted_hmac("donations.opening", text, algorithm="sha256").hexdigest()


def _one_at_a_time(counted_by: int, digest: str) -> None:
    """Until the transaction ends, nobody else counts what we count: twenty at once pass no limit of three."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [counted_by, digest])
