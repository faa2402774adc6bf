"""The jobs of content. Each can run twice without harm, and is tried again with growing delay."""

from django.utils import timezone
from procrastinate.contrib.django import app

from almoner.kit.jobs import GROWING_DELAY
from content.actions import reviewing


@app.periodic(cron="30 8 * * *")
@app.task(name="content.remind_of_reviews", queueing_lock="remind_of_reviews")
def remind_of_reviews(timestamp: int) -> None:
    """Every morning: whoever looks after a page is told that its review is due."""
    reviewing.remind(today=timezone.localdate())


@app.task(name="content.send_review_reminder", retry=GROWING_DELAY)
def send_review_reminder(reminder: int) -> None:
    """Send one letter about a review."""
    reviewing.send(reminder_id=reminder)
