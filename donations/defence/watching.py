"""What staff see of the defence, minute by minute; and forgetting. Nobody is named."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection

from donations.models import Sighting, WatchedMinute

KEPT = timedelta(days=7)


@dataclass(frozen=True)
class Watch:
    """The door as it stands: whether everybody is challenged, what that rests on, and the minutes with any traffic."""

    alarm: bool
    tries: int
    declines: int
    minutes: Sequence[WatchedMinute]

    @property
    def percent(self) -> int:
        """Of the tries lately, how many were declined."""
        return min(100, round(self.declines * 100 / self.tries)) if self.tries else 0

    @property
    def held_back(self) -> int:
        """How many tries of these minutes were not let in."""
        return sum(each.slowed + each.stopped + each.asked + each.alarmed + each.waiting for each in self.minutes)


_ALARM = "SELECT is_on, tries, declined FROM donations_alarm(%s, %s, %s, %s)"


def watched(*, at: datetime, lately: timedelta = timedelta(hours=1)) -> Watch:
    """What has happened lately."""
    asked: list[Any] = [at, timedelta(minutes=settings.DEFENCE_ALARM_MINUTES), settings.DEFENCE_ALARM_DECLINES]
    with connection.cursor() as cursor:
        cursor.execute(_ALARM, [*asked, settings.DEFENCE_ALARM_PERCENT / 100])
        alarm, tries, declines = cursor.fetchone()
    minutes = WatchedMinute.objects.filter(minute__gt=at - lately, minute__lte=at)
    return Watch(alarm, int(tries), int(declines), list(minutes))


def forget(*, at: datetime) -> int:
    """Remove what says nothing any more. How many rows."""
    gone, _ = Sighting.objects.filter(purge_at__lte=at).delete()
    old, _ = WatchedMinute.objects.filter(minute__lt=at - KEPT).delete()
    return gone + old
