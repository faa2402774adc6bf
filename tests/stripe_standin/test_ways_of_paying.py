"""Direct Debits, banks that ask, wallets, other cards named, and payments made without a page."""

from datetime import UTC, datetime

import pytest
import stripe

from tests.stripe_standin.conftest import a_gift, a_regular_gift, kinds_since

DAY = 86_400
SETUP = {
    "mode": "setup",
    "currency": "gbp",
    "setup_intent_data": {"metadata": {"change": "C-1"}},
    "success_url": "http://127.0.0.1:9/done?session={CHECKOUT_SESSION_ID}",
    "cancel_url": "http://127.0.0.1:9/back",
}


def pay(standin, client, card, gift=None):
    """A gift, paid in some way; its session."""
    return standin.pay(client.v1.checkout.sessions.create(gift or a_gift()).id, card)


def whole(client, intent):
    return client.v1.payment_intents.retrieve(intent, {"expand": ["latest_charge.balance_transaction"]})


# ---- Direct Debit


def test_a_direct_debit_is_pending_and_no_money_yet(standin, client):
    session = pay(standin, client, "bacs")
    assert kinds_since(standin, 0) == ["charge.pending", "payment_intent.processing", "checkout.session.completed"]
    assert (session["status"], session["payment_status"]) == ("complete", "unpaid")
    intent = whole(client, session["payment_intent"])
    assert (intent.status, intent.amount_received) == ("processing", 0)
    charge = intent.latest_charge
    assert (charge.status, charge.paid, charge.balance_transaction) == ("pending", False, None)
    assert charge.id.startswith("py_")
    assert charge.payment_method_details.type == "bacs_debit"


def test_a_direct_debit_settles_with_its_fee_and_says_so_once(standin, client):
    session = pay(standin, client, "bacs")
    count = len(standin.events)
    standin.settle_bacs(session["payment_intent"])
    assert kinds_since(standin, count) == [
        *("charge.succeeded", "payment_intent.succeeded", "mandate.updated"),
        "checkout.session.async_payment_succeeded",
    ]
    line = whole(client, session["payment_intent"]).latest_charge.balance_transaction
    assert (line.fee, line.net, line.type, line.reporting_category) == (25, 2475, "payment", "charge")
    assert standin.session(session["id"])["payment_status"] == "paid"
    with pytest.raises(ValueError, match="succeeded"):
        standin.settle_bacs(session["payment_intent"])
    standin.move_clock(30 * DAY)
    assert len(standin.events_of("payment_intent.succeeded")) == 1


@pytest.mark.parametrize(("pence", "fee"), [(500, 20), (2500, 25), (12345, 123), (30000, 200)])
def test_a_direct_debit_costs_one_percent_within_20p_and_2_pounds(standin, client, pence, fee):
    gift = a_gift()
    gift["line_items"][0]["price_data"]["unit_amount"] = pence
    session = pay(standin, client, "bacs", gift)
    standin.settle_bacs(session["payment_intent"])
    assert whole(client, session["payment_intent"]).latest_charge.balance_transaction.fee == fee


def test_a_direct_debit_comes_back_and_brings_no_money(standin, client):
    session = pay(standin, client, "bacs")
    count = len(standin.events)
    standin.fail_bacs(session["payment_intent"])
    assert kinds_since(standin, count) == [
        *("charge.failed", "payment_intent.payment_failed", "checkout.session.async_payment_failed")
    ]
    intent = whole(client, session["payment_intent"])
    assert (intent.status, intent.latest_charge.failure_code) == ("requires_payment_method", "insufficient_funds")
    assert intent.last_payment_error.payment_method.type == "bacs_debit"
    assert client.v1.balance_transactions.list().data == []


def test_the_clock_settles_a_direct_debit_of_a_new_mandate_after_seven_days(standin, client):
    session = pay(standin, client, "bacs")
    standin.move_clock(6 * DAY)
    assert whole(client, session["payment_intent"]).status == "processing"
    standin.move_clock(1.1 * DAY)
    assert whole(client, session["payment_intent"]).status == "succeeded"


def test_a_monthly_debit_is_pending_each_time_and_faster_the_second(standin, client):
    session = pay(standin, client, "bacs", a_regular_gift())
    assert session["payment_status"] == "unpaid"
    subscription = session["subscription"]
    assert standin.subscription(subscription)["status"] == "active"
    standin.move_clock(8 * DAY)
    assert [e["type"] for e in standin.events if "async" in e["type"]] == ["checkout.session.async_payment_succeeded"]
    standin.renew(subscription)
    assert client.v1.invoices.list({"subscription": subscription, "status": "open"}).data[0].attempt_count == 1
    standin.move_clock(4.1 * DAY)
    paid = client.v1.invoices.list({"subscription": subscription, "status": "paid"}).data
    assert len(paid) == 2
    assert len([e for e in standin.events if "async" in e["type"]]) == 1, "a renewal has no page to tell of"


