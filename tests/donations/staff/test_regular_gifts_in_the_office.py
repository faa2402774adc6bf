"""Regular gifts in the office: how each stands, and what is changed for its donor: who, when and why."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from donations.exceptions import PaymentsUnavailable
from donations.models import Letter, RegularGiftChange
from donations.models.regular_gift import Ender
from donations.staff import at_once
from tests.factories import payments

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def carried_out(monkeypatch):
    """Which changes Stripe was asked for; it makes them."""
    numbers = []

    def carry_out(*, change_id):
        numbers.append(change_id)
        RegularGiftChange.objects.filter(pk=change_id).update(done_at=timezone.now())

    monkeypatch.setattr("donations.actions.renewing.carry_out", carry_out)
    return numbers


@pytest.fixture
def gift(nurse_appeal):
    return payments.regular_gift(nurse_appeal)


@pytest.fixture
def shelly(people, signed_in):
    return signed_in(people.fundraiser)


def change(client, gift, what, **typed):
    return client.post(reverse(f"regular_gifts:{what}", args=[gift.pk]), typed)


def page_of(client, gift) -> str:
    return client.get(reverse("regular_gifts:inspect", args=[gift.pk])).content.decode()


def in_a_week() -> str:
    return f"{timezone.localdate() + timedelta(days=7):%d/%m/%Y}"


CHANGES = [
    ("amount", {"amount": "12.50"}, "Amount changed"),
    ("day", {"to": in_a_week()}, "Day changed"),
    ("pause", {"months": "3"}, "Paused"),
    ("skip", {}, "One payment skipped"),
    ("end", {"because": "The donor asked."}, "Ended"),
]


@pytest.mark.parametrize(("what", "typed", "words"), CHANGES, ids=[what for what, _, _ in CHANGES])
def test_a_change_is_written_down_with_who_when_and_why(people, shelly, gift, carried_out, what, typed, words):
    assert shelly.get(reverse(f"regular_gifts:{what}", args=[gift.pk])).status_code == 200
    assert not RegularGiftChange.objects.exists(), "looking changes nothing"
    answer = change(shelly, gift, what, **{"because": "She telephoned.", **typed})
    assert answer.status_code == 302
    kept = RegularGiftChange.objects.get()
    assert (kept.asked_by, kept.by, carried_out) == (Ender.STAFF, people.fundraiser, [kept.pk])
    page = page_of(shelly, gift)
    assert words in page
    assert "Shelly Periwinkle" in page
    assert kept.because in page


def test_a_paused_gift_is_resumed_and_offers_no_other_pause(shelly, nurse_appeal, carried_out):
    paused = payments.paused_gift(nurse_appeal)
    page = page_of(shelly, paused)
    assert "Paused until" in page
    assert reverse("regular_gifts:pause", args=[paused.pk]) not in page
    assert change(shelly, paused, "resume").status_code == 302
    assert RegularGiftChange.objects.get().pk in carried_out


def test_an_ended_gift_offers_nothing_and_refuses_in_words(shelly, nurse_appeal):
    ended = payments.regular_gift(nurse_appeal, status="canceled", ended_at=timezone.now(), next_at=None)
    page = page_of(shelly, ended)
    assert "by Stripe: Ended in Stripe’s dashboard." in page
    assert reverse("regular_gifts:end", args=[ended.pk]) not in page
    answer = change(shelly, ended, "end", because="Again.")
    assert f"{ended.reference} has ended." in answer.content.decode()
    assert not RegularGiftChange.objects.exists()


@pytest.mark.parametrize(
    ("what", "typed", "field", "sentence"),
    [
        ("amount", {"amount": ""}, "amount", "Enter the new amount."),
        ("amount", {"amount": "1"}, "amount", "Enter an amount from £2 to £25,000."),
        ("amount", {"amount": "ten"}, "amount", "Enter an amount in pounds, like 25 or 12.50."),
        ("day", {"to": "soon"}, "to", "Enter a day like 31/03/2027."),
        ("pause", {"months": "13"}, "months", "A pause is from 1 to 12 months."),
        ("pause", {"months": "0"}, "months", "A pause is from 1 to 12 months."),
        ("pause", {"months": "some"}, "months", "Enter a number, like 3."),
        ("end", {"because": ""}, "because", "Say why, even if only “the donor asked”."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(shelly, gift, what, typed, field, sentence):
    answer = change(shelly, gift, what, **{"because": "She telephoned.", **typed})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors[field]) == [sentence]
    kept = typed.get("because", "She telephoned.")
    assert kept in answer.content.decode()
    assert all(
        f'value="{value}"' in answer.content.decode() for name, value in typed.items() if value and name != "because"
    )
    assert not RegularGiftChange.objects.exists()


def test_yesterday_is_no_day_for_the_next_payment(shelly, gift):
    yesterday = timezone.localdate() - timedelta(days=1)
    answer = change(shelly, gift, "day", to=f"{yesterday:%d/%m/%Y}")
    assert "Choose a day from tomorrow to" in answer.context["form"].errors["to"][0]


def test_while_stripe_is_away_the_change_waits_and_the_page_says_so(shelly, gift, monkeypatch):
    def away(**asked):
        raise PaymentsUnavailable("Stripe did not answer")

    monkeypatch.setattr("donations.actions.renewing.carry_out", away)
    answer = change(shelly, gift, "pause", months="3", because="")
    page = shelly.get(answer["Location"]).content.decode()
    assert at_once.LATER in page
    assert "waits for Stripe" in page
    kept = RegularGiftChange.objects.get()
    jobs = ProcrastinateJob.objects.filter(task_name="donations.carry_out_change", args={"change": kept.pk})
    assert jobs.count() == 1


def test_the_link_for_another_card_goes_to_the_donor_and_is_shown_to_nobody(people, shelly, gift):
    answer = change(shelly, gift, "card")
    letter = Letter.objects.get(kind=Letter.Kind.CARD_ASKED)
    assert letter.to == gift.pledge.email
    page = shelly.get(answer["Location"]).content.decode()
    assert "/donate/mend/" not in page
    assert "The letter is on its way." in page
    assert "the donor has not chosen yet" in page
    assert RegularGiftChange.objects.get().by == people.fundraiser


def test_the_letter_with_the_link_says_what_it_is_for(shelly, gift, mailoutbox):
    from donations import outbox

    change(shelly, gift, "card")
    outbox.deliver(Letter.objects.get(kind=Letter.Kind.CARD_ASKED).pk)
    (sent,) = mailoutbox
    assert "/donate/mend/" in sent.body
    assert "£10" in sent.body


def test_a_failing_gift_says_when_stripe_tries_again_and_how_often_it_does(shelly, nurse_appeal):
    page = page_of(shelly, payments.failing_gift(nurse_appeal))
    assert "A payment failed" in page
    assert "Stripe tries again on" in page
    assert "1, 3, 7 and 13 days later" in page


@pytest.mark.parametrize("state", ["active", "failing"])
def test_regular_gifts_are_found_by_how_they_stand(shelly, nurse_appeal, state):
    found = {"active": payments.regular_gift(nurse_appeal), "failing": payments.failing_gift(nurse_appeal)}
    page = shelly.get(reverse("regular_gifts:index"), {"state": state}).content.decode()
    assert [name for name, gift in found.items() if gift.reference in page] == [state]


def test_a_regular_gift_is_found_by_its_donor_and_by_stripes_number(shelly, nurse_appeal):
    ada, elis = payments.regular_gift(nurse_appeal, name="Ada"), payments.regular_gift(nurse_appeal, name="Elis")
    for asked in ("Elis", elis.subscription, elis.reference):
        page = shelly.get(reverse("regular_gifts:index"), {"q": asked}).content.decode()
        assert elis.reference in page
        assert ada.reference not in page


def test_an_administrator_without_the_right_changes_nothing(signed_in, gift):
    from tests.people import person

    misty = signed_in(person("misty", "Misty", "Haar", "Administrator"))
    assert change(misty, gift, "end", because="Because.").status_code == 403
    assert not RegularGiftChange.objects.exists()
