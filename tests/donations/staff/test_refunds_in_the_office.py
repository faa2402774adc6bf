"""Refunds through the screens: one person up to the limit, above it two; refused in words, nothing typed is lost."""

import pytest
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from donations.models import Refund
from donations.models.refund import RefundState
from donations.staff import at_once
from tests.factories import payments

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sent(monkeypatch):
    """What was sent to Stripe, which answers that it is done."""
    numbers = []

    def send(*, refund_id, by):
        numbers.append(refund_id)
        refund = Refund.objects.select_related("donation__payment").get(pk=refund_id)
        return payments.refund(refund.donation, refund.pence, known=refund)

    monkeypatch.setattr("donations.actions.refunding.send", send)
    return numbers


@pytest.fixture
def large(nurse_appeal):
    return payments.gift(nurse_appeal, 20_000)


def ask(client, gift, amount="150", because="Given twice by mistake."):
    return client.post(reverse("donations_list:refund", args=[gift.pk]), {"amount": amount, "because": because})


def said_on(answer) -> str:
    return answer.content.decode()


def test_a_small_refund_needs_one_person_and_is_made_at_once(people, signed_in, large, sent):
    shelly = signed_in(people.fundraiser)
    answer = ask(shelly, large, "25.50")
    assert answer.status_code == 302
    refund = Refund.objects.get()
    assert (refund.pence, refund.state, refund.asked_by) == (2550, RefundState.SUCCEEDED, people.fundraiser)
    assert sent == [refund.pk]
    page = said_on(shelly.get(answer["Location"]))
    assert "£25.50 goes back." in page
    assert "Part refunded" in page


def test_a_large_refund_waits_for_somebody_else_who_approves_it(people, signed_in, large, sent):
    page = said_on(signed_in(people.finance_officer).get(reverse("donations_list:refund", args=[large.pk])))
    assert "Above £100 somebody else approves it first." in page
    ask(signed_in(people.finance_officer), large)
    refund = Refund.objects.get()
    assert (refund.state, sent) == (RefundState.ASKED, [])
    sandy = signed_in(people.treasurer)
    assert "Approve the refund" in said_on(sandy.get(reverse("refunds:inspect", args=[refund.pk])))
    sandy.post(reverse("refunds:approve", args=[refund.pk]))
    refund.refresh_from_db()
    assert (refund.state, refund.decided_by, sent) == (RefundState.SUCCEEDED, people.treasurer, [refund.pk])


@pytest.mark.parametrize("answer", ["approve", "refuse"])
def test_whoever_asked_for_a_large_refund_is_refused_in_words(people, signed_in, large, sent, answer):
    pearl = signed_in(people.finance_officer)
    ask(pearl, large)
    refund = Refund.objects.get()
    page = said_on(pearl.get(reverse("refunds:inspect", args=[refund.pk])))
    assert "You asked for this refund: somebody else approves or refuses it." in page
    assert reverse(f"refunds:{answer}", args=[refund.pk]) not in page
    refused = pearl.post(reverse(f"refunds:{answer}", args=[refund.pk]))
    assert refused.status_code == 422
    assert "Somebody else must decide about a refund that you asked for." in said_on(refused)
    refund.refresh_from_db()
    assert (refund.state, sent) == (RefundState.ASKED, [])


def test_a_superuser_does_not_approve_her_own_refund_either(people, signed_in, large, sent):
    gale = signed_in(people.administrator)
    ask(gale, large)
    refund = Refund.objects.get()
    assert gale.post(reverse("refunds:approve", args=[refund.pk])).status_code == 422
    assert sent == []


def test_a_refused_refund_gives_nothing_back_and_is_decided_once(people, signed_in, large, sent):
    ask(signed_in(people.finance_officer), large)
    refund, sandy = Refund.objects.get(), signed_in(people.treasurer)
    sandy.post(reverse("refunds:refuse", args=[refund.pk]))
    refund.refresh_from_db()
    assert refund.state == RefundState.REFUSED
    late = sandy.post(reverse("refunds:approve", args=[refund.pk]))
    assert f"{refund.reference} is not approved." in said_on(late)
    assert sent == []


def test_those_that_wait_come_first(people, signed_in, large, nurse_appeal):
    pearl = signed_in(people.finance_officer)
    ask(pearl, large)
    waiting = Refund.objects.get()
    later = payments.refund(payments.gift(nurse_appeal), 100)
    page = said_on(pearl.get(reverse("refunds:index")))
    assert page.index(waiting.reference) < page.index(later.reference)


@pytest.mark.parametrize(
    ("amount", "because", "field", "sentence"),
    [
        ("", "Twice.", "amount", "Enter the amount."),
        ("0", "Twice.", "amount", "Enter an amount of more than nothing."),
        ("-5", "Twice.", "amount", "Enter an amount in pounds, like 25 or 12.50."),
        ("200.01", "Twice.", "amount", "Of this gift £200.00 can be refunded."),
        ("25", "", "because", "Say why."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(
    people, signed_in, large, sent, amount, because, field, sentence
):
    answer = ask(signed_in(people.finance_officer), large, amount, because)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors[field]) == [sentence]
    assert f'value="{amount}"' in said_on(answer) or not amount
    assert because in said_on(answer)
    assert not Refund.objects.exists()


def test_nothing_is_refunded_twice(people, signed_in, large):
    pearl = signed_in(people.finance_officer)
    ask(pearl, large, "90")
    ask(pearl, large, "90")
    third = ask(pearl, large, "90")
    assert "Of this gift £20.00 can be refunded." in said_on(third)


def test_a_gift_by_cheque_has_no_button(people, signed_in, gives):
    cheque = gives("£25")
    pearl = signed_in(people.finance_officer)
    address = reverse("donations_list:refund", args=[cheque.pk])
    assert address not in said_on(pearl.get(reverse("donations_list:inspect", args=[cheque.pk])))
    assert "This cannot be done now" in said_on(pearl.get(address, follow=True))


def test_an_administrator_without_the_right_is_refused(signed_in, large):
    from tests.people import person

    misty = signed_in(person("misty", "Misty", "Haar", "Administrator"))
    assert ask(misty, large).status_code == 403
    assert not Refund.objects.exists()


def test_while_stripe_is_away_the_refund_waits_and_the_page_says_so(people, signed_in, large, monkeypatch):
    from donations.exceptions import PaymentsUnavailable

    def away(**asked):
        raise PaymentsUnavailable("Stripe did not answer")

    monkeypatch.setattr("donations.actions.refunding.send", away)
    pearl = signed_in(people.finance_officer)
    page = said_on(pearl.get(ask(pearl, large, "25")["Location"]))
    assert at_once.LATER in page
    refund = Refund.objects.get()
    assert refund.state == RefundState.APPROVED
    assert ProcrastinateJob.objects.filter(task_name="donations.send_refund", args={"refund": refund.pk}).count() == 1
