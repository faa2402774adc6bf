"""Regular gifts at the stand-in: begun, renewed, failed and tried again, changed, paused, moved, ended."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
import stripe

from tests.stripe_standin.conftest import a_gift, a_regular_gift, kinds_since

DAY = 86_400


@pytest.fixture
def begin(standin, client):
    """Opens a page for a regular gift and pays on it; the subscription."""

    def begun(card="succeeds", **changes):
        session = client.v1.checkout.sessions.create(a_regular_gift(**changes))
        paid = standin.pay(session.id, card)
        return client.v1.subscriptions.retrieve(paid["subscription"])

    return begun


def invoices_of(client, subscription):
    """Its invoices, oldest first, each with its payments."""
    listed = client.v1.invoices.list({"subscription": subscription.id, "limit": 100, "expand": ["data.payments"]})
    return listed.data[::-1]


def reprice(client, subscription, pence, **changes):
    item = subscription["items"].data[0]
    price = {"currency": "gbp", "product": item.price.product, "unit_amount": pence, "recurring": {"interval": "month"}}
    params = {"items": [{"id": item.id, "price_data": price}], "proration_behavior": "none"} | changes
    return client.v1.subscriptions.update(subscription.id, params)


# ---- beginning


def test_a_monthly_gift_begins_with_a_customer_a_subscription_and_a_paid_invoice(standin, client, begin):
    subscription = begin()
    assert kinds_since(standin, 0) == [
        *("customer.created", "payment_method.attached", "customer.subscription.created"),
        *("invoice.created", "invoice.finalized", "charge.succeeded", "payment_intent.succeeded"),
        *("invoice.paid", "invoice.payment_succeeded", "invoice_payment.paid"),
        *("customer.subscription.updated", "checkout.session.completed"),
    ]
    assert standin.events_of("customer.subscription.created")[0]["data"]["object"]["status"] == "incomplete"
    assert (subscription.status, subscription.metadata["reference"]) == ("active", "G-1")
    item = subscription["items"].data[0]
    assert (item.price.unit_amount, item.price.recurring.interval, item.quantity) == (1000, "month", 1)
    assert 28 * DAY <= item.current_period_end - item.current_period_start <= 31 * DAY
    session = standin.sessions[-1]
    assert (session["payment_status"], session["payment_intent"], session["subscription"]) == (
        *("paid", None),
        subscription.id,
    )
    customer = client.v1.customers.retrieve(subscription.customer)
    assert (customer.email, customer.name, session["customer"]) == ("ada@example.org", "Ann Donor", customer.id)


def test_the_payment_of_a_regular_gift_leads_back_to_its_reference(client, begin):
    subscription = begin()
    whole = client.v1.subscriptions.retrieve(
        subscription.id, {"expand": ["default_payment_method", "latest_invoice.payments"]}
    )
    assert whole.default_payment_method.card.exp_year == 2034
    intent = whole.latest_invoice.payments.data[0].payment.payment_intent
    assert client.v1.payment_intents.retrieve(intent).metadata.to_dict() == {}, "as at Stripe: nothing flows down"
    asked = {"payment": {"type": "payment_intent", "payment_intent": intent}, "expand": ["data.invoice"], "limit": 1}
    found = client.v1.invoice_payments.list(asked).data[0].invoice
    assert found.parent.subscription_details.metadata["reference"] == "G-1"
    assert found.parent.subscription_details.subscription == subscription.id
    assert found.billing_reason == "subscription_create"
    deep = {"expand": ["payments.data.payment.payment_intent"]}
    whole = client.v1.invoices.retrieve(found.id, deep)
    assert whole.payments.data[0].payment.payment_intent.amount == 1000


def test_a_declined_card_begins_nothing_and_another_card_begins_it_once(standin, client):
    session = client.v1.checkout.sessions.create(a_regular_gift())
    standin.pay(session.id, "declined")
    assert client.v1.subscriptions.list().data == []
    standin.pay(session.id)
    assert len(client.v1.subscriptions.list().data) == 1
    failed, given = standin.events_of("charge.failed")[0], standin.events_of("charge.succeeded")[0]
    assert failed["data"]["object"]["payment_intent"] == given["data"]["object"]["payment_intent"]


def test_a_bank_that_asks_holds_the_beginning_up_until_it_is_answered(standin, client):
    session = client.v1.checkout.sessions.create(a_regular_gift())
    standin.pay(session.id, "3ds")
    assert not standin.subscriptions
    asked = standin.events_of("payment_intent.requires_action")[0]["data"]["object"]
    assert asked["next_action"]["redirect_to_url"]["url"].endswith(asked["id"])
    standin.answer_bank(asked["id"])
    assert standin.subscriptions[0]["status"] == "active"


def test_a_donor_who_is_known_keeps_her_customer(standin, client, begin):
    customer = client.v1.customers.create({"email": "ada@example.org"})
    changes = a_regular_gift(customer=customer.id)
    del changes["customer_email"]
    session = client.v1.checkout.sessions.create(changes)
    assert standin.pay(session.id)["customer"] == customer.id
    listed = client.v1.checkout.sessions.list({"customer": customer.id})
    assert [each.id for each in listed.data] == [session.id]


def test_a_price_made_before_is_subscribed_to(standin, client):
    product = client.v1.products.create({"name": "A nurse"})
    price = client.v1.prices.create(
        {"currency": "gbp", "unit_amount": 700, "product": product.id, "recurring": {"interval": "year"}}
    )
    gift = a_regular_gift(line_items=[{"price": price.id, "quantity": 2}])
    standin.pay(client.v1.checkout.sessions.create(gift).id)
    assert standin.subscriptions[0]["items"]["data"][0]["price"]["id"] == price.id
    assert standin.events_of("invoice.paid")[0]["data"]["object"]["amount_paid"] == 1400
    assert [each.id for each in client.v1.prices.list({"product": product.id, "active": True}).data] == [price.id]


# ---- renewing


def test_three_months_by_the_clock_are_three_payments_each_on_its_day(standin, client, begin):
    subscription = begin()
    standin.move_clock(93 * DAY)
    bills = invoices_of(client, subscription)
    assert [bill.billing_reason for bill in bills] == ["subscription_create", *["subscription_cycle"] * 3]
    assert {bill.status for bill in bills} == {"paid"}
    days = [datetime.fromtimestamp(bill.created, UTC) for bill in bills]
    assert [(later.month - sooner.month) % 12 for sooner, later in pairwise(days)] == [1, 1, 1]
    charges = client.v1.charges.list({"customer": subscription.customer}).data[::-1]
    assert all(abs(charge.created - bill.created) <= 2 for charge, bill in zip(charges, bills, strict=True))
    assert bills[-1].lines.data[0].period.start == bills[-2].lines.data[0].period.end


def test_a_gift_of_the_31st_keeps_to_the_ends_of_months(standin, begin):
    from stripe_standin.subscriptions import following

    price = {"recurring": {"interval": "month", "interval_count": 1}}
    anchor = int(datetime(2026, 1, 31, 12, tzinfo=UTC).timestamp())
    dates, date = [], anchor
    for _ in range(3):
        date = following(anchor, date, price)
        dates.append(datetime.fromtimestamp(date, UTC).strftime("%m-%d"))
    assert dates == ["02-28", "03-31", "04-30"]


def test_one_gift_is_renewed_at_once_and_others_are_left(standin, client, begin):
    first, second = begin(), begin()
    count = len(standin.events)
    renewed = standin.renew(first.id)
    assert kinds_since(standin, count)[:3] == ["invoice.created", "invoice.finalized", "customer.subscription.updated"]
    old = first["items"].data[0].current_period_end
    assert renewed["items"]["data"][0]["current_period_start"] == old
    told = standin.events_of("customer.subscription.updated")[-1]["data"]["previous_attributes"]
    assert told["items"]["data"][0]["current_period_end"] == old
    assert (len(invoices_of(client, first)), len(invoices_of(client, second))) == (2, 1)


def test_a_yearly_gift_waits_a_year(standin, client, begin):
    subscription = begin(every="year")
    standin.move_clock(364 * DAY)
    assert len(invoices_of(client, subscription)) == 1
    standin.move_clock(3 * DAY)
    assert len(invoices_of(client, subscription)) == 2


# ---- failing


def test_a_failed_renewal_is_tried_again_after_1_3_7_and_13_days_and_then_the_gift_ends(standin, client, begin):
    subscription = begin()
    standin.fail_next_renewals(subscription.id, 5)
    count = len(standin.events)
    standin.renew(subscription.id)
    assert kinds_since(standin, count)[3:] == [
        *("charge.failed", "payment_intent.payment_failed", "invoice.payment_failed", "customer.subscription.updated")
    ]
    first = standin.events_of("invoice.payment_failed")[0]
    assert client.v1.subscriptions.retrieve(subscription.id).status == "past_due"
    standin.move_clock(12 * DAY)
    assert client.v1.subscriptions.retrieve(subscription.id).status == "past_due"
    standin.move_clock(2 * DAY)
    tried = standin.events_of("invoice.payment_failed")
    assert [round((event["created"] - first["created"]) / DAY) for event in tried] == [0, 1, 3, 7, 13]
    assert [event["data"]["object"]["attempt_count"] for event in tried] == [1, 2, 3, 4, 5]
    assert [event["data"]["object"]["next_payment_attempt"] is None for event in tried] == [*[False] * 4, True]
    ended = client.v1.subscriptions.retrieve(subscription.id)
    assert (ended.status, ended.cancellation_details.reason) == ("canceled", "payment_failed")
    assert len(standin.events_of("customer.subscription.deleted")) == 1
    standin.move_clock(60 * DAY)
    assert len(invoices_of(client, subscription)) == 2, "nothing is asked for any more"


def test_a_retry_that_succeeds_puts_the_gift_right_with_one_payment(standin, client, begin):
    subscription = begin()
    standin.fail_next_renewals(subscription.id)
    standin.renew(subscription.id)
    assert standin.retry(subscription.id)["status"] == "active"
    bill = invoices_of(client, subscription)[-1]
    assert (bill.status, bill.attempt_count, len(bill.payments.data)) == ("paid", 2, 1)
    with pytest.raises(LookupError):
        standin.retry(subscription.id)


def test_another_card_named_on_a_page_pays_what_the_old_one_did_not(standin, client, begin):
    subscription = begin()
    standin.fail_next_renewals(subscription.id, 99)
    standin.renew(subscription.id)
    page = client.v1.checkout.sessions.create(
        {
            "mode": "setup",
            "currency": "gbp",
            "customer": subscription.customer,
            "metadata": {"change": "C-1"},
            "setup_intent_data": {"metadata": {"change": "C-1"}},
            "success_url": "http://127.0.0.1:9/done",
            "cancel_url": "http://127.0.0.1:9/",
        }
    )
    standin.set_up(page.id, "wallet")
    setup = client.v1.checkout.sessions.retrieve(page.id, {"expand": ["setup_intent"]}).setup_intent
    params = {"default_payment_method": setup.payment_method}
    client.v1.subscriptions.update(subscription.id, params)
    standin.move_clock(1.1 * DAY)
    assert client.v1.subscriptions.retrieve(subscription.id).status == "active"
    charge = client.v1.charges.list({"customer": subscription.customer, "limit": 1}).data[0]
    assert (charge.status, charge.payment_method) == ("succeeded", setup.payment_method)


def test_a_strangers_card_is_not_taken(standin, client, begin):
    mine, theirs = begin(), begin()
    with pytest.raises(stripe.InvalidRequestError, match="does not have a payment method"):
        client.v1.subscriptions.update(mine.id, {"default_payment_method": theirs.default_payment_method})


@pytest.mark.parametrize(("passes", "status"), [(True, "active"), (False, "past_due")])
def test_a_bank_that_asks_at_a_renewal_is_told_of_and_answered(standin, client, begin, passes, status):
    subscription = begin()
    standin.ask_at_next_renewals(subscription.id)
    standin.renew(subscription.id)
    asked = standin.events_of("invoice.payment_action_required")[0]["data"]["object"]
    assert asked["next_payment_attempt"] is not None
    assert client.v1.subscriptions.retrieve(subscription.id).status == "past_due"
    intent = invoices_of(client, subscription)[-1].payments.data[0].payment.payment_intent
    assert client.v1.payment_intents.retrieve(intent).status == "requires_action"
    standin.answer_bank(intent, passes=passes)
    assert client.v1.subscriptions.retrieve(subscription.id).status == status
    with pytest.raises(ValueError, match="asks nothing"):
        standin.answer_bank(intent)


def test_an_open_invoice_is_paid_when_asked_and_a_paid_one_is_not_paid_again(standin, client, begin):
    subscription = begin()
    standin.fail_next_renewals(subscription.id)
    standin.renew(subscription.id)
    bill = invoices_of(client, subscription)[-1]
    assert client.v1.invoices.pay(bill.id).status == "paid"
    with pytest.raises(stripe.InvalidRequestError, match="already paid"):
        client.v1.invoices.pay(bill.id)


# ---- changing


def test_another_amount_is_asked_for_from_the_next_invoice_on(standin, client, begin):
    subscription = begin()
    reprice(client, subscription, 1500)
    assert len(invoices_of(client, subscription)) == 1
    standin.renew(subscription.id)
    assert [bill.amount_paid for bill in invoices_of(client, subscription)] == [1000, 1500]


def test_prorations_are_refused_rather_than_forgotten(client, begin):
    subscription = begin()
    for changes in ({"proration_behavior": "create_prorations"}, {"proration_behavior": "always_invoice"}):
        with pytest.raises(stripe.InvalidRequestError) as refused:
            reprice(client, subscription, 1500, **changes)
        assert refused.value.param == "proration_behavior"


def test_a_pause_voids_what_falls_due_and_ends_by_itself(standin, client, begin):
    subscription = begin()
    resumes = standin.account.now() + 40 * DAY
    params = {"pause_collection": {"behavior": "void", "resumes_at": resumes}}
    paused = client.v1.subscriptions.update(subscription.id, params)
    assert (paused.status, paused.pause_collection.resumes_at) == ("active", resumes)
    standin.move_clock(32 * DAY)
    assert [bill.status for bill in invoices_of(client, subscription)] == ["paid", "void"]
    assert len(standin.events_of("invoice.voided")) == 1
    standin.move_clock(30 * DAY)
    assert client.v1.subscriptions.retrieve(subscription.id).pause_collection is None
    assert [bill.status for bill in invoices_of(client, subscription)] == ["paid", "void", "paid"]


def test_a_pause_is_lifted_by_hand(standin, client, begin):
    subscription = begin()
    params = {"pause_collection": {"behavior": "void", "resumes_at": standin.account.now() + 400 * DAY}}
    client.v1.subscriptions.update(subscription.id, params)
    lifted = client.v1.subscriptions.update(subscription.id, {"pause_collection": ""})
    assert lifted.pause_collection is None
    standin.renew(subscription.id)
    assert [bill.status for bill in invoices_of(client, subscription)] == ["paid", "paid"]


def test_another_day_is_a_trial_until_then_and_later_payments_keep_to_it(standin, client, begin):
    subscription = begin()
    day = standin.account.now() + 10 * DAY
    moved = client.v1.subscriptions.update(subscription.id, {"trial_end": day, "proration_behavior": "none"})
    assert (moved.status, moved.trial_end) == ("trialing", day)
    assert moved["items"].data[0].current_period_end == day
    standin.move_clock(11 * DAY)
    again = client.v1.subscriptions.retrieve(subscription.id)
    assert (again.status, again.billing_cycle_anchor) == ("active", day)
    assert [bill.status for bill in invoices_of(client, subscription)] == ["paid", "paid"]
    next_day = datetime.fromtimestamp(again["items"].data[0].current_period_end, UTC)
    assert next_day.hour == datetime.fromtimestamp(day, UTC).hour
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.subscriptions.update(subscription.id, {"trial_end": day, "proration_behavior": "none"})
    assert refused.value.param == "trial_end", "that day has passed"


def test_a_gift_is_ended_now_with_its_reason_and_not_twice(standin, client, begin):
    subscription = begin()
    params = {"invoice_now": False, "prorate": False, "cancellation_details": {"comment": "moved away"}}
    ended = client.v1.subscriptions.cancel(subscription.id, params)
    assert (ended.status, ended.cancellation_details.comment) == ("canceled", "moved away")
    assert ended.cancellation_details.reason == "cancellation_requested"
    assert ended.ended_at
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.subscriptions.cancel(subscription.id)
    assert refused.value.code == "resource_missing"
    with pytest.raises(ValueError, match="has ended"):
        standin.renew(subscription.id)
    assert client.v1.subscriptions.retrieve(subscription.id).status == "canceled"


def test_a_gift_ends_with_its_period_unless_that_is_taken_back(standin, client, begin):
    going, staying = begin(), begin()
    for subscription in (going, staying):
        told = client.v1.subscriptions.update(subscription.id, {"cancel_at_period_end": True})
        assert (told.status, told.cancel_at) == ("active", told["items"].data[0].current_period_end)
    back = client.v1.subscriptions.update(staying.id, {"cancel_at_period_end": False})
    assert (back.cancel_at, back.canceled_at, back.cancellation_details.reason) == (None, None, None)
    standin.move_clock(32 * DAY)
    assert client.v1.subscriptions.retrieve(going.id).status == "canceled"
    assert (len(invoices_of(client, going)), len(invoices_of(client, staying))) == (1, 2)


def test_gifts_are_listed_by_customer_and_by_how_they_stand(client, begin):
    ended, going = begin(), begin()
    client.v1.subscriptions.cancel(ended.id)
    listing = client.v1.subscriptions.list
    assert [each.id for each in listing().data] == [going.id]
    assert [each.id for each in listing({"status": "all"}).data] == [going.id, ended.id]
    assert [each.id for each in listing({"status": "canceled"}).data] == [ended.id]
    assert [each.id for each in listing({"customer": going.customer, "status": "active"}).data] == [going.id]
    items = client.v1.subscription_items.list({"subscription": going.id})
    assert items.data[0].id == going["items"].data[0].id


def test_a_customer_who_is_forgotten_gives_no_more(standin, client, begin):
    subscription = begin()
    assert client.v1.customers.delete(subscription.customer).deleted
    assert client.v1.customers.retrieve(subscription.customer).deleted
    assert client.v1.subscriptions.retrieve(subscription.id).status == "canceled"
    assert client.v1.customers.list().data == []


# ---- what Stripe would refuse


@pytest.mark.parametrize(
    ("change", "param"),
    [
        ({"customer": "cus_nobody", "customer_email": ""}, "customer_email"),
        ({"payment_intent_data": {"description": "x"}}, "payment_intent_data"),
        ({"line_items": a_gift()["line_items"]}, "line_items"),
    ],
)
def test_what_does_not_belong_on_a_page_for_a_regular_gift_is_refused(client, change, param):
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.checkout.sessions.create(a_regular_gift(**change))
    assert refused.value.param == param


def test_a_regular_price_is_refused_on_a_page_for_one_gift(client):
    with pytest.raises(stripe.InvalidRequestError, match="one-time prices"):
        client.v1.checkout.sessions.create(a_gift(line_items=a_regular_gift()["line_items"]))
