"""An editor's hands: filling in forms of the admin as a person does, field by field, by mouse and keyboard."""

import re
from collections.abc import Iterable

from playwright.sync_api import Locator, Page, expect

BODY = "[data-streamfield-stream-container]"
ADD = ".c-sf-add-button"


class Desk:
    """The admin in one window."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.blocks = 0

    # ---- where

    def open(self, address: str) -> None:
        """A page of the admin, once its editor is alive."""
        self.page.goto(address)
        self.page.wait_for_load_state("networkidle")
        self.blocks = 0

    # ---- fields

    def fill(self, **values: str) -> None:
        """Text fields and choices, by name."""
        for name, value in values.items():
            self.type_in(name, value)

    def type_in(self, name: str, value: str) -> None:
        """One field."""
        field = self.page.locator(f"[name='{name}']")
        kind = field.evaluate("each => each.tagName + ' ' + each.type")
        if kind.startswith("SELECT"):
            field.select_option(value)
        elif kind.endswith("checkbox"):
            field.set_checked(bool(value))
        else:
            field.fill(value)
            if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
                field.press("Escape")  # away with the calendar

    def write(self, name: str, paragraphs: Iterable[str]) -> None:
        """Rich text, typed; “## ” begins a heading, as editors know it."""
        hidden = self.page.locator(f"[name='{name}']")
        box = hidden.locator("xpath=following::div[contains(@class, 'public-DraftEditor-content')][1]")
        box.scroll_into_view_if_needed()
        box.click()
        for at, paragraph in enumerate(paragraphs):
            if at:
                self.page.keyboard.press("Enter")
            mark, _, rest = paragraph.partition("## ")
            if mark == "" and rest:
                self.page.keyboard.type("## ")
                paragraph = rest
            self.page.keyboard.insert_text(paragraph)

    def choose(self, field: str, words: str, *, looked_for: str = "") -> None:
        """In the window that opens at “Choose”: look for it, and take it."""
        chooser = self.page.locator(f"[id='{field}-chooser']")
        if not chooser.locator("[data-chooser-action-choose]:visible").count():  # something is chosen already
            chooser.locator("[data-w-dropdown-target='toggle']:visible").first.click()
        self.page.locator(f"[id='{field}-chooser'] [data-chooser-action-choose]:visible").first.click()
        window = self.page.locator(".modal")
        window.wait_for(state="visible")
        found = window.locator("a.choose-page, a[data-chooser-modal-choice]").filter(has_text=words).first
        if not found.is_visible():
            window.locator("[name=q]").first.fill(looked_for or words)
        found.click()
        window.wait_for(state="hidden")

    # ---- blocks

    def add_block(self, label: str) -> str:
        """One more at the end of the body; the beginning of its fields' names."""
        self.page.locator(f"{BODY} > div > {ADD}").last.click()
        self.page.get_by_role("option", name=label, exact=True).click()
        prefix = f"body-{self.blocks}-value"
        self.page.locator(f"[name^='{prefix}']").first.wait_for(state="attached")
        self.blocks += 1
        return prefix

    def add_item(self, count: Locator) -> None:
        """One more at the end of a list, whose number is kept in `count`."""
        number = int(count.input_value())
        box = count.locator("xpath=following-sibling::div[@data-streamfield-list-container]")
        box.locator(f":scope > {ADD}, :scope > div > {ADD}").last.click()
        expect(count).to_have_value(str(number + 1))

    def items(self, prefix: str, number: int) -> list[str]:
        """So many in a list that begins with one; the beginnings of their fields' names."""
        count = self.page.locator(f"[name='{prefix}-count']")
        while int(count.input_value()) < number:
            self.add_item(count)
        return [f"{prefix}-{at}-value" for at in range(number)]

    # ---- what becomes of it

    def do(self, action: str) -> None:
        """One of the buttons at the foot: action-publish, action-submit."""
        self.page.wait_for_timeout(700)  # what was typed last is saved by itself after half a second
        self.page.wait_for_load_state("networkidle")
        button = self.page.locator(f"[name='{action}']")
        if not button.first.is_visible():
            self.page.get_by_role("button", name="More actions").click()
        button.first.click()
        self.page.wait_for_load_state("networkidle")
        expect(self.page.locator(".messages")).to_contain_text(re.compile("publish|submitted"), timeout=20_000)

    def said(self) -> str:
        """The message above the page."""
        return self.page.locator(".messages").first.inner_text()

    def number_of_what_was_saved(self) -> str:
        """The number of the page that was just published, as the message's Edit button tells it."""
        edit = self.page.locator(".messages a[href*='/edit/']").first.get_attribute("href") or ""
        return re.findall(r"/admin/pages/(\d+)/edit/", edit)[0]
