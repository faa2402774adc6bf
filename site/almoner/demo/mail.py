"""/demo/mail/: every letter that the demo has sent, to be read. Only the demo has this address."""

import base64
import email
import email.policy
import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.views.decorators.cache import never_cache

NEWEST = 100
BETWEEN_LETTERS = b"\n" + b"-" * 79 + b"\n"  # what Django's file backend writes after each letter


@dataclass(frozen=True)
class Received:
    """A letter as its reader sees it."""

    number: str
    subject: str
    to: str
    sent: datetime
    text: str
    html: str
    papers: dict[str, bytes]


def read_all() -> list[Received]:
    """Every letter, the newest first."""
    files = sorted((settings.VAR / "mail").glob("*.log"), key=lambda each: each.stat().st_mtime, reverse=True)
    letters = [letter for file in files[:NEWEST] for letter in _letters_in(file)]
    return sorted(letters, key=lambda letter: letter.sent, reverse=True)


def _letters_in(file: Path) -> list[Received]:
    parts = [part for part in file.read_bytes().split(BETWEEN_LETTERS) if part.strip()]
    return [_read(email.message_from_bytes(part, policy=email.policy.default)) for part in parts]


def _read(message: EmailMessage) -> Received:
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    return Received(
        number=str(message["Message-ID"]).strip("<>").partition("@")[0],
        subject=str(message["Subject"]),
        to=str(message["To"]),
        sent=parsedate_to_datetime(str(message["Date"])),
        text=text.get_content() if text else "",
        html=html.get_content() if html else "",
        papers={str(part.get_filename()): part.get_content() for part in message.iter_attachments()},
    )


@never_cache
def inbox(request: HttpRequest) -> HttpResponse:
    """The list of letters."""
    return render(request, "demo/mail.html", {"letters": read_all()})


@never_cache
def letter(request: HttpRequest, number: str) -> HttpResponse:
    """One letter, as text, with its HTML beside it in a frame of its own."""
    found = next((each for each in read_all() if each.number == number), None)
    if found is None:
        raise Http404
    return render(request, "demo/letter.html", {"letter": found})


@never_cache
def letter_html(request: HttpRequest, number: str) -> HttpResponseBase:
    """The letter's HTML as a mail program would show it: exactly its own style sheet is allowed, and no script."""
    found = next((each for each in read_all() if each.number == number), None)
    if found is None:
        raise Http404
    styles = re.findall(r"<style>(.*?)</style>", found.html, re.DOTALL)
    hashes = [f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'" for style in styles]
    allowing = csp_replace({"style-src": hashes or None})
    return allowing(lambda _request: HttpResponse(found.html))(request)


@never_cache
def paper(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """A file that came with a letter."""
    found = next((each for each in read_all() if each.number == number and name in each.papers), None)
    if found is None:
        raise Http404
    return HttpResponse(found.papers[name], content_type="application/pdf")


urlpatterns = [
    path("", inbox, name="demo-mail"),
    path("<str:number>/", letter, name="demo-letter"),
    path("<str:number>/html/", letter_html, name="demo-letter-html"),
    path("<str:number>/<str:name>", paper, name="demo-letter-paper"),
]