def test_a_monthly_debit_that_comes_back_is_tried_again(standin, client):
    session = pay(standin, client, "bacs", a_regular_gift())
    standin.move_clock(8 * DAY)
    standin.fail_next_renewals(session["subscription"])
    standin.renew(session["subscription"])
    standin.move_clock(4.1 * DAY)
    assert standin.subscription(session["subscription"])["status"] == "past_due"
    standin.retry(session["subscription"])
    standin.move_clock(4.1 * DAY)
    assert standin.subscription(session["subscription"])["status"] == "active"
    assert len(client.v1.invoices.list({"subscription": session["subscription"], "status": "paid"}).data) == 2


def test_a_first_debit_that_comes_back_leaves_the_gift_behind_and_tells_the_page_once(standin, client):
    session = pay(standin, client, "bacs", a_regular_gift())
    intent = standin.events_of("payment_intent.processing")[0]["data"]["object"]["id"]
    standin.fail_bacs(intent)
    assert standin.subscription(session["subscription"])["status"] == "past_due"
    standin.move_clock(9 * DAY)
    assert standin.subscription(session["subscription"])["status"] == "active"
    assert [e["type"] for e in standin.events if "async" in e["type"]] == ["checkout.session.async_payment_failed"]


def test_a_mandate_that_the_donor_ended_is_told_of_and_pays_no_more(standin, client):
    session = pay(standin, client, "bacs", a_regular_gift())
    standin.move_clock(8 * DAY)
    details = client.v1.charges.list({"limit": 1}).data[0].payment_method_details.bacs_debit
    mandate = client.v1.mandates.retrieve(details.mandate, {"expand": ["payment_method"]})
    assert (mandate.status, mandate.payment_method.customer) == ("active", session["customer"])
    standin.end_mandate(mandate.id)
    assert standin.events_of("mandate.updated")[-1]["data"]["object"]["status"] == "inactive"
    standin.renew(session["subscription"])
    assert standin.subscription(session["subscription"])["status"] == "past_due"
    assert client.v1.charges.list({"limit": 1}).data[0].failure_code == "debit_not_authorized"


# ---- banks that ask, wallets, cards


def test_a_donor_who_passes_her_banks_question_has_paid(standin, client):
    session = pay(standin, client, "3ds_pass")
    assert kinds_since(standin, 0)[0] == "payment_intent.requires_action"
    card = whole(client, session["payment_intent"]).latest_charge.payment_method_details.card
    assert (session["status"], card.three_d_secure.result) == ("complete", "authenticated")


def test_a_donor_who_fails_it_has_not_and_may_try_again(standin, client):
    session = pay(standin, client, "3ds_fail")
    intent = whole(client, session["payment_intent"])
    assert intent.last_payment_error.code == "payment_intent_authentication_failure"
    assert (session["status"], intent.latest_charge) == ("open", None)
    assert standin.pay(session["id"])["payment_intent"] == intent.id


@pytest.mark.parametrize(("choice", "kind"), [("wallet", "apple_pay"), ("google_pay", "google_pay")])
def test_a_wallet_is_a_card_that_says_which(standin, client, choice, kind):
    session = pay(standin, client, choice)
    details = whole(client, session["payment_intent"]).latest_charge.payment_method_details
    assert (details.type, details.card.wallet.type) == ("card", kind)


def test_a_card_about_to_expire_says_when(standin, client):
    session = pay(standin, client, "expiring", a_regular_gift())
    params = {"expand": ["default_payment_method"]}
    card = client.v1.subscriptions.retrieve(session["subscription"], params).default_payment_method.card
    today = datetime.now(UTC)
    assert (card.exp_month, card.exp_year) == (today.month, today.year)


# ---- another card or account


@pytest.mark.parametrize(("choice", "kind"), [("succeeds", "card"), ("3ds_pass", "card"), ("bacs", "bacs_debit")])
def test_a_card_or_account_is_named_and_nothing_is_charged(standin, client, choice, kind):
    customer = client.v1.customers.create({"email": "ada@example.org"}).id
    page = client.v1.checkout.sessions.create(SETUP | {"customer": customer})
    named = standin.set_up(page.id, choice)
    assert (named["status"], named["payment_status"]) == ("complete", "no_payment_required")
    session = client.v1.checkout.sessions.retrieve(page.id, {"expand": ["setup_intent.payment_method"]})
    setup = session.setup_intent
    assert (setup.status, setup.metadata["change"]) == ("succeeded", "C-1")
    assert (setup.payment_method.type, setup.payment_method.customer) == (kind, customer)
    assert (setup.mandate is None) == (kind == "card")
    assert not standin.events_of("charge.succeeded")
    listed = client.v1.payment_methods.list({"customer": customer, "type": kind}).data
    assert [each.id for each in listed] == [setup.payment_method.id]
    assert [each.id for each in client.v1.setup_intents.list({"customer": customer}).data] == [setup.id]


