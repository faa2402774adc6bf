"""The day under which the books take what happened at Stripe."""

from datetime import date, datetime

from django.utils import timezone

from donations.ledger.models import Seal


def day_it_happened(moment: datetime) -> date:
    """The day by the charity's calendar; today where Stripe's clock is ahead of ours."""
    return min(timezone.localdate(moment), timezone.localdate())


def day_in_the_books(moment: datetime) -> date:
    """The same, or today where that month is sealed: what comes to light late is a fact all the same."""
    day, today = day_it_happened(moment), timezone.localdate()
    return today if day == today or Seal.objects.filter(month__gte=day.replace(day=1)).exists() else day
