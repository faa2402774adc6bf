"""What people see: the donor's payment page and the operator's page, as a browser without scripts has them."""

import re

import pytest
import requests

from tests.stripe_standin.conftest import a_gift


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


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Host": "elsewhere.example"}],
)
def test_another_site_cannot_press_the_buttons(standin, headers):
    answer = requests.post(f"{standin.url}/_standin/hold", headers=headers, timeout=5, allow_redirects=False)
    assert answer.status_code in {403, 421}
    assert not standin.account.store.setting("hold")
