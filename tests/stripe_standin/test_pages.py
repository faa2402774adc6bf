"""What people see: the donor's payment page and the operator's page, as a browser without scripts has them."""

import re

import pytest
import requests

from tests.stripe_standin.conftest import a_gift, a_regular_gift


@pytest.fixture
def session(client):
    """A page opened for £25."""
    return client.v1.checkout.sessions.create(a_gift())


def send(address, **form):
    """A form sent as a browser would, redirects not followed."""
    return requests.post(address, data=form, timeout=10, allow_redirects=False)


def look(address):
    return requests.get(address, timeout=10, allow_redirects=False)


def test_the_page_says_what_is_given_to_whom_and_that_no_money_moves(session):
    page = look(session.url)
    assert page.status_code == 200
    assert '<html lang="en-GB">' in page.text
    assert "<title>Donate £25.00 to Example charity</title>" in page.text
    assert "no real money moves" in page.text
    assert "<script" not in page.text
    assert "style=" not in page.text
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "form-action 'self' http://127.0.0.1:9;" in policy, "a browser checks the redirect that follows the form"


def test_every_field_has_a_label(session):
    page = look(session.url).text
    for field in re.findall(r'<input[^>]* id="([^"]+)"', page):
        assert f'<label for="{field}"' in page


def test_a_donor_who_pays_is_sent_back_with_the_sessions_id(standin, session):
    answer = send(session.url, card="succeeds", name="Ada Periwinkle")
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"http://127.0.0.1:9/thanks?session={session.id}"
    assert standin.session(session.id)["customer_details"]["name"] == "Ada Periwinkle"


def test_a_double_click_pays_once_and_lands_in_the_same_place(standin, session):
    first, second = send(session.url, card="succeeds"), send(session.url, card="succeeds")
    assert first.headers["Location"] == second.headers["Location"]
    assert len(standin.events_of("charge.succeeded")) == 1
    assert look(session.url).status_code == 303, "going back to a paid page leads on to the thanks"


def test_a_declined_donor_is_told_and_tries_again(standin, session):
    answer = send(session.url, card="declined")
    assert answer.status_code == 303
    page = look(standin.url + answer.headers["Location"]).text
    assert 'role="alert"' in page
    assert "Your card was declined" in page
    assert page.index("<title>Error:")
    assert send(session.url, card="succeeds").headers["Location"].startswith("http://127.0.0.1:9/thanks")


def test_a_donor_who_chooses_no_card_is_asked_to(session):
    assert "Choose how to pay first" in send(session.url).text


def test_a_donor_who_thinks_better_of_it_is_led_back(session):
    assert 'href="http://127.0.0.1:9/nurse"' in look(session.url).text


def test_a_page_that_has_closed_says_so_and_takes_nothing(standin, client, session):
    client.v1.checkout.sessions.expire(session.id)
    page = look(f"{standin.url}/c/pay/{session.id}")
    assert "has closed" in page.text
    assert "No money was taken" in page.text
    send(f"{standin.url}/c/pay/{session.id}", card="succeeds")
    assert not standin.events_of("charge.succeeded")


def test_a_page_that_never_was_says_so(standin):
    assert look(f"{standin.url}/c/pay/cs_test_nothing").status_code == 404


def test_words_from_outside_stay_words(standin, client):
    gift = a_gift(cancel_url="http://127.0.0.1:9/?a=\"><script>alert('x')</script>", client_reference_id="<b>G-1</b>")
    gift["line_items"][0]["price_data"]["product_data"]["name"] = "<img src=x>"
    for page in (look(client.v1.checkout.sessions.create(gift).url).text, look(standin.url).text):
        assert "<script" not in page
        assert "<img" not in page
        assert "<b>" not in page


# ---- regular gifts, banks that ask, other cards


def test_the_page_of_a_regular_gift_says_how_often(client):
    every_month = look(client.v1.checkout.sessions.create(a_regular_gift()).url).text
    assert "<title>Donate £10.00 every month to Example charity</title>" in every_month
    assert "A card that expires this month" in every_month
    assert "£10.00 every year" in look(client.v1.checkout.sessions.create(a_regular_gift("year")).url).text


