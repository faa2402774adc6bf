"""An editor's hands: filling in forms of the admin as a person does, field by field, by mouse and keyboard.

Nothing here waits for a time; whatever is waited for may take as long as PATIENCE, for machines that are busy.
"""

import re
from collections.abc import Iterable

from playwright.sync_api import Locator, Page, expect

BODY = "[data-streamfield-stream-container]"
ADD = ".c-sf-add-button"
PATIENCE = 120_000  # milliseconds
ALIVE = "() => window.wagtail?.app && window.$"


class Desk:
    """The admin in one window."""

    def __init__(self, page: Page) -> None:
        page.set_default_timeout(PATIENCE)
        page.set_default_navigation_timeout(PATIENCE)
        page.emulate_media(reduced_motion="reduce")  # windows that fade in take their time
        self.page = page
        self.blocks = 0
        self.pressed: set[str] = set()

    def push(self, kind: str, button: Locator) -> None:
        """A button of which there are many: the first of its kind by mouse, which shows that it can be reached.

        On the others the mouse, which scrolls and waits until nothing moves, would spend most of the test's time.
        """
        if kind in self.pressed:
            button.focus()
            button.dispatch_event("click")
        else:
            button.click()
        self.pressed.add(kind)

    # ---- where

    def open(self, address: str) -> None:
        """A page of the admin, once it is alive."""
        self.page.goto(address, wait_until="domcontentloaded")
        self.page.wait_for_function(ALIVE)
        self.blocks = 0

    # ---- fields

    def fill(self, **values: str) -> None:
        """Text fields and choices, by name."""
        for name, value in values.items():
            self.type_in(name, value)

    def entitle(self, title: str) -> None:
        """A page's title, from which the admin makes its address once the field is left."""
        self.page.locator("[name=title]").fill(title)
        self.page.locator("[name=title]").blur()
        expect(self.page.locator("[name=slug]")).not_to_have_value("", timeout=PATIENCE)

    def type_in(self, name: str, value: str, within: str = "") -> None:
        """One field."""
        field = self.page.locator(f"{within} [name='{name}']")
        kind = field.evaluate("each => each.tagName + ' ' + each.type")
        if kind.startswith("SELECT"):
            field.select_option(value)
        elif kind.endswith("checkbox"):
            field.set_checked(bool(value))
        else:
            field.fill(value)
            expect(field).to_have_value(value)
            if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
                calendar = self.page.locator(".xdsoft_datetimepicker:visible")
                calendar.wait_for()
                self.page.locator("body").dispatch_event("mousedown")  # as somebody who presses beside it
                calendar.wait_for(state="hidden")

    def write(self, name: str, paragraphs: Iterable[str]) -> None:
        """Rich text, typed; “## ” begins a heading, as editors know it."""
        hidden = self.page.locator(f"[name='{name}']")
        box = hidden.locator("xpath=following::div[contains(@class, 'public-DraftEditor-content')][1]")
        box.click()
        for at, paragraph in enumerate(paragraphs):
            if at:
                self.page.keyboard.press("Enter")
            mark, _, rest = paragraph.partition("## ")
            if mark == "" and rest:
                self.page.keyboard.type("## ")
                paragraph = rest
            self.page.keyboard.insert_text(paragraph)

    # ---- windows in which something is chosen

    def choose(self, field: str, words: str, *, looked_for: str = "") -> None:
        """Look for it in the window that opens at “Choose”, and take it."""
        window = self.window(field)
        found = window.locator("a.choose-page, a[data-chooser-modal-choice]").filter(has_text=words).first
        if not found.is_visible():
            window.locator("[name=q]").first.fill(looked_for or words)
        self.push("found", found)
        self.has_gone(window)

    def enter(self, field: str, **values: str) -> None:
        """It is not on file yet: enter it in that window."""
        window = self.window(field)
        self.push("new", window.get_by_role("tab", name="Enter a new one"))
        for name, value in values.items():
            self.type_in(name, value, within=".modal")
        self.push("entered", window.get_by_role("button", name="Publish, and choose"))
        self.has_gone(window)

    def has_gone(self, window: Locator) -> None:
        """The window is closed, and has put the cursor back: what is typed earlier might land where that was."""
        window.wait_for(state="detached")

    def window(self, field: str) -> Locator:
        """The window, open."""
        chooser = self.page.locator(f"[id='{field}-chooser']")
        buttons = chooser.locator("[data-chooser-action-choose], [data-w-dropdown-target='toggle']")
        seen = buttons.and_(self.page.locator(":visible")).first
        if seen.get_attribute("data-w-dropdown-target") == "toggle":  # something is chosen already
            seen.click()
        self.push("choose", chooser.locator("[data-chooser-action-choose]:visible").first)
        window = self.page.locator(".modal")
        window.locator("[data-w-tabs-target], .listing, form").first.wait_for()
        return window

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
        self.push("add", box.locator(f":scope > {ADD}, :scope > div > {ADD}").last)
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
        button = self.page.locator(f"[name='{action}']")
        if not button.first.is_visible():
            self.page.get_by_role("button", name="More actions").click()
        button.first.click()
        self.is_told("publish|submitted")

    def press(self, button: str, *, told: str) -> None:
        """A button, and what the admin says to it."""
        self.page.get_by_role("button", name=button).first.click()
        self.is_told(told)

    def is_told(self, words: str) -> None:
        """What the message above the page says."""
        said = self.page.locator(".messages li").first
        said.wait_for()
        assert re.search(words, said.inner_text()), said.inner_text()

    def number_of_what_was_saved(self) -> str:
        """The number of the page that was just published, as the message's Edit button tells it."""
        edit = self.page.locator(".messages a[href*='/edit/']").first.get_attribute("href") or ""
        return re.findall(r"/admin/pages/(\d+)/edit/", edit)[0]
