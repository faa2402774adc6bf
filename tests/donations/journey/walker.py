"""Somebody who fills in the form page by page, as a browser without JavaScript would."""

import re
from typing import Any

from django.test import Client
from django.urls import reverse

from donations import reading
from donations.models import Draft, Pledge

ANSWERS: dict[str, dict[str, str]] = {
    "amount": {"every": "once", "choice": "2500"},
    "details": {"name": "Ada Mary Periwinkle", "email": "ada@example.org"},
    "gift-aid": {"gift_aid": "yes"},
    "home": {
        "first_name": "Ada Mary",
        "last_name": "Periwinkle",
        "home": "uk",
        "address": "1 Quay Street",
        "town": "Harbourton",
        "postcode": "ne1 4lp",
        "scope": "future",
    },
    "tribute": {"kind": "nobody"},
    "contact": {},
    "check": {},
}
PAGES = list(ANSWERS)


def read(page: str = "") -> dict[str, str]:
    """What a page, or the form that asks all at once, carries of the words that stand on it, as they are now."""
    marks = {"home": {"words": reading.declaration().mark}, "contact": {"contact_words": reading.contact().mark}}
    return marks.get(page, {}) if page else {**marks["home"], **marks["contact"]}


class Walker:
    """Where they are, and what the last answer was."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.answer: Any = None

    @property
    def draft(self) -> Draft:
        """What they have typed so far."""
        return Draft.objects.get()

    def address(self, name: str) -> str:
        """The address of a page."""
        return reverse("donations:question", args=["nurse", self.draft.token, name])

    def opens(self, name: str) -> str:
        """The words of a page."""
        self.answer = self.client.get(self.address(name))
        return self.answer.content.decode()

    def sends(self, name: str, /, **typed: str) -> str:
        """Sends a page, rightly filled in but for what is said here; the page that comes next, or the same again."""
        answers = {**ANSWERS[name], **read(name), **typed}
        first = name == "amount" and not Draft.objects.exists()
        address = reverse("donations:give", args=["nurse"]) if first else self.address(name)
        self.answer = self.client.post(address, answers)
        if self.answer.status_code == 302:
            found = re.search(r"/([a-z-]+)/(\?|$)", self.answer["Location"])
            return found[1] if found else self.answer["Location"]
        return name

    def walks_to(self, name: str, /, **changed: dict[str, str]) -> str:
        """Sends each page before this one; `changed` says what is typed otherwise, with _ for - in a page's name."""
        at = self.sends("amount", **changed.get("amount", {}))
        while at != name:
            before, at = at, self.sends(at, **changed.get(at.replace("-", "_"), {}))
            assert at != before, self.answer.content.decode()
        return at

    def gives(self, **changed: dict[str, str]) -> Pledge:
        """All the way to Stripe's page."""
        self.walks_to("check", **changed)
        self.sends("check", **changed.get("check", {}))
        assert self.answer.status_code == 302, self.answer.content.decode()
        return Pledge.objects.get(checkout_url=self.answer["Location"])
