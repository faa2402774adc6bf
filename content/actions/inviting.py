"""A clinician without an account is asked to read one revision of a page."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.log_actions import log

from almoner.kit import mail
from content.exceptions import NothingToRead
from content.models import Person
from content.models.review_link import ReviewLink
from donations import charity

INVITED = "content.clinician_asked"


def hashed(token: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(
    *, page: Any, for_whom: str, by: Any, reviewer: Person | None = None, to: str = ""
) -> tuple[ReviewLink, str]:
    """A link to the page as it is saved now, and its secret, which is told this once.

    `reviewer` is whom the page will name once it is approved; `to` is where the caller sends the letter.
    """
    revision = page.get_latest_revision()
    if revision is None:
        raise NothingToRead(gettext("Save the page first: a link leads to a saved draft."))
    token, now = secrets.token_urlsafe(32), timezone.now()
    link = ReviewLink.objects.create(
        page_id=page.pk,
        revision=revision,
        token_hash=hashed(token),
        for_whom=for_whom,
        reviewer=reviewer,
        sent_to=to,
        asked_by=by,
        made_at=now,
        expires_at=now + timedelta(days=settings.REVIEW_LINK_DAYS),
    )
    log(instance=page, action=INVITED, user=by, revision=revision, data={"for_whom": for_whom})
    return link, token


def send(*, link: ReviewLink, token: str) -> None:
    """The letter to whoever is asked, outside any transaction. The secret is in it, and nowhere else.

    So it is no job, which would keep its arguments: whoever asks waits for the mail server, and is told if it refuses.
    Raises what the mail server says (SMTPException, OSError).
    """
    asked_by = link.asked_by.get_full_name() if link.asked_by else ""
    mail.send(
        "content/letters/please_read",
        to=link.sent_to,
        number=f"review-link-{link.pk}",
        charity=charity.current(),
        for_whom=link.for_whom,
        asked_by=asked_by,
        title=link.revision.object_str,
        until=f"{timezone.localtime(link.expires_at):%-d %B %Y}",
        address=settings.BASE_URL + reverse("review", args=[token]),
    )


@transaction.atomic
def withdraw(*, link: ReviewLink, by: Any) -> None:
    """From now on nobody reads anything by it."""
    now = timezone.now()
    if link.is_open:
        ReviewLink.objects.filter(pk=link.pk, answered_at__isnull=True, made_at__lt=now).update(expires_at=now)
