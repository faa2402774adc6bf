"""Many at the same moment: a measure holds what it holds, a ticket opens once, and nobody waits for ever."""

from collections import Counter
from functools import partial

import pytest

from donations import defence
from donations.defence.door import Verdict
from tests.donations.defence.trying import after, comes, declined
from tests.grants.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
HOME = "198.51.100.1"


def verdicts(answers) -> Counter:
    """How many of each."""
    return Counter(answer.verdict for answer in answers)


def test_fifty_at_once_from_one_address():
    tries = [partial(comes, HOME, f"donor{number}@example.org", at=1) for number in range(50)]
    assert verdicts(at_once(tries)) == {Verdict.LET_IN: 15, Verdict.ASKED: 35}
    (minute,) = defence.watched(at=after(30)).minutes
    assert (minute.let_in, minute.asked) == (15, 35)


def test_one_form_sent_forty_times_at_once_is_one_try():
    answers = at_once([partial(comes, HOME, "ada@example.org", at=1, gift="the form")] * 40)
    assert verdicts(answers) == {Verdict.LET_IN: 1, Verdict.AGAIN: 39}


def test_a_form_that_is_held_back_is_held_back_however_often_it_is_sent_at_once():
    for number in range(5):
        comes(f"198.51.100.{number}", "ada@example.org", at=0)
    answers = at_once([partial(comes, HOME, "ada@example.org", at=1, gift="the form")] * 30)
    assert verdicts(answers) == {Verdict.SLOWED: 30}


def test_one_ticket_used_thirty_times_at_once_opens_once():
    for number in range(16):
        comes(HOME, f"donor{number}@example.org", at=0)
    answers = at_once(
        [partial(comes, HOME, f"w{number}@example.org", at=1, answer="worked", ticket="one") for number in range(30)]
    )
    assert verdicts(answers) == {Verdict.LET_IN: 1, Verdict.ASKED: 29}


def test_everybody_and_everything_at_once_never_meets_in_a_ring():
    def live(number: int) -> str:
        for step in range(20):
            place, who = f"198.51.100.{(number + step) % 4}", f"donor{(number * step) % 7}@example.org"
            comes(place, who, at=step, answer="worked", ticket=f"{number}-{step}", gift=f"{number}-{step % 3}")
            declined(who, f"card{(number + step) % 9}", at=step, attempt=f"{number}-{step}")
        return "done"

    assert at_once([partial(live, number) for number in range(20)]) == ["done"] * 20
    assert defence.watched(at=after(59)).declines == 400
