"""The examples to begin from: made once, under the home page, and never public."""

from typing import Any

from django.db import transaction
from wagtail.models import Page

from content.models import CampaignPage, HomePage, InfoPage, PolicyPage, TemplatesPage
from content.models.base import BasePage

WORDS = (
    "<p>Say in two or three sentences what somebody comes here for. Short words, short sentences, one thought each.</p>"
)
QUESTIONS = {
    "heading": "Questions that people ask",
    "questions": [
        {"question": "What is this about?", "answer": "<p>Answer in the first sentence; explain in the second.</p>"},
        {"question": "What can I do?", "answer": "<p>One thing, with a link that says where it leads.</p>"},
    ],
}
ASK = {
    "heading": "Stand with us",
    "text": "Say what a gift pays for.",
    "link": {"text": "Ways to give", "page": None, "address": "/donate/"},
    "is_gift": True,
}
NEXT = {
    "heading": "What comes next",
    "milestones": [
        {"when": "Last spring", "title": "What is done", "text": "", "place": "", "status": "done"},
        {"when": "This autumn", "title": "What is under way", "text": "", "place": "", "status": "now"},
        {"when": "Next year", "title": "What comes then", "text": "", "place": "", "status": "planned"},
    ],
}
HELPLINE = {"title": "Need to talk to somebody?", "text": "<p>Give the helpline and its hours here.</p>"}


@transaction.atomic
def lay_out(home: HomePage, *, by: Any = None) -> TemplatesPage:
    """The place and its examples, if they are not there."""
    found = TemplatesPage.objects.first()
    if found is not None:
        return found
    place = TemplatesPage(title="Templates", slug="templates", note="Copy one, say where it goes, and write.")
    _put(home, place, by=by)
    for page in examples():
        _put(place, page, by=by)
    return place


def examples() -> list[BasePage]:
    """Pages with everything in its place, and words that say what to write."""
    return [
        CampaignPage(
            title="Example: a campaign",
            slug="campaign",
            aim="What should be different, and for whom? One or two sentences.",
            body=[
                ("text", "<h2>Why it matters</h2>" + WORDS),
                ("questions", QUESTIONS),
                ("milestones", NEXT),
                ("action", ASK),
            ],
        ),
        InfoPage(
            title="Example: a page of information",
            slug="information",
            standfirst="What this page answers, in two sentences.",
            body=[("text", "<h2>The short answer</h2>" + WORDS), ("questions", QUESTIONS), ("notice", HELPLINE)],
        ),
        PolicyPage(
            title="Example: a policy",
            slug="policy",
            body=[("text", "<h2>What we promise</h2>" + WORDS + "<h2>How to complain</h2>" + WORDS)],
        ),
    ]


def _put(parent: Page, page: BasePage, *, by: Any) -> None:
    page.live, page.owner = False, by
    parent.add_child(instance=page)
    page.save_revision(user=by)
