"""The jobs of content. Each can run twice without harm, and is tried again with growing delay."""

from django.utils import timezone
from procrastinate.contrib.django import app

from almoner.kit.jobs import GROWING_DELAY
from content import drawing
from content.actions import consenting, messaging, reminding
from content.finding import counting, learning
from content.models.change import forget_old_changes
from content.models.forms import purge_old_messages


@app.periodic(cron="0 8 * * *")
@app.task(name="content.remind", queueing_lock="remind")
def remind(timestamp: int) -> None:
    """Every morning: whoever looks after a page, a permission, a consent or an accreditation hears that a day comes."""
    reminding.remind(today=timezone.localdate())


@app.task(name="content.send_reminder", retry=GROWING_DELAY)
def send_reminder(reminder: int) -> None:
    """Send one such letter."""
    reminding.send(reminder_id=reminder)


@app.periodic(cron="* * * * *")
@app.task(name="content.take_down_what_has_ended", queueing_lock="take_down_what_has_ended")
def take_down_what_has_ended(timestamp: int) -> None:
    """Every minute: what is still up though its consent has ended comes down."""
    consenting.take_down_what_has_ended()


@app.task(name="content.tell_of_message", retry=GROWING_DELAY)
def tell_of_message(message: int) -> None:
    """Tell the office that a message waits."""
    messaging.tell(message_id=message)


@app.periodic(cron="35 3 * * *")
@app.task(name="content.forget_what_is_old", queueing_lock="forget_what_is_old")
def forget_what_is_old(timestamp: int) -> None:
    """Every night: messages older than twelve months go, and what was looked for three months ago."""
    purge_old_messages()
    counting.forget()


@app.periodic(cron="*/10 * * * *")
@app.task(name="content.learn_words", queueing_lock="learn_words")
def learn_words(timestamp: int) -> None:
    """Every ten minutes: the words of public pages, if any page has changed."""
    learning.learn_if_changed()


@app.task(name="content.draw_pictures", priority=-10)
def draw_pictures(page: int) -> None:
    """After a page was published: its pictures are drawn in every kind and width, so that no reader waits for them."""
    drawing.draw(page)


@app.periodic(cron="5 * * * *")
@app.task(name="content.forget_old_changes", queueing_lock="forget_old_changes")
def tidy_changes(timestamp: int) -> None:
    """Every hour: which edition pages are of needs no long list of changes."""
    forget_old_changes()
