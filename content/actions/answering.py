"""The clinician's answer: one for each link, about the one revision that was read."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.log_actions import log

from content.actions.inviting import hashed
from content.exceptions import LinkHasRunOut, LinkIsUnknown, LinkWasUsed, PageHasChanged
from content.models.review_link import ReviewLink, Verdict
from content.reviewing import CLINICIANS

ANSWERED = "content.clinician_answered"


def open_link(token: str, *, to_answer: bool = False) -> ReviewLink:
    """The link of this secret, if something may still be read and answered by it; else a fact that says why not."""
    links = ReviewLink.objects.select_related("page", "revision")
    if to_answer:  # two answers at once become one
        links = links.select_for_update(of=("self",))
    link = links.filter(token_hash=hashed(token)).first()
    if link is None:
        raise LinkIsUnknown
    if link.answered_at is not None:
        raise LinkWasUsed
    if not link.is_open:
        raise LinkHasRunOut
    if link.page.latest_revision_id != link.revision_id:
        raise PageHasChanged
    return link


@transaction.atomic
def answer(*, token: str, verdict: str, name: str, comment: str) -> ReviewLink:
    """Record it on the page's history; an approval takes the page past its clinician, if it waits there."""
    link = open_link(token, to_answer=True)
    link.verdict, link.answered_by, link.comment = verdict, name, comment
    link.answered_at = timezone.now()
    link.full_clean(exclude=["asked_by"])
    link.save()
    page = link.page.specific
    said = {"verdict": verdict, "name": name, "comment": comment, "for_whom": link.for_whom}
    log(instance=page, action=ANSWERED, revision=link.revision, data=said)
    if verdict == Verdict.APPROVED:
        _approve(page, link)
    return link


def _approve(page: Any, link: ReviewLink) -> None:
    waiting = page.current_workflow_task_state
    if waiting is None or waiting.revision_id != link.revision_id:
        return
    task = waiting.task.specific
    if waiting.status == waiting.STATUS_IN_PROGRESS and task.groups.filter(name=CLINICIANS).exists():
        sent_by = link.asked_by.get_full_name() if link.asked_by else "somebody who has left"
        words = gettext("Approved by %(answered_by)s, without an account, through a link that %(sent_by)s made.") % {
            "answered_by": link.answered_by,
            "sent_by": sent_by,
        }
        waiting.specific.approve(comment=f"{words} {link.comment}".strip())
