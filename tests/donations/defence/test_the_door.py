"""Each layer by itself: what it counts, what it asks, and that there is always a way on."""

from datetime import timedelta

import pytest
from django.db import DatabaseError

from donations import defence
from donations.defence import visitors
from donations.defence.door import Verdict
from donations.models import Sighting
from tests.donations.defence.trying import after, comes, declined, paid

pytestmark = pytest.mark.django_db
HOME = "198.51.100.1"


# ---- one address


def test_from_one_address_fifteen_go_on_and_the_next_is_asked():
    verdicts = [comes(HOME, f"donor{number}@example.org", at=number * 0.1).verdict for number in range(17)]
    assert verdicts == [Verdict.LET_IN] * 15 + [Verdict.ASKED] * 2


def test_whoever_did_the_work_goes_on_once_for_each_ticket():
    for number in range(16):
        comes(HOME, f"donor{number}@example.org", at=0)
    worked = {"answer": "worked", "ticket": "t1"}
    assert comes(HOME, "ada@example.org", at=5, **worked).verdict == Verdict.LET_IN
    assert comes(HOME, "ben@example.org", at=6, **worked).verdict == Verdict.ASKED


def test_an_address_that_is_left_alone_is_free_again():
    for number in range(40):
        comes(HOME, f"donor{number}@example.org", at=number)
    assert comes(HOME, "ada@example.org", at=40 + 45).verdict == Verdict.LET_IN


def test_from_one_address_work_opens_the_door_ten_times_then_once_a_minute():
    for number in range(16):
        comes(HOME, f"donor{number}@example.org", at=0)
    verdicts = [
        comes(HOME, f"worker{number}@example.org", at=1, answer="worked", ticket=f"t{number}") for number in range(12)
    ]
    assert [each.verdict for each in verdicts] == [Verdict.LET_IN] * 10 + [Verdict.WAITING] * 2
    assert verdicts[-1].room_at == after(1 + 60)
    later = comes(HOME, "worker11@example.org", at=62, answer="worked", ticket="t11")
    assert later.verdict == Verdict.LET_IN, "a ticket that met no room is not spent"


def test_waiting_opens_the_door_three_times_for_one_address_and_ten_times_for_all():
    def waits(place: str, number: int) -> Verdict:
        return comes(place, f"w{place}{number}@example.org", at=1, answer="waited", ticket=f"{place}{number}").verdict

    for place in range(6):
        for number in range(16):
            comes(f"203.0.113.{place}", f"donor{place}-{number}@example.org", at=0)
    assert [waits("203.0.113.0", number) for number in range(4)] == [Verdict.LET_IN] * 3 + [Verdict.WAITING]
    rest = [waits(f"203.0.113.{place}", number) for place in range(1, 5) for number in range(3)]
    assert rest.count(Verdict.LET_IN) == 7


# ---- one donor


def test_a_donor_tries_five_times_then_once_in_half_a_minute():
    verdicts = [comes(f"198.51.100.{number}", "Ada@Example.org", at=0) for number in range(6)]
    assert [each.verdict for each in verdicts] == [Verdict.LET_IN] * 5 + [Verdict.SLOWED]
    assert verdicts[-1].room_at == after(30)
    assert comes(HOME, "ada@example.org", at=29).verdict == Verdict.SLOWED, "trying too early costs nothing more"
    assert comes(HOME, "ada@example.org", at=30).verdict == Verdict.LET_IN


def test_the_same_gift_asked_for_again_is_free_and_counts_nowhere():
    for _ in range(30):
        judged = comes(HOME, "ada@example.org", at=1, gift="the same form")
        assert judged.may_go_on
    assert [each.let_in for each in defence.watched(at=after(30)).minutes] == [1]


def test_a_gift_that_was_held_back_is_not_free_the_next_time():
    for number in range(6):
        comes(f"198.51.100.{number}", "ada@example.org", at=0, gift=f"form {number}")
    for _ in range(3):
        assert comes(HOME, "ada@example.org", at=1, gift="form 6").verdict == Verdict.SLOWED


# ---- cards


def test_the_sixth_new_card_closes_the_page_and_one_is_let_in_each_half_hour():
    comes(HOME, "ada@example.org", at=0)
    closed = [declined("ada@example.org", f"card{number}", at=number) for number in range(6)]
    assert closed == [False] * 5 + [True]
    stopped = comes(HOME, "ada@example.org", at=10)
    assert stopped.verdict == Verdict.STOPPED
    assert after(1790) < stopped.room_at < after(1810)
    assert comes(HOME, "ben@example.org", at=10).verdict == Verdict.STOPPED, "the address has them too"
    assert comes("203.0.113.9", "ben@example.org", at=10).verdict == Verdict.LET_IN
    assert comes(HOME, "ada@example.org", at=1810).verdict == Verdict.LET_IN
    assert declined("ada@example.org", "card7", at=1820)
    assert comes(HOME, "ada@example.org", at=1830).verdict == Verdict.STOPPED


def test_one_card_that_is_declined_again_and_again_is_one_card():
    assert not any(declined("ada@example.org", "card", at=number, attempt=f"try {number}") for number in range(9))


def test_news_that_comes_twice_counts_once():
    for _ in range(20):
        declined("ada@example.org", "card", at=1)
    assert defence.watched(at=after(30)).declines == 1


def test_a_card_that_paid_is_no_new_card_for_two_hours():
    comes(HOME, "ada@example.org", at=0)
    for number in range(9):
        paid(f"card{number}", at=0)
        assert not declined("ada@example.org", f"card{number}", at=60)
    for number in range(6):
        last = declined("ada@example.org", f"card{number}", at=3 * 3600, attempt=f"later {number}")
    assert last


# ---- what is kept, and faults


def test_no_address_email_or_card_stands_in_a_row():
    comes(HOME, "ada@example.org", at=0, gift="£25 Ada Periwinkle")
    declined("ada@example.org", "fingerprint4242", at=1)
    paid("fingerprint1111", at=1)
    kept = " ".join(f"{row.key} {row.note}" for row in Sighting.objects.all())
    assert kept
    assert not any(said in kept for said in (HOME, "ada", "example.org", "4242", "1111", "Ada", "cs_"))


def test_what_says_nothing_any_more_is_forgotten():
    comes(HOME, "ada@example.org", at=0)
    declined("ada@example.org", "card", at=0)
    assert defence.forget(at=after(60)) == 0
    defence.forget(at=after(60) + timedelta(days=8))
    assert not Sighting.objects.exists()
    assert not defence.watched(at=after(60), lately=timedelta(days=9)).minutes


def test_with_a_fault_in_its_own_question_the_form_stays_open_and_no_name_is_logged(monkeypatch, caplog):
    def fails(*asked: object) -> None:
        raise DatabaseError(f"syntax error near {asked}")

    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", fails)
    assert comes(HOME, "ada@example.org", at=0).may_go_on
    assert not declined("ada@example.org", "card", at=0)
    paid("card", at=0)
    assert "the form stays open" in caplog.text
    assert visitors.donor("ada@example.org") not in caplog.text
    assert HOME not in caplog.text
