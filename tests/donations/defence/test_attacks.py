"""Two thousand tries, from one address and from five hundred: stopped within twenty, while others give."""

import random
from itertools import count

import pytest

from donations import defence
from donations.defence.door import Verdict
from tests.donations.defence.trying import Bot, after, comes, declined, paid

pytestmark = pytest.mark.django_db
TRIES = 2_000
_tickets = count()


def gives(address: str, email: str, *, at: float) -> bool:
    """A donor sends the form, and does what is asked where something is; the card is good."""
    judgement = comes(address, email, at=at)
    if judgement.verdict in (Verdict.ASKED, Verdict.ALARMED):
        judgement = comes(address, email, at=at + 5, answer="worked", ticket=f"ticket{next(_tickets)}")
    paid(email, at=at + 30)
    return judgement.may_go_on


@pytest.mark.parametrize("apart", [0.05, 0.3, 1.8])  # all in two minutes, in ten, in an hour
def test_two_thousand_tries_from_one_address(apart):
    bot, given = Bot(), []
    for number in range(TRIES):
        bot.tries("203.0.113.7", number=number, at=number * apart)
        if number % 100 == 50:
            given.append(gives(f"198.51.100.{number // 100}", f"ada{number}@example.org", at=number * apart))
    assert bot.reached_stripe <= 20
    assert all(given)
    assert len(given) == 20


@pytest.mark.parametrize("apart", [0.05, 0.3, 1.8])
def test_two_thousand_tries_from_five_hundred_addresses_with_new_cards(apart):
    bot, given = Bot(told_late=5), []
    for number in range(TRIES):
        bot.tries(f"2001:db8:{number % 500:x}::", number=number, at=number * apart)
        if number % 100 == 50:
            given.append(gives(f"198.51.100.{number // 100}", f"ada{number}@example.org", at=number * apart))
    assert bot.reached_stripe <= 20
    assert all(given)


def test_from_one_address_even_where_stripes_news_does_not_come():
    bot = Bot(is_told=False)
    for number in range(TRIES):
        bot.tries("203.0.113.7", number=number, at=number * 0.3)
    assert bot.reached_stripe <= 20


def test_one_donors_name_with_card_after_card():
    let_in = sum(
        comes(f"198.51.100.{number % 200}", "ada@example.org", at=number * 0.3).may_go_on
        and not declined("ada@example.org", f"card{number}", at=number * 0.3)
        for number in range(TRIES)
    )
    assert let_in <= 6


def test_the_alarm_is_said_in_the_log_and_ends_by_itself(caplog):
    bot = Bot(told_late=0)
    for number in range(100):
        bot.tries(f"2001:db8:{number:x}::", number=number, at=number)
    assert defence.watched(at=after(100)).alarm
    assert comes("198.51.100.1", "ada@example.org", at=100).verdict == Verdict.ALARMED
    assert 1 <= caplog.text.count("every donor is challenged") <= 3, "once a minute"
    assert not defence.watched(at=after(100 + 11 * 60)).alarm
    assert comes("198.51.100.1", "ada@example.org", at=100 + 11 * 60).verdict == Verdict.LET_IN


def test_a_giving_day_meets_no_layer():
    """Three hundred donors in ten minutes, twenty of them in one office; one card in twelve is declined at first."""
    chance = random.Random(27)
    places = ["203.0.113.200"] * 20 + [f"198.51.100.{number % 230}" for number in range(230)] + ["2001:db8:1::"] * 2
    places += [f"192.0.2.{number}" for number in range(48)]
    moments = sorted(chance.uniform(0, 600) for _ in places)
    chance.shuffle(places)
    for number, (place, moment) in enumerate(zip(places, moments, strict=True)):
        email = f"donor{number}@example.org"
        assert comes(place, email, at=moment).verdict == Verdict.LET_IN, (number, place)
        if number % 12 == 0:
            assert not declined(email, f"card{number}", at=moment + 20)
        paid(f"card{number}", at=moment + 40)
    seen = defence.watched(at=after(600 + 59))
    assert (len(places), sum(each.let_in for each in seen.minutes)) == (300, 300)
    assert (seen.alarm, seen.held_back, sum(each.declines for each in seen.minutes)) == (False, 0, 25)
