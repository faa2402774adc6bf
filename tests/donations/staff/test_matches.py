"""Matches in the office: opened by fundraisers, raised while gifts draw on them, never below what is promised."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from donations.actions import matching
from donations.models import Match
from tests.factories import payments

pytestmark = pytest.mark.django_db


@pytest.fixture
def match(nurse_appeal) -> Match:
    """A thousand pounds, of which £25 are held for one donor and £40 used by another."""
    made = Match.objects.create(
        appeal=nurse_appeal,
        champion="A local family",
        pence=100_000,
        available_pence=100_000,
        opens_on=date(2020, 1, 1),
    )
    matching.hold(pledge=payments.pledge(nurse_appeal, 2500))
    arrived = payments.pledge(nurse_appeal, 4000)
    matching.hold(pledge=arrived)
    payments.payment(arrived)
    made.refresh_from_db()
    return made


def typed(to, /, **changed: str) -> dict[str, object]:
    """The form, rightly filled in."""
    facts = {"appeal": to.pk, "champion": "The harbour", "amount": "£1,500.50", "opens_on": "2026-01-01"}
    return {**facts, "closes_on": "", **changed}


def test_a_fundraiser_opens_a_match(people, signed_in, nurse_appeal):
    answer = signed_in(people.fundraiser).post(reverse("matches:add"), typed(nurse_appeal))
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    made = Match.objects.get()
    assert (made.pence, made.available_pence, made.promised_pence) == (150_050, 150_050, 0)


def test_the_list_says_what_is_left_held_and_used(people, signed_in, match):
    page = signed_in(people.finance_officer).get(reverse("matches:index")).content.decode()
    for amount in ("£1,000.00", "£935.00", "£25.00", "£40.00"):
        assert amount in page


def test_the_page_says_how_much_is_held_and_until_when(people, signed_in, nurse_appeal, match):
    on_its_way = payments.pledge(nurse_appeal, 1500)
    matching.hold(pledge=on_its_way)
    payments.payment(on_its_way, status="processing", method="bacs_debit")
    (held,) = match.gifts.filter(state="held").exclude(pledge=on_its_way)
    address = reverse("matches:inspect", args=[match.pk])
    page = " ".join(signed_in(people.fundraiser).get(address).content.decode().split())
    closes = timezone.localtime(held.pledge.created_at + matching.HELD_FOR)
    assert f"£25.00 is held for 1 donor at the payment page, until {closes:%H:%M}:" in page
    assert "£15.00 is held for Direct Debits on their way" in page
    for number in ("£1,000.00", "£920.00", "£40.00"):
        assert f"<dd>{number}</dd>" in page
    type(held.pledge).objects.filter(pk=held.pledge_id).update(created_at=timezone.now() - timedelta(hours=1))
    assert "whose page has closed" in signed_in(people.fundraiser).get(address).content.decode()


def test_it_is_raised_while_gifts_draw_on_it(people, signed_in, nurse_appeal, match):
    address = reverse("matches:edit", args=[match.pk])
    assert signed_in(people.fundraiser).post(address, typed(nurse_appeal, amount="2,000")).status_code == 302
    match.refresh_from_db()
    assert (match.champion, match.pence, match.available_pence, match.promised_pence) == (
        *("The harbour", 200_000, 193_500, 6500),
    )


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"amount": "64.99"}, "£65.00 is promised to gifts already."),
        ({"amount": "0"}, "Enter an amount of more than nothing."),
        ({"amount": "a lot"}, "Enter an amount in pounds, like 25 or 12.50."),
        ({"closes_on": "2025-12-31"}, "A match closes after it opens."),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(people, signed_in, nurse_appeal, match, changed, sentence):
    answer = signed_in(people.fundraiser).post(reverse("matches:edit", args=[match.pk]), typed(nurse_appeal, **changed))
    assert sentence in answer.content.decode()
    match.refresh_from_db()
    assert match.pence == 100_000


def test_it_stays_with_its_appeal(people, signed_in, nurse_appeal, match):
    other = Match.objects.get().appeal
    answers = typed(nurse_appeal, appeal="999999")
    signed_in(people.fundraiser).post(reverse("matches:edit", args=[match.pk]), answers)
    match.refresh_from_db()
    assert match.appeal == other
