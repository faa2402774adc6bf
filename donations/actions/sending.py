"""Sending what waits in the outbox: letter after letter, in the order of their writing, by one worker at a time.

A receipt can wait a little, and a gift that is not yet in the books cannot: letters give way to what Stripe has told.
"""

import logging
import time
from datetime import timedelta

from django.utils import timezone

from almoner.kit import jobs
from donations import outbox
from donations.actions import obeying

log = logging.getLogger(__name__)

TURN = 3  # seconds; then a worker that was told to stop can stop
GIVES_WAY_FOR = timedelta(minutes=5)  # then a letter leaves, however much is told
A_MOMENT = 0.2
AGAIN_AFTER = timedelta(seconds=3)


def send_what_waits() -> int:
    """Send letters until none is left or the job's turn is over. How many left.

    A letter that cannot be sent gets a job of its own, which tries it again; the next is sent all the same.
    """
    sent, over = 0, time.monotonic() + TURN
    while next_one := outbox.waiting().order_by("pk").values_list("pk", "written_at").first():
        if time.monotonic() > over:
            outbox.have_them_sent()
            break
        letter, written_at = next_one
        if written_at > timezone.now() - GIVES_WAY_FOR and obeying.new().exists():
            time.sleep(A_MOMENT)
            continue
        sent += _send(letter)
    return sent


def _send(letter: int) -> bool:
    try:
        return outbox.deliver(letter)
    except Exception as problem:  # whatever it is, the next letter may be well
        log.warning("Letter %s could not be sent: %s", letter, type(problem).__name__)
        jobs.enqueue_later("donations.send_letter", AGAIN_AFTER, letter=letter)
        return False
