"""What a reader takes along on paper; and a word that is explained to a reader without a script."""

import pytest

from tests.browser.conftest import Opens, what_axe_finds

TREATMENTS = "/information/treatments/"


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", [TREATMENTS, "/information/near-the-end-of-life/", "/information/just-diagnosed/"])
def test_a_page_about_an_illness_asks_for_nothing_on_paper(window: Opens, path, width):
    page = window(width)
    page.goto(path)
    page.emulate_media(media="print")
    printed = page.evaluate("document.body.innerText")
    assert "Surgery" in printed or path != TREATMENTS
    for asks in ("Donate", "Give now", "Look after your gifts"):
        assert asks not in printed
    for leads_nowhere in ("Skip to the main content", "Search", "On this page"):
        assert leads_nowhere not in printed


def test_on_paper_a_word_is_explained_in_its_line_and_the_text_takes_the_whole_width(window: Opens):
    page = window(1280)
    page.goto(TREATMENTS)
    page.emulate_media(media="print")
    note = page.locator(".term__note").first
    assert note.is_visible()
    assert note.inner_text().strip().startswith("A growth that begins")
    drawn = "getComputedStyle(document.querySelector('.term__note')).display"
    assert page.evaluate(drawn) == "inline"
    assert page.evaluate("document.querySelector('.information__text').offsetWidth") > 600


@pytest.mark.parametrize("width", [320, 1280])
def test_a_word_opens_by_keyboard_without_a_script_and_closes_again(window: Opens, width):
    page = window(width, script=False)
    page.goto(TREATMENTS)
    word = page.locator("button.term").first
    note = page.locator(".term__note").first
    assert not note.is_visible()
    word.focus()
    page.keyboard.press("Enter")
    assert note.is_visible()
    box = note.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    page.keyboard.press("Escape")
    assert not note.is_visible()


def test_an_opened_word_can_be_read_by_everybody(window: Opens):
    page = window(1280)
    page.goto(TREATMENTS)
    page.locator("button.term").first.click()
    assert what_axe_finds(page) == ""
