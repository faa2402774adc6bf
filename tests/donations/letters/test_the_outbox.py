"""The outbox as a queue: one job for all that waits, after the commit, giving way to money that is not in the books."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from almoner.kit import jobs
from donations import letters, outbox
from donations.actions import looking_after, opening, sending
from donations.models import Letter, StripeEvent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_post_box():
    """Nothing waits but what the story writes, and nobody waits long."""
    Letter.objects.update(sent_at=timezone.now())
    mail.outbox.clear()


@pytest.fixture
def two_letters(gift) -> list[Letter]:
    """Two copies of a receipt, not yet sent, to a donor whose address changed between them."""
    Letter.objects.update(sent_at=timezone.now())
    for token, email in (("0" * 32, gift.donor.email), ("1" * 32, "ada.at.sea@example.org")):
        gift.donor.email = email
        gift.donor.save()
        letters.send_receipt_again(gift, token=token)
    return list(outbox.waiting().order_by("pk"))


def waiting() -> list[str]:
    """The names of the jobs that wait, in the order in which they begin."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name FROM procrastinate_jobs WHERE status = 'todo' ORDER BY priority DESC, id")
        return [name for (name,) in cursor.fetchall()]


def an_event_comes() -> StripeEvent:
    """Stripe has told something that nobody has obeyed yet."""
    said = {"event_id": "evt_new", "kind": "charge.succeeded", "livemode": False, "object_id": "ch_1", "payload": {}}
    return StripeEvent.objects.create(**said, created=timezone.now())


def test_however_many_are_written_one_job_is_asked_for_when_they_are_committed(
    gift, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as after:
        letters.send_receipt_again(gift, token="0" * 32)
        letters.send_receipt_again(gift, token="1" * 32)
    assert waiting() == [], "what is not committed is not sent"
    for asked_for in after:
        asked_for()
    assert waiting() == ["donations.send_what_waits"]


def test_all_that_waits_is_sent_in_the_order_of_its_writing(two_letters):
    assert sending.send_what_waits() == 2
    assert [sent.to for sent in mail.outbox] == [[each.to] for each in two_letters]
    assert not outbox.waiting().exists()
    assert sending.send_what_waits() == 0


def test_a_letter_gives_way_to_what_stripe_has_told(two_letters, monkeypatch):
    an_event_comes()
    with monkeypatch.context() as short:
        short.setattr(sending, "TURN", 0.1)
        short.setattr(sending, "A_MOMENT", 0.02)
        assert sending.send_what_waits() == 0
    assert waiting() == ["donations.send_what_waits"], "the next turn looks again"
    StripeEvent.objects.update(handled_at=timezone.now())
    assert sending.send_what_waits() == 2


def test_but_a_letter_that_has_waited_for_five_minutes_leaves_however_much_is_told(two_letters, monkeypatch):
    an_event_comes()
    written = two_letters[0].written_at
    later = written + sending.GIVES_WAY_FOR + timedelta(seconds=1)
    with monkeypatch.context() as clock:
        clock.setattr(timezone, "now", lambda: later)
        assert sending.send_what_waits() == 2


def test_a_turn_that_is_over_leaves_the_rest_to_the_next(two_letters, monkeypatch):
    monkeypatch.setattr(sending, "TURN", -1)
    assert sending.send_what_waits() == 0
    assert waiting() == ["donations.send_what_waits"]


def test_a_letter_that_cannot_be_sent_is_tried_again_by_a_job_of_its_own_and_the_next_leaves(two_letters, monkeypatch):
    first, second = two_letters
    right = outbox.mail.send

    def refuses_the_first(template: str, *, to: str, **more: object) -> None:
        if to == first.to:
            raise ConnectionRefusedError
        right(template, to=to, **more)

    with monkeypatch.context() as broken:
        broken.setattr(outbox.mail, "send", refuses_the_first)
        assert sending.send_what_waits() == 1
    assert [sent.to for sent in mail.outbox] == [[second.to]]
    assert first.pk in jobs.next_tries("donations.send_letter", "letter")
    assert not outbox.waiting().exists(), "it is not tried at every turn"
    assert outbox.deliver(first.pk) is True


def test_who_waits_before_a_screen_does_not_wait_behind_receipts(two_letters, gift):
    opening.ask(email=gift.donor.email, place="")
    opening.answer(asking_id=opening.KeyAsking.objects.get().pk)
    outbox.have_them_sent()
    assert waiting().index("donations.send_letter") < waiting().index("donations.send_what_waits")
    assert list(outbox.waiting().order_by("pk")) == two_letters


def test_letters_whose_job_was_lost_get_another_within_a_minute(two_letters):
    assert waiting() == []
    looking_after.take_up_what_was_left()
    assert waiting() == ["donations.send_what_waits"]
