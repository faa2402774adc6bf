"""The whole journey in a real browser, in every way in which somebody may give. Each page met is open to everybody."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.giving import Donor


@pytest.fixture
def somebody(window, keep_picture, tmp_path, validator):
    """A donor with a window of their own; whatever they met was valid HTML."""

    def comes(name: str, width: int = 390, *, script: bool = True) -> Donor:
        return Donor(window(width, script=script), f"journey-{name}", keep_picture, tmp_path)

    yield comes
    if any(tmp_path.glob("*.html")):
        assert validator.says(tmp_path) == []


def to_gift_aid(donor: Donor, *, every: str = "Just once", name: str = "Ada Mary Periwinkle") -> None:
    """The first two pages."""
    donor.page.goto("/donate/nurse/")
    donor.looks()
    donor.chooses(every)
    donor.chooses("Another amount")
    donor.writes(Another_amount_in_pounds="£25")
    donor.goes_on()
    donor.looks()
    donor.writes(Your_full_name=name, Your_email_address=f"{name.split()[0].lower()}@example.org")
    donor.goes_on()


def test_ada_gives_once_with_gift_aid(somebody):
    donor = somebody("gift-aid")
    to_gift_aid(donor)
    expect(donor.page.get_by_role("heading", level=1)).to_contain_text("£25 becomes £31.25")
    donor.looks()
    donor.chooses("Yes, claim Gift Aid")
    donor.goes_on()
    donor.looks()
    donor.goes_on()
    expect(donor.page).to_have_title(re.compile("^Error: "))
    donor.looks()
    donor.chooses("In the UK", "this donation and any donations I make in the future")
    donor.writes(House_number="1 Quay Street", Town="Harbourton", Postcode="ne1 4lp")
    donor.goes_on()
    donor.looks()
    donor.chooses("No, it is just a gift")
    donor.goes_on()
    donor.looks()
    donor.chooses("Write to me by email")
    donor.goes_on()
    expect(donor.page.get_by_text("NE1 4LP")).to_be_visible()
    expect(donor.page.get_by_text("any donations I make in the future")).to_be_visible()
    donor.looks()
    donor.goes_on()
    donor.pays("succeeds")
    expect(donor.page.get_by_role("heading", level=1)).to_contain_text("Thank you for your gift of £25")
    expect(donor.page.get_by_text("£31.25")).to_be_visible()
    donor.looks()
    donor.page.reload()
    expect(donor.page.get_by_role("heading", level=1)).to_contain_text("Thank you for your gift of £25")


def quickly_to_check(donor: Donor, **how: str) -> None:
    """Everything before the last page, answered with No."""
    to_gift_aid(donor, **how)
    donor.chooses("No")
    donor.goes_on()
    donor.chooses("No, it is just a gift")
    donor.goes_on()
    donor.goes_on()


def test_ben_gives_every_month_by_direct_debit(somebody):
    donor = somebody("monthly", 1280)
    quickly_to_check(donor, every="Every month", name="Ben Limpet")
    expect(donor.page.get_by_text("£25 every month")).to_be_visible()
    donor.looks()
    donor.goes_on()
    donor.pays("Direct Debit")
    expect(donor.page.get_by_role("heading", level=1)).to_contain_text("is on its way")
    donor.looks()


def test_cora_gives_in_memory_and_somebody_is_told(somebody):
    donor = somebody("memory")
    to_gift_aid(donor, name="Cora Whelk")
    donor.chooses("No")
    donor.goes_on()
    donor.chooses("In memory of somebody")
    donor.writes(Their_name="Old Tom Harbour", Who_shall="Bess Harbour", Their_email="bess@example.org")
    donor.looks()
    donor.goes_on()
    donor.goes_on()
    expect(donor.page.get_by_text("Old Tom Harbour")).to_be_visible()
    donor.goes_on()
    donor.pays("succeeds")
    expect(donor.page.get_by_text("We tell Bess Harbour of your gift")).to_be_visible()
    donor.looks()


def test_dai_lives_in_jersey_and_needs_no_postcode(somebody):
    donor = somebody("overseas")
    to_gift_aid(donor, name="Dai Barnacle")
    donor.chooses("Yes, claim Gift Aid")
    donor.goes_on()
    donor.chooses("In the Channel Islands or on the Isle of Man", "this donation")
    donor.writes(House_number="2 Quay, St Helier")
    donor.goes_on()
    donor.chooses("No, it is just a gift")
    donor.goes_on()
    donor.goes_on()
    expect(donor.page.get_by_text("2 Quay, St Helier, In the Channel Islands")).to_be_visible()
    donor.looks()


def test_elin_is_declined_and_pays_with_another_card(somebody):
    donor = somebody("declined")
    quickly_to_check(donor, name="Elin Dab")
    donor.goes_on()
    donor.pays("declined")
    expect(donor.page.get_by_role("alert")).to_be_visible()
    donor.pays("succeeds")
    expect(donor.page.get_by_role("heading", level=1)).to_contain_text("Thank you for your gift of £25")


def test_finn_leaves_stripes_page_and_comes_back_to_everything(somebody):
    donor = somebody("cancelled")
    quickly_to_check(donor, name="Finn Cockle")
    donor.goes_on()
    donor.page.get_by_role("link", name=re.compile("back|cancel", re.IGNORECASE)).first.click()
    expect(donor.page.get_by_text("You have not been charged")).to_be_visible()
    expect(donor.page.get_by_text("Finn Cockle")).to_be_visible()
    donor.looks()
    donor.goes_on()
    donor.pays("succeeds")
    expect(donor.page.get_by_role("heading", level=1)).to_contain_text("Thank you for your gift of £25")


def test_gwen_goes_all_the_way_without_javascript_on_the_smallest_screen(window, keep_picture, tmp_path):
    donor = Donor(window(320, script=False), "journey-no-script", keep_picture, tmp_path)
    donor.looks = lambda: keep_picture(donor.page, f"journey-no-script-{len(donor.page.url)}")  # axe is a script
    quickly_to_check(donor, name="Gwen Sprat")
    donor.page.get_by_role("link", name=re.compile("Change your name")).click()
    expect(donor.page.get_by_label("Your full name")).to_have_value("Gwen Sprat")
    donor.writes(Your_full_name="Gwen Herring")
    donor.goes_on()
    expect(donor.page.get_by_text("Gwen Herring")).to_be_visible()
    donor.goes_on()
    donor.pays("succeeds")
    expect(donor.page.get_by_role("heading", level=1)).to_contain_text("Thank you for your gift of £25")


def test_huw_gives_by_keyboard_alone(somebody):
    donor = somebody("keyboard", 1280)
    page = donor.page
    page.goto("/donate/nurse/")
    tab_to(page, "every")
    page.keyboard.press("Space")
    tab_to(page, "choice")
    page.keyboard.press("ArrowDown")
    press_continue(page)
    tab_to(page, "name")
    page.keyboard.type("Huw Limpet")
    page.keyboard.press("Tab")
    page.keyboard.type("huw@example.org")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    tab_to(page, "gift_aid")
    page.keyboard.press("ArrowUp")  # from the first to the last: No
    press_continue(page)
    tab_to(page, "kind")
    page.keyboard.press("Space")
    press_continue(page)
    press_continue(page)
    expect(page.get_by_text("Huw Limpet")).to_be_visible()
    press_continue(page)
    expect(page).to_have_url(re.compile("/c/pay/"))


def tab_to(page, name: str) -> None:
    """Press Tab until a field of this name has the focus; every stop can be seen."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == name:
            return
    raise AssertionError(f"Tab never comes to {name}")


def press_continue(page) -> None:
    """Tab to the button that goes on, and press it."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.give__next button')"):
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError("Tab never comes to the button")
