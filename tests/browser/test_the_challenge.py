"""While somebody tries cards, a donor's browser proves itself, and the gift goes on; without script a wait does."""

import uuid

import pytest
import requests
from playwright.sync_api import expect

from tests.browser.conftest import what_axe_finds
from tests.browser.running_demo import AS_IF
from tests.browser.test_a_gift_in_the_browser import fill_in

CROWDED = "203.0.113.7"


@pytest.fixture
def crowd(demo) -> None:
    """Somebody opens payment page after payment page from one address."""
    for number in range(int(AS_IF["DEFENCE_ADDRESS_TRIES"]) + 2):
        typed = {"every": "once", "choice": "other", "other": "5", "name": "Bot", "email": f"bot{number}@example.org"}
        answer = requests.post(
            f"{demo.site}/donate/nurse/at-once/",
            {**typed, "gift_aid": "no", "token": str(uuid.uuid4())},
            headers={"X-Forwarded-For": CROWDED},
            allow_redirects=False,
            timeout=30,
        )
        assert answer.status_code in (302, 429)
    assert answer.status_code == 429


def test_a_donor_there_goes_on_by_herself_after_a_moment(window, crowd, keep_picture):
    page = window(390, comes_from=CROWDED)
    page.route("**/proof*.js", lambda route: route.abort())  # first without it, to look at the page
    page.goto("/donate/nurse/at-once/?amount=25")
    fill_in(page, "Ada Periwinkle", "ada@example.org")
    page.get_by_role("button", name="Continue to payment").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("One moment, please")
    assert what_axe_finds(page) == ""
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    keep_picture(page, "gift-challenge-390")
    page.unroute("**/proof*.js")
    page.get_by_role("button", name="Send again").click()  # and now it does its work
    page.wait_for_url("**/c/pay/**", timeout=60_000)
    expect(page.get_by_text("£25").first).to_be_visible()


def test_without_script_it_says_how_long_to_wait_and_keeps_what_was_typed(window, crowd, keep_picture):
    page = window(320, script=False, comes_from=CROWDED)
    page.goto("/donate/nurse/at-once/?amount=25")
    fill_in(page, "Ben Limpet", "ben@example.org")
    page.get_by_role("button", name="Continue to payment").click()
    expect(page.get_by_text("wait for 60 seconds and press the button")).to_be_visible()
    page.get_by_role("button", name="Send again").click()
    expect(page.get_by_text("press the button")).to_be_visible()
    assert page.locator('input[name="name"]').get_attribute("value") == "Ben Limpet"
    keep_picture(page, "gift-challenge-320-no-script")
