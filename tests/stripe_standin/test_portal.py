"""The billing portal, where a regular donor names another card."""

import pytest
import stripe

from tests.stripe_standin.conftest import a_regular_gift
from tests.stripe_standin.test_pages import look, send

HOME = "http://127.0.0.1:9/giving"


@pytest.fixture
def donor(standin, client):
    """The customer of a regular gift."""
    return standin.pay(client.v1.checkout.sessions.create(a_regular_gift()).id)["customer"]


def opened(client, donor, **flow):
    asked = {"customer": donor, "return_url": HOME, "flow_data": {"type": "payment_method_update"} | flow}
    return client.v1.billing_portal.sessions.create(asked)


def test_a_donor_names_another_card_and_goes_home(standin, client, donor):
    page = opened(client, donor).url
    assert "Name another card for Example charity" in look(page).text
    assert "Choose a card first" in send(page).text
    assert "Your card was declined" in send(page, card="declined").text
    answer = send(page, card="succeeds", name="Ada Periwinkle")
    assert (answer.status_code, answer.headers["Location"]) == (303, HOME)
    chosen = client.v1.customers.retrieve(donor).invoice_settings.default_payment_method
    assert client.v1.payment_methods.retrieve(chosen).billing_details.name == "Ada Periwinkle"
    assert standin.events_of("customer.updated")[-1]["data"]["object"]["id"] == donor


def test_a_donor_is_led_where_the_charity_asked(client, donor):
    there = {"type": "redirect", "redirect": {"return_url": f"{HOME}?changed=1"}}
    page = opened(client, donor, after_completion=there).url
    assert "form-action 'self' http://127.0.0.1:9;" in look(page).headers["Content-Security-Policy"]
    assert send(page, card="bacs").headers["Location"] == f"{HOME}?changed=1"


def test_another_flow_and_another_page_are_refused(standin, client, donor):
    with pytest.raises(stripe.InvalidRequestError, match="one flow"):
        client.v1.billing_portal.sessions.create({"customer": donor, "flow_data": {"type": "subscription_cancel"}})
    with pytest.raises(stripe.InvalidRequestError, match="does not implement the parameter flow_data"):
        opened(client, donor, subscription_cancel={"subscription": "sub_1"})
    standin.forgive(["flow_data"])
    assert look(f"{standin.url}/p/session/bps_nothing").status_code == 404
