"""Putting the demo's pages into the tree."""

from typing import Any, TypeVar

from wagtail.models import Page

from almoner.accounts.models import User
from content.models import CharityImage

Made = TypeVar("Made", bound=Page)

# Every page that speaks of an illness begins with this, and asks search engines to leave it out.
SAMPLE: tuple[str, Any] = (
    "notice",
    {
        "title": "This is sample text, not medical advice",
        "text": "<p>It was written for a demonstration and no clinician has checked it. If you are worried about your "
        "health, please speak to a doctor.</p>",
    },
)


def add(parent: Page, page: Made, *, by: User) -> Made:
    """A published page under another, with its first revision, as an editor would have made it."""
    page.full_clean(exclude=["path", "depth", "slug"])
    parent.add_child(instance=page)
    publish(page, by=by)
    return page


def fill(page: Any, body: list[tuple[str, Any]], *, by: User) -> None:
    """A page's blocks, where they could not be written before other pages stood."""
    page.body = body
    publish(page, by=by)


def publish(page: Any, *, by: User) -> None:
    """As somebody's, whoever would have had to read it first: a demonstration begins with everything published."""
    page.save_revision(user=by).publish(user=by, skip_permission_checks=True)


def paragraphs(*texts: str) -> str:
    """Paragraphs of rich text."""
    return "".join(f"<p>{text}</p>" for text in texts)


def link(page: Page, words: str) -> str:
    """A link inside rich text that follows its page wherever it moves."""
    return f'<a linktype="page" id="{page.pk}">{words}</a>'


def to(page: Page | None = None, words: str = "", address: str = "") -> dict[str, Any]:
    """A link block."""
    return {"text": words, "page": page, "address": address}


def questions(heading: str, *pairs: tuple[str, str]) -> tuple[str, dict[str, Any]]:
    """Questions and answers; a blank line in an answer begins a paragraph."""
    return "questions", {
        "heading": heading,
        "questions": [{"question": asked, "answer": paragraphs(*answer.split("\n\n"))} for asked, answer in pairs],
    }


def card(page: Page, text: str, title: str = "", picture: CharityImage | None = None) -> dict[str, Any]:
    """An onward card."""
    return {"page": page, "title": title, "text": text, "picture": picture}
