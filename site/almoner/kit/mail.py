"""Mail: one template, one letter, in plain text and HTML."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string


@dataclass(frozen=True)
class Rendered:
    """A letter as it is read."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a letter."""

    name: str
    content: bytes
    kind: str = "application/pdf"


def render(template: str, **context: object) -> Rendered:
    """The letter `template`: .txt, whose first line is the subject, and .html."""
    subject, _, text = render_to_string(f"{template}.txt", context).partition("\n")
    subject = " ".join(subject.split())
    text = re.sub(r"\n{3,}", "\n\n", text.strip("\n"))  # what a template left out leaves no gap
    return Rendered(subject, f"{text}\n", render_to_string(f"{template}.html", {**context, "subject": subject}))


def send(
    template: str, *, to: str, number: str, attached: Iterable[Attachment] = (), unsubscribe: str = "",
    **context: object,
) -> None:  # fmt: skip
    """Send the letter `template` to one address.

    `number` becomes the Message-ID: a letter sent again, after a crash, is recognisably the same letter.
    `unsubscribe` is an address at which one POST ends such mail (RFC 8058); the templates are told of it too.
    Raises what the mail server says (SMTPException, OSError).
    """
    letter = render(template, unsubscribe=unsubscribe, **context)
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2] or "localhost"
    headers = {"Message-ID": f"<{number}@{domain}>", "Auto-Submitted": "auto-generated"}
    if unsubscribe:
        headers |= {"List-Unsubscribe": f"<{unsubscribe}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    message = EmailMultiAlternatives(letter.subject, letter.text, to=[to], headers=headers)
    message.attach_alternative(letter.html, "text/html")
    for file in attached:
        message.attach(file.name, file.content, file.kind)
    message.send()
