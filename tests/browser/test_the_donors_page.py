"""The donor's own page in a real browser: the way in by a letter, every page at every width, and a gift that ends."""

import re
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import what_axe_finds
from tests.browser.test_a_gift_in_the_browser import fill_in, pay
from tests.browser.test_every_page import LOOK

WIDTHS = (320, 1280)


def sign_in(page: Page, email: str) -> None:
    """Ask for a key, read the letter, press its button."""
    page.goto("/giving/")
    page.get_by_label("Your email address").fill(email)
    page.get_by_role("button", name="Send me a link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look in your inbox")
    page.goto(link_in_the_letter(page, email, "sign_in", "key"))
    page.get_by_role("button", name="Open my giving page").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your gifts")


def link_in_the_letter(page: Page, email: str, kind: str, place: str) -> str:
    """The address, below /giving/, in the letter of this kind to this donor, once the worker has sent it."""
    for _ in range(80):
        page.goto("/demo/mail/")
        found = page.locator(".letters__one").filter(has_text=email).locator(f"a[href*='{kind}']")
        if found.count():
            page.goto(found.first.get_attribute("href") or "")
            return re.search(rf"/giving/{place}/[\w:-]+/", page.content())[0]
        page.wait_for_timeout(250)
    raise AssertionError("no letter came")


def looks_right(page: Page, folder: Path, keep_picture, name: str) -> None:
    """Open to everybody, and of valid HTML, on a small screen and on a large one."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert what_axe_finds(page) == "", name
        found = page.evaluate(LOOK)
        assert found["width"] <= width, name
        assert found["small"] == [], name
        keep_picture(page, f"donor-{name}-{width}")
    answer = page.request.get(page.url, headers={"Connection": "close"})
    if answer.ok:
        (folder / f"{name}.html").write_bytes(answer.body())


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_wade_looks_after_a_monthly_gift(window, keep_picture, tmp_path, validator, script):
    email = f"wade-{uuid4().hex[:6]}@example.org"
    page = window(390, script=script)
    page.goto("/donate/nurse/at-once/?amount=10&every=month")
    fill_in(page, "Wade Estuary", email, every="Every month")
    page.get_by_role("button", name="Continue to payment").click()
    pay(page, "succeeds")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    sign_in(page, email)
    if not script:  # axe is a script: here only what is pressed counts
        page.get_by_role("link", name=re.compile("£10")).first.click()
        page.get_by_role("link", name="Change the amount").click()
        page.get_by_label("New amount in pounds").fill("12.50")
        page.get_by_role("button", name="Change the amount").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("£12.50")
        return
    looks_right(page, tmp_path, keep_picture, "overview")
    page.get_by_role("link", name=re.compile(r"20\d\d\s*, G-")).first.click()
    looks_right(page, tmp_path, keep_picture, "gift")
    page.get_by_role("link", name="Regular gifts").click()
    looks_right(page, tmp_path, keep_picture, "regular")
    page.get_by_role("link", name=re.compile("£10")).first.click()
    gift = page.url
    looks_right(page, tmp_path, keep_picture, "regular-gift")
    wishes = ("Change the amount", "Change the day", "Pause it", "Skip one payment", "Choose another card or account")
    for wish in wishes:
        page.get_by_role("link", name=wish).click()
        looks_right(page, tmp_path, keep_picture, f"regular-{wish.split()[-1].lower()}")
        page.goto(gift)
    page.get_by_role("link", name="Pause it").click()
    page.get_by_role("button", name="Pause it").click()
    expect(page).to_have_title(re.compile("^Error: "))
    looks_right(page, tmp_path, keep_picture, "regular-wrong")
    page.get_by_label("For how long?").select_option("3 months")
    page.get_by_role("button", name="Pause it").click()
    expect(page.get_by_text("Your gift is paused.")).to_be_visible()
    looks_right(page, tmp_path, keep_picture, "regular-paused")
    for name in ("Gift Aid", "Keeping in touch", "Your details", "Your data"):
        page.get_by_role("link", name=name, exact=True).click()
        looks_right(page, tmp_path, keep_picture, name.lower().replace(" ", "-"))
    page.get_by_role("link", name="Ask us to delete your data").click()
    looks_right(page, tmp_path, keep_picture, "delete")
    page.goto("/giving/gift-aid/new/")
    page.get_by_role("button", name="Declare this").click()
    looks_right(page, tmp_path, keep_picture, "declaration-wrong")
    page.get_by_label(re.compile("any donations I make in the future to")).check()
    page.get_by_label("In the UK").check()
    page.get_by_label("House and street").fill("1 Quay Street")
    page.get_by_label("Postcode").fill("TR18 4AB")
    page.get_by_role("button", name="Declare this").click()
    expect(page.get_by_text("in force")).to_be_visible()
    looks_right(page, tmp_path, keep_picture, "declared")
    page.get_by_role("link", name=re.compile("Cancel this declaration")).click()
    looks_right(page, tmp_path, keep_picture, "declaration-cancel")
    page.get_by_role("link", name="Your details", exact=True).click()
    page.get_by_role("link", name="Change it").click()
    looks_right(page, tmp_path, keep_picture, "email")
    page.get_by_label("Your new email address").fill(f"new.{email}")
    page.get_by_role("button", name="Send a link to it").click()
    expect(page.get_by_text(f"We have sent a link to new.{email}")).to_be_visible()
    page.goto(link_in_the_letter(page, f"new.{email}", "confirm_address", "confirm"))
    looks_right(page, tmp_path, keep_picture, "confirm")
    page.get_by_role("button", name="Confirm this address").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your email address is changed")
    looks_right(page, tmp_path, keep_picture, "confirmed")
    page.goto(gift)
    page.get_by_role("link", name="End it").click()
    looks_right(page, tmp_path, keep_picture, "regular-end")
    page.get_by_role("button", name="End this gift").click()
    expect(page.get_by_text("Your gift has ended. Nothing more is taken.")).to_be_visible()
    looks_right(page, tmp_path, keep_picture, "regular-ended")
    page.get_by_role("button", name="Sign out").click()
    looks_right(page, tmp_path, keep_picture, "sign-in")
    page.goto("/giving/asked/")
    looks_right(page, tmp_path, keep_picture, "asked")
    page.goto("/giving/key/long-gone/")
    looks_right(page, tmp_path, keep_picture, "key-too-late")
    assert validator.says(tmp_path) == []
