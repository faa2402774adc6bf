"""The gift's walk again, in a real browser, through the site and the stand-in's payment page."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import what_axe_finds


def test_ada_gives_on_her_phone_and_sees_the_total_move(window, keep_picture):
    before = raised_on_the_impact_page(window)
    page = window(390)
    page.goto("/appeals/nurse/")
    keep_picture(page, "gift-1-appeal-390")
    page.get_by_role("link", name=re.compile("£25")).first.click()
    keep_picture(page, "gift-2-form-390")
    fill_in(page, "Ada Periwinkle", "ada@example.org")
    page.get_by_role("button", name="Continue to payment").click()
    assert what_axe_finds(page) == ""
    keep_picture(page, "gift-3-pay-390")
    pay(page, "succeeds")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you for your gift of £25")
    assert what_axe_finds(page) == ""
    keep_picture(page, "gift-4-thanks-390")
    assert raised_on_the_impact_page(window) - before >= 25_00
    reference = re.search(r"G-[0-9A-Z]{8}", page.content())[0]
    assert letters_about(window, reference) == 1
    for address in ("/demo/mail/", f"/demo/mail/receipt-{reference}/", f"/demo/mail/receipt-{reference}/html/"):
        page.goto(address)
        assert what_axe_finds(page) == "", address
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address
    keep_picture(page, "gift-5-receipt-390")


def test_ben_gives_without_javascript_on_the_smallest_screen(window, keep_picture):
    page = window(320, script=False)
    page.goto("/donate/nurse/at-once/")
    page.get_by_label("Another amount", exact=True).check()
    page.get_by_label("Another amount in pounds").fill("£1,000.50")
    fill_in(page, "Ben Limpet", "ben@example.org")
    page.get_by_role("button", name="Continue to payment").click()
    pay(page, "succeeds")
    expect(page.get_by_role("heading", level=1)).to_contain_text("£1,000.50")
    keep_picture(page, "gift-thanks-320-no-script")


def test_cora_types_wrongly_and_loses_nothing(window, keep_picture):
    page = window(390)
    page.goto("/donate/nurse/at-once/")
    page.get_by_label("Another amount", exact=True).check()
    page.get_by_label("Another amount in pounds").fill("a lot")
    fill_in(page, "Cora Whelk", "cora at example")
    page.get_by_role("button", name="Continue to payment").click()
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.get_by_text("Enter an amount in pounds, like 25 or 12.50.")).to_have_count(2)  # summary, and beside
    expect(page.get_by_label("Your full name")).to_have_value("Cora Whelk")
    expect(page.get_by_label("Another amount in pounds")).to_have_value("a lot")
    assert what_axe_finds(page) == ""
    keep_picture(page, "gift-errors-390")


def test_dai_is_declined_then_comes_back_and_nothing_was_taken(window, keep_picture):
    page = window(1280)
    page.goto("/donate/nurse/at-once/?amount=10")
    fill_in(page, "Dai Barnacle", "dai@example.org")
    page.get_by_role("button", name="Continue to payment").click()
    pay(page, "declined")
    keep_picture(page, "gift-declined-1280")
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_role("link", name=re.compile("back|cancel", re.IGNORECASE)).or_(
        page.get_by_role("button", name=re.compile("back|cancel", re.IGNORECASE))
    ).first.click()
    expect(page.get_by_text("You have not been charged")).to_be_visible()
    expect(page.get_by_text("Dai Barnacle")).to_be_visible()


def test_elin_gives_every_month_by_direct_debit_and_is_told_that_it_is_on_its_way(window, keep_picture):
    page = window(390)
    page.goto("/donate/nurse/at-once/?amount=10&every=month")
    fill_in(page, "Elin Barnacle", "elin@example.org", every="Every month")
    page.get_by_role("button", name="Continue to payment").click()
    assert what_axe_finds(page) == ""
    keep_picture(page, "monthly-1-pay-390")
    pay(page, "Direct Debit")
    expect(page.get_by_role("heading", level=1)).to_contain_text("is on its way")
    assert what_axe_finds(page) == ""
    keep_picture(page, "monthly-2-on-its-way-390")


def fill_in(page: Page, name: str, email: str, *, every: str = "Just once") -> None:
    """Who gives, and how often."""
    page.get_by_label(every, exact=True).check()
    page.get_by_label("Your full name").fill(name)
    page.get_by_label("Your email address").fill(email)
    page.get_by_label("No", exact=True).check()


def pay(page: Page, card: str) -> None:
    """On the stand-in's payment page: choose the card that behaves so, and pay."""
    page.get_by_label(re.compile(card, re.IGNORECASE)).first.check()
    page.get_by_role("button", name=re.compile("^(Pay|Give|Donate|Subscribe)")).click()


def raised_on_the_impact_page(window) -> int:
    """What the page says has been raised in all, in pence."""
    page = window()
    page.goto("/where-your-money-goes/")
    said = page.locator("[data-figure=raised]").first.inner_text()
    pounds, _, pence = re.sub(r"[^0-9.]", "", said).partition(".")
    return int(pounds) * 100 + int(pence or 0)


def letters_about(window, reference: str) -> int:
    """How many letters carry this reference, once the worker has sent them."""
    page = window()
    for _ in range(40):
        page.goto("/demo/mail/")
        found = page.locator(f"a[href*='{reference}']").count()
        if found:
            return found
        page.wait_for_timeout(250)
    return 0
