"""A donor in a browser who goes through the pages of a gift, each looked at as it is met."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.conftest import what_axe_finds


class Donor:
    """One window, the name under which its pictures are kept, and the pages that were met."""

    def __init__(self, page: Page, name: str, keep_picture: Callable[[Page, str], None], folder: Path) -> None:
        self.page = page
        self.name = name
        self.keep_picture = keep_picture
        self.folder = folder
        self.met = 0

    def looks(self) -> None:
        """The page can be used by everybody, at this width; a picture and its HTML are kept."""
        self.met += 1
        assert what_axe_finds(self.page) == "", self.page.url
        width = self.page.viewport_size["width"]
        assert self.page.evaluate("document.documentElement.scrollWidth") <= width, self.page.url
        self.keep_picture(self.page, f"{self.name}-{self.met:02}-{width}")
        (self.folder / f"{self.name}-{self.met:02}.html").write_text(self.page.content())

    def chooses(self, *labels: str) -> None:
        """Radios and boxes by their words."""
        for label in labels:
            self.page.get_by_label(label, exact=True).check()

    def writes(self, **typed: str) -> None:
        """Text by the words of its box, with _ for a space."""
        for label, text in typed.items():
            self.page.get_by_label(re.compile(f"^{label.replace('_', ' ')}")).first.fill(text)

    def goes_on(self) -> None:
        """The one button of a page of the form."""
        self.page.get_by_role("button", name=re.compile("^Continue")).click()

    def pays(self, card: str) -> None:
        """On the stand-in's payment page: choose the card that behaves so, and pay."""
        self.page.get_by_label(re.compile(card, re.IGNORECASE)).first.check()
        self.page.get_by_role("button", name=re.compile("^(Pay|Give|Donate|Subscribe)")).click()