@pytest.mark.parametrize("choice", ["declined", "3ds_fail"])
def test_a_card_that_is_not_accepted_leaves_the_page_open(standin, client, choice):
    page = client.v1.checkout.sessions.create(SETUP)
    assert standin.set_up(page.id, choice)["status"] == "open"
    failed = standin.events_of("setup_intent.setup_failed")[0]["data"]["object"]
    assert failed["last_setup_error"]["payment_method"]["type"] == "card"
    assert standin.set_up(page.id)["status"] == "complete"


def test_a_page_that_takes_a_payment_names_no_card(standin, client):
    with pytest.raises(ValueError, match="takes a payment"):
        standin.set_up(client.v1.checkout.sessions.create(a_gift()).id)


def test_a_card_is_given_to_a_customer_once_and_taken_away_again(client):
    ann, bob = (client.v1.customers.create({"name": name}).id for name in ("Ann", "Bob"))
    card = client.v1.payment_methods.attach("pm_card_visa", {"customer": ann})
    assert client.v1.payment_methods.retrieve(card.id).customer == ann
    with pytest.raises(stripe.InvalidRequestError, match="already been attached"):
        client.v1.payment_methods.attach(card.id, {"customer": bob})
    assert client.v1.payment_methods.detach(card.id).customer is None
    with pytest.raises(stripe.InvalidRequestError, match="not attached"):
        client.v1.payment_methods.detach(card.id)


# ---- without a page


def test_a_subscription_begun_without_a_page_is_paid_by_the_customers_card(standin, client):
    customer = client.v1.customers.create(
        {"payment_method": "pm_card_visa", "invoice_settings": {"default_payment_method": "pm_card_visa"}}
    )
    price = client.v1.prices.create(
        {
            "currency": "gbp",
            "unit_amount": 900,
            "product_data": {"name": "A nurse"},
            "recurring": {"interval": "month"},
        }
    )
    subscription = client.v1.subscriptions.create({"customer": customer.id, "items": [{"price": price.id}]})
    assert subscription.status == "active"
    assert client.v1.charges.list({"customer": customer.id}).data[0].amount == 900
    assert client.v1.payment_intents.list({"customer": customer.id}).data[0].status == "succeeded"


def test_a_payment_made_without_a_page_is_confirmed_and_a_refusal_is_kept(standin, client):
    made = client.v1.payment_intents.create({"amount": 700, "currency": "gbp", "metadata": {"reference": "X"}})
    assert made.status == "requires_payment_method"
    with pytest.raises(stripe.CardError) as refused:
        client.v1.payment_intents.confirm(made.id, {"payment_method": "pm_card_visa_chargeDeclined"})
    assert (refused.value.http_status, refused.value.code) == (402, "card_declined")
    assert len(standin.events_of("charge.failed")) == 1
    assert client.v1.payment_intents.confirm(made.id, {"payment_method": "pm_card_visa"}).status == "succeeded"
    with pytest.raises(stripe.InvalidRequestError, match="status of succeeded"):
        client.v1.payment_intents.cancel(made.id)


def test_a_payment_is_changed_and_given_up(standin, client):
    made = client.v1.payment_intents.create({"amount": 700, "currency": "gbp", "payment_method": "pm_card_visa"})
    assert made.status == "requires_confirmation"
    assert client.v1.payment_intents.update(made.id, {"amount": 800, "metadata": {"a": "b"}}).amount == 800
    given_up = client.v1.payment_intents.cancel(made.id, {"cancellation_reason": "abandoned"})
    assert (given_up.status, given_up.cancellation_reason) == ("canceled", "abandoned")
    assert len(standin.events_of("payment_intent.canceled")) == 1


def test_a_customer_is_changed_and_found_by_email(client):
    customer = client.v1.customers.create({"email": "ada@example.org", "metadata": {"a": "1", "b": "2"}})
    changed = client.v1.customers.update(customer.id, {"name": "Ada", "metadata": {"b": ""}})
    assert (changed.name, changed.metadata.to_dict()) == ("Ada", {"a": "1"})
    assert [each.id for each in client.v1.customers.list({"email": "ada@example.org"}).data] == [customer.id]
    assert client.v1.customers.list({"email": "bob@example.org"}).data == []
