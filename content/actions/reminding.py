"""Telling those who look after them that a permission, a consent or an accreditation is about to end.

Each is told 90 and 30 days before, and on the day; whoever was not there to be told at 90 is told at the next look.
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
from content.models import Accreditation, ConsentRecord, EndingReminder, Endorsement
from donations import charity

BEFORE = (0, 30, 90)  # days


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


@transaction.atomic
def write_reminders(*, today: date) -> int:
    """Write to whoever looks after what ends; each threshold once. How many were written."""
    written = 0
    for ending in endings(until=today + timedelta(days=max(BEFORE)), since=today):
        if ending.owner is None or not ending.owner.email or not ending.owner.is_active:
            continue
        threshold = min(days for days in BEFORE if ending.days_left(today) <= days)
        about = f"{ending.kind}:{ending.pk}:{ending.ends_on}:{threshold}"
        facts = {
            "what": ending.what, "ends_on": f"{ending.ends_on:%-d %B %Y}", "days": ending.days_left(today),
            "address": f"{settings.BASE_URL}{ending.address}",
        }  # fmt: skip
        reminder, new = EndingReminder.objects.get_or_create(
            about=about, defaults={"to": ending.owner.email, "facts": facts}
        )
        if new:
            jobs.enqueue("content.send_ending_reminder", reminder=reminder.pk)
            written += 1
    return written


def send(*, reminder_id: int) -> bool:
    """Send one reminder; False if it is sent already. Raises what the mail server says, to be tried again."""
    reminder = EndingReminder.objects.get(pk=reminder_id)
    if reminder.sent_at is not None:
        return False
    told = {"charity": charity.current(), **reminder.facts}
    mail.send("content/letters/ends", to=reminder.to, number=f"reminder-{reminder.pk}", **told)
    EndingReminder.objects.filter(pk=reminder_id).update(sent_at=timezone.now())
    return True
