"""The jobs of content. Each can run twice without harm."""

from django.utils import timezone
from procrastinate.contrib.django import app

from almoner.kit.jobs import GROWING_DELAY
from content.actions import consenting, reminding


@app.periodic(cron="* * * * *")
@app.task(name="content.take_down_what_has_ended", queueing_lock="take_down_what_has_ended")
def take_down_what_has_ended(timestamp: int) -> None:
    """Every minute: what is still up though its consent has ended comes down."""
    consenting.take_down_what_has_ended()


@app.periodic(cron="0 8 * * *")
@app.task(name="content.write_ending_reminders", queueing_lock="write_ending_reminders")
def write_ending_reminders(timestamp: int) -> None:
    """Every morning: whoever looks after something that ends is told 90 and 30 days before, and on the day."""
    reminding.write_reminders(today=timezone.localdate())


@app.task(name="content.send_ending_reminder", retry=GROWING_DELAY)
def send_ending_reminder(reminder: int) -> None:
    """Send one reminder."""
    reminding.send(reminder_id=reminder)
