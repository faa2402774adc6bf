"""Telling those who look after pages that a review is due."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from almoner.accounts.models import User
from almoner.kit import jobs, mail
from content import reviews
from content.models.reminder import MARKS, ReviewReminder
from donations import charity


@transaction.atomic
def remind(*, today: date) -> int:
    """Write to whoever looks after a page whose review is due within 90 or 30 days, or has come. How many letters.

    Nobody is told twice of the same day at the same mark, however often this is done; of marks that have passed
    unseen only the last is told.
    """
    due = reviews.queue().filter(live=True, its_next_review_on__lte=today + timedelta(days=max(MARKS)))
    written = 0
    for page in due:
        left = (page.its_next_review_on - today).days
        mark = min(each for each in MARKS if left <= each)
        for person in who_looks_after(page):
            reminder, new = ReviewReminder.objects.get_or_create(
                page_id=page.pk, to=person, due_on=page.its_next_review_on, mark=mark
            )
            if new:
                jobs.enqueue("content.send_review_reminder", reminder=reminder.pk)
                written += 1
    return written


def who_looks_after(page: Any) -> Iterable[User]:
    """The keeper of a page, else whoever made it; all who may publish pages where neither can be reached."""
    reachable = User.objects.filter(is_active=True, is_system=False).exclude(email="")
    for number in (page.its_keeper, page.owner_id):
        found = list(reachable.filter(pk=number)) if number else []
        if found:
            return found
    return list(reachable.filter(groups__page_permissions__permission__codename="publish_page").distinct())


def send(*, reminder_id: int) -> bool:
    """Send one reminder, outside any transaction; False if it is sent already. Raises what the mail server says."""
    reminder = ReviewReminder.objects.select_related("page", "to").get(pk=reminder_id)
    if reminder.sent_at is not None:
        return False
    mail.send(
        "content/letters/review_due",
        to=reminder.to.email,
        number=f"review-{reminder.pk}",  # a letter sent twice, after a crash, is recognisably the same one
        reminder=reminder,
        page=reminder.page,
        is_overdue=reminder.due_on < timezone.localdate(),
        edit=f"{settings.BASE_URL}{reverse('wagtailadmin_pages:edit', args=[reminder.page_id])}",
        queue=f"{settings.BASE_URL}{reverse('content_reviews:queue')}",
        charity=charity.current(),
    )
    ReviewReminder.objects.filter(pk=reminder.pk).update(sent_at=timezone.now())
    return True