def test_a_bank_that_asks_does_so_on_a_page_of_its_own(standin, session):
    asked = send(session.url, card="3ds")
    assert asked.headers["Location"].startswith("/c/bank/pi_")
    page = look(standin.url + asked.headers["Location"])
    assert "Your bank asks: is it you?" in page.text
    assert "confirm a payment of £25.00 to Example charity" in page.text
    assert "form-action 'self' http://127.0.0.1:9;" in page.headers["Content-Security-Policy"]
    assert "Choose an answer first" in send(page.url).text
    failed = send(page.url, answer="fail")
    assert failed.headers["Location"] == f"/c/pay/{session.id}"
    assert "unable to authenticate" in look(session.url).text
    bank = standin.url + send(session.url, card="3ds").headers["Location"]
    for _ in range(2):  # a double click
        assert send(bank, answer="pass").headers["Location"] == f"/c/pay/{session.id}"
    assert look(session.url).headers["Location"].startswith("http://127.0.0.1:9/thanks")
    assert len(standin.events_of("charge.succeeded")) == 1


def test_a_bank_asks_nothing_of_a_page_that_has_closed_and_nothing_out_of_the_blue(standin, client, session):
    bank = standin.url + send(session.url, card="3ds").headers["Location"]
    client.v1.checkout.sessions.expire(session.id)
    assert "has closed" in send(bank, answer="pass").text
    assert not standin.events_of("charge.succeeded")
    assert look(f"{standin.url}/c/bank/pi_nothing").status_code == 404


def test_a_direct_debit_is_chosen_with_the_name_on_the_account(standin, session):
    assert "pending" in look(session.url).text
    assert send(session.url, card="bacs", name="A Periwinkle").status_code == 303
    charge = standin.events_of("charge.pending")[0]["data"]["object"]
    assert charge["billing_details"]["name"] == "A Periwinkle"


def test_the_page_for_another_card_says_that_nothing_is_charged(standin, client):
    page = client.v1.checkout.sessions.create(
        {"mode": "setup", "currency": "gbp", "success_url": "http://127.0.0.1:9/done"}
    )
    shown = look(page.url).text
    assert "Nothing is charged now" in shown
    assert '<button type="submit">Name another card</button>' in shown
    assert "£" not in shown
    send(page.url, card="declined")
    assert "The card was not accepted" in look(page.url).text
    bank = standin.url + send(page.url, card="3ds").headers["Location"]
    assert "confirm a new card" in look(bank).text
    send(bank, answer="pass")
    assert look(page.url).headers["Location"] == "http://127.0.0.1:9/done"
    assert look(standin.url).status_code == 200, "the operator's page shows it too"


def test_the_page_of_an_invoice_leads_to_the_bank_that_asks(standin, client):
    subscription = standin.pay(client.v1.checkout.sessions.create(a_regular_gift()).id)["subscription"]
    first = client.v1.invoices.list({"subscription": subscription}).data[0].hosted_invoice_url
    assert "£10.00 is paid" in look(first).text
    standin.ask_at_next_renewals(subscription)
    standin.renew(subscription)
    second = client.v1.invoices.list({"subscription": subscription}).data[0].hosted_invoice_url
    bank = standin.url + look(second).headers["Location"]
    assert "Thank you" in send(bank, answer="pass").text
    assert "£10.00 is paid" in look(second).text
    standin.fail_next_renewals(subscription)
    standin.renew(subscription)
    third = client.v1.invoices.list({"subscription": subscription}).data[0].hosted_invoice_url
    assert "£10.00 is due" in look(third).text
    assert look(f"{standin.url}/i/in_nothing").status_code == 404


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Host": "elsewhere.example"}],
)
def test_another_site_cannot_press_the_buttons(standin, headers):
    answer = requests.post(f"{standin.url}/_standin/hold", headers=headers, timeout=5, allow_redirects=False)
    assert answer.status_code in {403, 421}
    assert not standin.account.store.setting("hold")
