"""Reviews: what an approval leaves on the page, whose review is due, and who looks after it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.log_actions import log
from wagtail.models import TaskState

from almoner.accounts.models import User
from content import reviews
from content.actions.telling import Coming, in_words
from content.models import Person, ReviewLink, Verdict
from content.models.review import ReviewMixin
from content.models.review_settings import ReviewSettings, Told
from content.reviewing import CLINICIANS

REVIEWED = "content.reviewed"
DATES = ("reviewed_on", "reviewer", "next_review_on", "reviewed_words")


@transaction.atomic
def finish(workflow_state: Any, user: Any = None) -> None:
    """The last step of a workflow was taken: what a clinician has read says so, and is published.

    The dates are written into the revision that was read; its words stay as they are.
    """
    page = workflow_state.content_object
    page = getattr(page, "specific", page)  # Wagtail hands in a page of no kind
    revision = page.get_latest_revision()
    step = clinicians_step(workflow_state, revision) if isinstance(page, ReviewMixin) else None
    if step is not None:
        read = revision.as_object()
        day = timezone.localdate(step.finished_at)
        read.mark_reviewed(by=reviewer_of(step), on=day)
        told = read.serializable_data()
        revision.content = {**revision.content, **{name: told[name] for name in DATES}}
        revision.save(update_fields=["content"])
        data = {"name": str(read.reviewer), "next": read.next_review_on.isoformat()}
        log(instance=page, action=REVIEWED, user=user, revision=revision, data=data)
    revision.publish(user=user)


def clinicians_step(workflow_state: Any, revision: Any) -> Any:
    """Where a clinician approved this very revision; the last time, if several did."""
    approved = TaskState.objects.filter(
        workflow_state=workflow_state,
        revision=revision,
        status=TaskState.STATUS_APPROVED,
        task__groupapprovaltask__groups__name=CLINICIANS,
    )
    return approved.order_by("-finished_at").first()


def reviewer_of(step: Any) -> Person:
    """The person who answers for what the page says: whoever signed in, or whoever answered through a link."""
    link = None
    if step.finished_by is None:
        answered = ReviewLink.objects.filter(revision=step.revision, verdict=Verdict.APPROVED)
        link = answered.select_related("reviewer").order_by("-answered_at").first()
    if link is not None:
        chosen: Person | None = link.reviewer
        return chosen or person_named(link.answered_by)
    known: Person | None = Person.objects.filter(account=step.finished_by).first() if step.finished_by else None
    return known or person_named(step.finished_by.get_full_name() if step.finished_by else gettext("A clinician"))


def person_named(name: str) -> Person:
    """The one person of this name; else a new one, whom no page names until an editor publishes it."""
    known: list[Person] = list(Person.objects.filter(name__iexact=name, is_lived_experience=False)[:2])
    if len(known) == 1:
        return known[0]
    stranger: Person = Person.objects.create(name=name, live=False)
    return stranger


def coming(*, until: date) -> Iterator[Coming]:
    """Published pages whose review is due up to that day, or was."""
    for page in reviews.queue().filter(live=True, its_next_review_on__lte=until):
        facts = {
            "title": page.title,
            "due_on": in_words(page.its_next_review_on),
            "edit": f"{settings.BASE_URL}{reverse('wagtailadmin_pages:edit', args=[page.pk])}",
            "queue": f"{settings.BASE_URL}{reverse('content_reviews:queue')}",
        }
        to = [person.email for person in who_looks_after(page)]
        yield Coming(f"page:{page.pk}", page.its_next_review_on, to, facts)


def who_looks_after(page: Any) -> list[User]:
    """As the settings say: the keeper of a page, else whoever made it, else all who publish; or all of these."""
    told = ReviewSettings.ours().told
    reachable = User.objects.filter(is_active=True, is_system=False).exclude(email="")
    theirs: list[User] = []
    if told != Told.PUBLISHERS:
        for number in (page.its_keeper, page.owner_id):
            theirs = theirs or (list(reachable.filter(pk=number)) if number else [])
    if theirs and told == Told.KEEPER:
        return theirs
    publish = reachable.filter(groups__page_permissions__permission__codename="publish_page").distinct()
    return list(dict.fromkeys([*theirs, *publish]))
