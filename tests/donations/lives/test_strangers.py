"""Payments that did not begin here, and a second one for the same pledge: kept, and nobody's alarm or a note."""

import pytest

from donations.actions import reconciling
from donations.models import BalanceLine, Dispute, Donation, Payment, Payout, Refund, StripeEvent

pytestmark = pytest.mark.django_db


def somebody_pays(life, pence: int = 1200, **metadata: str) -> str:
    """Another program on the same account takes a payment."""
    made = life.stripes_own_client().v1.payment_intents.create(
        {
            "amount": pence,
            "currency": "gbp",
            "payment_method": "pm_card_visa",
            "confirm": True,
            "return_url": "https://shop.example/",
            "metadata": metadata,
        }
    )
    assert made.status == "succeeded"
    return made.id


def test_a_payment_of_another_shop_is_kept_and_raises_no_alarm(life):
    payment_intent = somebody_pays(life)
    life.hears()
    kept = Payment.objects.get(payment_intent=payment_intent)
    assert (kept.ours, kept.state) == (False, "succeeded")
    assert not Donation.objects.exists()
    assert not StripeEvent.objects.filter(flagged=True).exists()
    assert not StripeEvent.objects.exclude(error="").exists()
    assert life.entries() == []


def test_the_comparison_tells_another_shops_money_from_ours(life):
    life.gives("25")
    payment_intent = somebody_pays(life)
    life.standin.refund(payment_intent, 200)
    life.hears()
    found = reconciling.reconcile()
    assert found.holds, found.findings
    assert BalanceLine.objects.filter(ours=False).count() == 2
    assert reconciling.reconcile(strict=True).holds
    assert not Refund.objects.exists()
    life.standin.move_clock(4 * 86_400)
    life.standin.pay_out()
    life.hears()
    payout = Payout.objects.get()
    assert payout.unexplained_pence == 0
    assert sum(line.amount for line in payout.entry.lines.filter(account__code="1000")) == 2500 - 58
    found = reconciling.reconcile()
    assert found.holds, found.findings


def test_a_failed_payout_of_both_shops_goes_along_with_the_next(life):
    life.gives("25")
    somebody_pays(life)
    life.standin.move_clock(4 * 86_400)
    life.standin.fail_payout(life.standin.pay_out())
    life.hears()
    life.standin.pay_out()
    life.hears()
    assert [payout.unexplained_pence for payout in Payout.objects.all()] == [0, 0]
    found = reconciling.reconcile()
    assert found.holds, found.findings


def test_a_payout_of_nothing_but_another_shops_money_posts_nothing(life):
    somebody_pays(life)
    life.standin.move_clock(4 * 86_400)
    life.standin.pay_out()
    life.hears()
    assert Payout.objects.get().entry is None
    assert life.entries() == []
    found = reconciling.reconcile()
    assert found.holds, found.findings


def test_a_dispute_of_another_shops_payment_is_none_of_ours(life):
    life.standin.open_dispute(somebody_pays(life))
    life.hears()
    assert not Dispute.objects.exists()
    found = reconciling.reconcile()
    assert found.holds, found.findings


def test_a_second_payment_for_one_pledge_is_recorded_and_noted(life):
    pledge = life.gives("25")
    somebody_pays(life, 2500, reference=pledge.reference)
    life.hears()
    first, second = Donation.objects.order_by("pk")
    assert (first.pledge, second.pledge) == (pledge, None)
    assert second.note == f"A second payment for {pledge.reference}: look at it."
    assert life.letters == ["receipt", "receipt"]
    life.stands()
