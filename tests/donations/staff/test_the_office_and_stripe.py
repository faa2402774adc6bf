"""What the office asks for, Stripe does: a gift refunded by two people."""

import pytest
from django.urls import reverse

from donations.ledger import balances
from donations.ledger.money import Money
from donations.models import Donation
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
