"""The jobs of content. Each can run twice without harm."""

from procrastinate.contrib.django import app

from content import drawing
from content.finding import counting, learning
from content.models.forms import purge_old_messages


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
