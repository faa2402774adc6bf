"""Mail: one template, one letter, in plain text and HTML."""

from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string


def send(template: str, *, to: str, number: str, **context: object) -> None:
    """Send the letter `template` (.txt, whose first line is the subject, and .html) to one address.

    `number` becomes the Message-ID: a letter sent again, after a crash, is recognisably the same letter.
    Raises what the mail server says (SMTPException, OSError).
    """
    subject, _, text = render_to_string(f"{template}.txt", context).partition("\n")
    html = render_to_string(f"{template}.html", {**context, "subject": subject})
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2] or "localhost"
    headers = {"Message-ID": f"<{number}@{domain}>", "Auto-Submitted": "auto-generated"}
    message = EmailMultiAlternatives(subject.strip(), text.lstrip("\n"), to=[to], headers=headers)
    message.attach_alternative(html, "text/html")
    message.send()
