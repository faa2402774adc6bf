"""Whatever the order in which Stripe's news comes, doubled and with gaps: the ledger ends the same."""

import itertools

import pytest
from django.db import transaction

from donations.actions import reconciling
from donations.models import Donation, Letter
from tests.donations.lives.life import ledger

pytestmark = pytest.mark.django_db
KINDS = ("checkout.session.completed", "payment_intent.succeeded", "charge.updated", "refund.created")


def test_every_order_of_one_gifts_news_doubled_and_with_gaps_ends_in_the_same_ledger(life):
    life.standin.fees_after(1)
    pledge = life.asks("25")
    life.standin.pay(pledge.checkout_session)
    life.standin.move_clock(2)
    life.standin.refund(life.standin.session(pledge.checkout_session)["payment_intent"], 1000)
    news = [next(event for event in life.news() if event["type"] == kind) for kind in KINDS]
    ledgers, orders = [], 0
    for length in range(1, 5):
        for order in itertools.permutations(news, length):
            if news[-1] not in order:  # something must tell of the refund
                continue
            before = transaction.savepoint()
            life.hears(order, times=2)
            orders += 1
            if ledger() not in ledgers:
                ledgers.append(ledger())
            transaction.savepoint_rollback(before)
    assert orders == 49
    assert len(ledgers) == 1, ledgers
    assert [kind for _, kind, _ in ledgers[0]] == ["fee", "gift", "refund"]


@pytest.mark.parametrize("seed", range(12))
def test_a_year_of_a_regular_gift_in_disorder_with_losses_is_right_after_one_comparison(life, seed):
    pledge = life.asks("10", every="month")
    life.standin.pay(pledge.checkout_session)
    subscription = life.standin.session(pledge.checkout_session)["subscription"]
    for month in range(5):
        if month == seed % 5:
            life.standin.fail_next_renewals(subscription)
        life.standin.renew(subscription)
        if month == seed % 5:
            life.standin.retry(subscription)
    charge = life.standin.account.store.every("charge", status="succeeded")[seed % 5]
    if seed % 2:
        life.standin.refund(charge, 300)
    else:
        life.standin.win_dispute(life.standin.open_dispute(charge))
    life.hears_in_disorder(seed, lost=0.4)
    found = reconciling.reconcile()
    life.works()
    assert found.holds, found.findings
    assert Donation.objects.count() == 6
    assert Letter.objects.filter(kind=Letter.Kind.RECEIPT).count() == 6
    life.stands()
    assert reconciling.reconcile(strict=True).findings == []
