"""Telling those who look after them that a day comes: a review is due, a permission, consent or accreditation ends.

How many days before, the settings of reviews say; whoever was not there to be told at 90 is told at the next look.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from almoner.accounts.models import User
from almoner.kit import jobs, mail
from content.actions import reviewing
from content.actions.telling import Coming, in_words
from content.models import Accreditation, ConsentRecord, Endorsement, Reminder, ReviewSettings
from donations import charity

LETTERS = {"page": "content/letters/review_due"}  # by what it is about; all others:
ENDS = "content/letters/ends"
LATE = timedelta(days=1)  # a letter that has not left by then is asked for again


@dataclass(frozen=True)
class Ending:
    """Something that ends on a day."""

    kind: str
    pk: int
    what: str
    ends_on: date
    owner: User | None
    address: str

    def days_left(self, today: date) -> int:
        """0 on its last day, less from the day after."""
        return (self.ends_on - today).days


def endings(*, until: date, since: date | None = None) -> list[Ending]:
    """Whatever ends up to that day and is public, or was until it ended; the soonest first."""
    found = [*_permissions(until), *_consents(until), *_accreditations(until)]
    return sorted((each for each in found if since is None or each.ends_on >= since), key=lambda each: each.ends_on)


def _permissions(until: date) -> Iterator[Ending]:
    shown = Endorsement.objects.filter(live=True, permission_expires_on__lte=until)
    for each in shown.select_related("owner", "person", "organisation"):
        assert each.permission_expires_on
        yield _ending("endorsement", each, f"Permission to quote {each.speaker}", each.permission_expires_on)


def _consents(until: date) -> Iterator[Ending]:
    kept = ConsentRecord.objects.filter(withdrawn_at__isnull=True, expires_on__lte=until).select_related("owner")
    for each in kept:
        assert each.expires_on
        yield _ending("consentrecord", each, f"Consent of {each.name}", each.expires_on)


def _accreditations(until: date) -> Iterator[Ending]:
    for each in Accreditation.objects.filter(live=True, ends_on__lte=until).select_related("owner", "body"):
        assert each.ends_on
        yield _ending("accreditation", each, f"Accreditation: {each}", each.ends_on)


def _ending(kind: str, thing: Any, what: str, ends_on: date) -> Ending:
    address = reverse(f"wagtailsnippets_content_{kind}:edit", args=[thing.pk])
    return Ending(kind, thing.pk, what, ends_on, thing.owner, address)


def _coming(today: date, until: date) -> Iterator[Coming]:
    """All that has a day up to then and somebody who may be told; what has ended already is in the report."""
    yield from reviewing.coming(until=until)
    for ending in endings(until=until, since=today):
        owner = ending.owner
        if owner is not None and owner.email and owner.is_active:
            facts = {
                "what": ending.what, "ends_on": in_words(ending.ends_on), "days": ending.days_left(today),
                "address": f"{settings.BASE_URL}{ending.address}",
            }  # fmt: skip
            yield Coming(f"{ending.kind}:{ending.pk}", ending.ends_on, [owner.email], facts)


@transaction.atomic
def remind(*, today: date) -> int:
    """Write to whoever looks after what comes; how many letters that are.

    Nobody is told twice of the same day at the same mark, however often this is done; of marks that have passed
    unseen only the last is told. What was written before and never left is sent on its way again.
    """
    decided, written = ReviewSettings.ours(), 0
    for late in Reminder.objects.filter(sent_at__isnull=True, written_at__lt=timezone.now() - LATE):
        jobs.enqueue("content.send_reminder", reminder=late.pk)
    for coming in _coming(today, today + timedelta(days=decided.coming)):
        mark = decided.mark_of(coming.days_left(today))
        for address in coming.to:
            reminder, new = Reminder.objects.get_or_create(
                about=coming.about, to=address, due_on=coming.day, mark=mark, defaults={"facts": coming.facts}
            )
            if new:
                jobs.enqueue("content.send_reminder", reminder=reminder.pk)
                written += 1
    return written


def send(*, reminder_id: int) -> bool:
    """Send one letter, outside any transaction; False if it is sent already. Raises what the mail server says."""
    reminder = Reminder.objects.get(pk=reminder_id)
    if reminder.sent_at is not None:
        return False
    told = {"charity": charity.current(), "is_overdue": reminder.due_on < timezone.localdate(), **reminder.facts}
    letter = LETTERS.get(reminder.about.partition(":")[0], ENDS)
    # A letter sent twice, after a crash, is recognisably the same one.
    mail.send(letter, to=reminder.to, number=f"reminder-{reminder.pk}", **told)
    Reminder.objects.filter(pk=reminder_id).update(sent_at=timezone.now())
    return True
