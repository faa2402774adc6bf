"""The jobs of giving. Each can run twice without harm, and is tried again with growing delay."""

from django.utils import timezone
from procrastinate.contrib.django import app

from almoner.accounts.models import User, system_user
from almoner.kit.jobs import GROWING_DELAY
from donations import defence, letters, outbox
from donations.actions import (
    correcting,
    drafting,
    looking_after,
    obeying,
    opening,
    purging,
    refunding,
    renewing,
    sending,
)


@app.task(name="donations.obey_what_waits", queueing_lock="obey_what_waits")
def obey_what_waits() -> None:
    """Obey all that Stripe has told anew. It is asked for again by whatever comes, and every minute while any waits."""
    obeying.obey_what_waits()


@app.task(name="donations.obey_event", retry=GROWING_DELAY, priority=1)
def obey_event(event: int) -> None:
    """Obey one event of Stripe's that could not be obeyed at once."""
    obeying.obey(event_id=event)


@app.task(name="donations.send_what_waits", queueing_lock="send_what_waits", lock="send_what_waits")
def send_what_waits() -> None:
    """Send the letters of the outbox. Whatever is written asks for it, and every minute what still waits."""
    sending.send_what_waits()


@app.task(name="donations.send_letter", retry=GROWING_DELAY, priority=1)
def send_letter(letter: int) -> None:
    """Send one letter: somebody waits for it before a screen, or it could not be sent at once."""
    outbox.deliver(letter)


@app.task(name="donations.answer_asking_for_a_key", retry=GROWING_DELAY)
def answer_asking_for_a_key(asking: int) -> None:
    """Write the letter with a key to the donor's page, where the address is a donor's."""
    opening.answer(asking_id=asking)


@app.task(name="donations.send_refund", retry=GROWING_DELAY)
def send_refund(refund: int) -> None:
    """Ask Stripe for one refund."""
    refunding.send(refund_id=refund, by=system_user("stripe"))


@app.task(name="donations.carry_out_change", retry=GROWING_DELAY)
def carry_out_change(change: int) -> None:
    """Ask Stripe for one change of a regular gift."""
    renewing.carry_out(change_id=change)


@app.task(name="donations.tell_stripe_the_address", retry=GROWING_DELAY)
def tell_stripe_the_address(correction: int) -> None:
    """Tell Stripe where its letters to a donor go from now on."""
    correcting.tell_stripe(correction_id=correction)


@app.periodic(cron="* * * * *")
@app.task(name="donations.take_up_what_was_left", queueing_lock="take_up_what_was_left", priority=2)
def take_up_what_was_left(timestamp: int) -> None:
    """Every minute, before all else: what a worker that died had claimed is given to another."""
    looking_after.take_up_what_was_left()


@app.periodic(cron="*/5 * * * *")
@app.task(name="donations.give_back_what_was_left", queueing_lock="give_back_what_was_left")
def give_back_what_was_left(timestamp: int) -> None:
    """Every five minutes: what is held of a match for donors who left goes back."""
    looking_after.give_back_what_was_left()


@app.periodic(cron="*/10 * * * *")
@app.task(name="donations.forget_sightings", queueing_lock="forget_sightings")
def forget_sightings(timestamp: int) -> None:
    """Every ten minutes: what the defence has seen and needs no longer is forgotten."""
    defence.forget(at=timezone.now())


@app.periodic(cron="30 5 * * *")
@app.task(name="donations.reconcile", queueing_lock="reconcile", retry=GROWING_DELAY)
def reconcile(timestamp: int, by: int | None = None) -> None:
    """Every morning, and when somebody asks: the books compared with Stripe; Finance hears when something is off."""
    looking_after.compare_and_tell(by=User.objects.filter(pk=by).first() if by else None)


@app.periodic(cron="0 9 * * *")
@app.task(name="donations.tell_of_expiring_cards", queueing_lock="tell_of_expiring_cards")
def tell_of_expiring_cards(timestamp: int) -> None:
    """Every day: donors whose card ends within a month are told, once for each card."""
    looking_after.tell_of_expiring_cards()


@app.periodic(cron="5 9 * * *")
@app.task(name="donations.tell_of_tributes", queueing_lock="tell_of_tributes")
def tell_of_tributes(timestamp: int) -> None:
    """Every day: those whom a donor named are told of a gift whose day has come, once for each gift."""
    looking_after.tell_of_tributes()


@app.task(name="donations.write_statements", queueing_lock="write_statements", retry=GROWING_DELAY)
def write_statements(year_ending: int) -> None:
    """Write the statements of a tax year, one for each donor however often it is asked for."""
    letters.send_statements(year_ending)


@app.periodic(cron="20 3 * * *")
@app.task(name="donations.remove_old_imports", queueing_lock="remove_old_imports")
def remove_old_imports(timestamp: int) -> None:
    """Every night: the files of imports older than 30 days go."""
    purging.remove_old_imports()


@app.periodic(cron="40 * * * *")
@app.task(name="donations.remove_old_drafts", queueing_lock="remove_old_drafts")
def remove_old_drafts(timestamp: int) -> None:
    """Every hour: what was typed and never sent goes after a day."""
    drafting.remove_old()


@app.periodic(cron="25 3 * * *")
@app.task(name="donations.remove_old_keys", queueing_lock="remove_old_keys")
def remove_old_keys(timestamp: int) -> None:
    """Every night: what was kept to count who asked for a key goes; keys and unproved addresses of a month before."""
    purging.remove_old_keys()
