"""The jobs of giving. Each can run twice without harm, and is tried again with growing delay."""

from procrastinate.contrib.django import app

from almoner.kit.jobs import GROWING_DELAY
from donations import letters
from donations.actions import obeying, purging


@app.task(name="donations.obey_event", retry=GROWING_DELAY)
def obey_event(event: int) -> None:
    """Obey one event of Stripe's."""
    obeying.obey(event_id=event)


@app.task(name="donations.send_letter", retry=GROWING_DELAY)
def send_letter(letter: int) -> None:
    """Send one letter."""
    letters.deliver(letter)


@app.periodic(cron="20 3 * * *")
@app.task(name="donations.remove_old_imports", queueing_lock="remove_old_imports")
def remove_old_imports(timestamp: int) -> None:
    """Every night: the files of imports older than 30 days go."""
    purging.remove_old_imports()
