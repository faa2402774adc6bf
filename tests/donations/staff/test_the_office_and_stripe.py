"""What the office asks for, Stripe does: a gift refunded by two people, a regular gift changed, paused and ended."""

from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse

from donations.ledger import balances
from donations.ledger.money import Money
from donations.models import Donation, Letter, Pledge, RegularGift
from donations.models.regular_gift import RegularState
from tests.walks.postman import carry_the_post, work_through_the_jobs
from tests.walks.test_a_gift import pledge_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_large_refund_by_two_people_reaches_stripe_and_the_books(people, client, signed_in, nurse_appeal, standin):
    standin.pay(pledge_of(client, "Ada Periwinkle", "150").checkout_session)
    carry_the_post(standin, client)
    work_through_the_jobs()
    gift = Donation.objects.get()
    signed_in(people.finance_officer).post(
        reverse("donations_list:refund", args=[gift.pk]), {"amount": "150", "because": "By mistake."}
    )
    assert standin.account.store.every("refund") == []
    refund = gift.refunds.get()
    signed_in(people.treasurer).post(reverse("refunds:approve", args=[refund.pk]))
    assert [made["amount"] for made in standin.account.store.every("refund")] == [15_000]
    assert Donation.objects.with_status().get().status == "refunded"
    assert balances.of_fund(gift.fund).raised == Money(0)
    work_through_the_jobs()
    assert len(standin.account.store.every("refund")) == 1, "the job that was stored with it asks no second time"


def test_a_monthly_gift_is_raised_paused_resumed_and_ended_for_its_donor(
    people, client, signed_in, nurse_appeal, standin
):
    asked = {"every": "month", "choice": "other", "other": "10", "gift_aid": "no", "token": str(uuid4())}
    client.post(
        reverse("donations:give_at_once", args=["nurse"]), {**asked, "name": "Elin Dab", "email": "elin@example.org"}
    )
    standin.pay(Pledge.objects.get().checkout_session)
    carry_the_post(standin, client)
    work_through_the_jobs()
    gift = RegularGift.objects.get()
    shelly = signed_in(people.fundraiser)

    def press(what: str, **typed: str) -> str:
        """Send one of the office's forms; what the page says then."""
        answer = shelly.post(reverse(f"regular_gifts:{what}", args=[gift.pk]), typed, follow=True)
        gift.refresh_from_db()
        return answer.content.decode()

    def at_stripe() -> dict:
        return standin.account.need(gift.subscription, "subscription")

    assert "The amount is changed, from the next payment on." in press("amount", amount="12.50", because="A rise.")
    assert at_stripe()["items"]["data"][0]["price"]["unit_amount"] == 1250
    assert gift.pence == 1250

    assert "It is paused." in press("pause", months="3")
    assert at_stripe()["pause_collection"]["behavior"] == "void"
    assert gift.state == RegularState.PAUSED

    assert "It goes on." in press("resume")
    assert at_stripe()["pause_collection"] is None
    assert gift.state == RegularState.ACTIVE

    assert "It has ended." in press("end", because="She asked by telephone.")
    assert at_stripe()["status"] == "canceled"
    assert gift.state == RegularState.ENDED
    said = [(change.kind, change.by, change.because) for change in gift.changes.order_by("pk")]
    assert said == [
        ("amount", people.fundraiser, "A rise."),
        ("pause", people.fundraiser, ""),
        ("resume", people.fundraiser, ""),
        ("cancel", people.fundraiser, "She asked by telephone."),
    ]

    # Stripe’s own news of all this comes too, and the jobs stored with the changes run: nothing is done twice.
    carry_the_post(standin, client)
    work_through_the_jobs()
    assert list(Letter.objects.order_by("pk").values_list("kind", flat=True)) == [
        *("receipt", "changed", "paused", "changed", "ended"),
    ]
    assert [letter.to for letter in mail.outbox] == [["elin@example.org"]] * 5
