"""Taking down what a consent allowed: at once where it is withdrawn, by the clock where it has run out.

Both take down the story, the people and endorsements that hold it, their entries in the search index, and the files of
its pictures. Withdrawing also removes the words, from the page and from every earlier version of it; after a consent
has run out they stay where only staff see them, so that a new one can bring the story back. The record itself stays.
"""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.actions.unpublish import UnpublishAction
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageLogEntry
from wagtail.search import index

from almoner.accounts.models import User
from content.actions import hiding
from content.exceptions import NoReasonGiven
from content.models import ConsentRecord, Endorsement, Person, StoryPage

GONE = "Withdrawn"
NOTHING_LEFT_OF: dict[type[Any], dict[str, Any]] = {  # what stands instead of what was said
    StoryPage: {
        "title": GONE, "draft_title": GONE, "seo_title": "", "search_description": "", "standfirst": GONE,
        "chosen_name": "", "picture": None, "picture_alt": "", "share_picture": None, "body": "[]",
    },
    Endorsement: {
        "quote": GONE, "full_text": "", "sign_off": "", "chosen_name": GONE, "permission_covers": "",
        "permission_given_by": "",
    },
    Person: {"name": GONE, "post_nominals": "", "role": "", "affiliation": "", "picture": None},
}  # fmt: skip


@transaction.atomic
def withdraw(*, consent: ConsentRecord, by: User, because: str) -> ConsentRecord:
    """Record that a consent was withdrawn; whatever it allowed is down when this returns. Doing it twice is no harm.

    Raises NoReasonGiven.
    """
    if not because.strip():
        raise NoReasonGiven(gettext("Say in a few words why: what the person told us, and how."))
    record = ConsentRecord.objects.select_for_update().get(pk=consent.pk)
    if record.withdrawn_at is None:
        record.withdrawn_at, record.withdrawn_by, record.withdrawn_because = timezone.now(), by, because.strip()
        record.save()
    take_down(consent=record, by=by)
    for held in _all_that_hold(record):
        _redact(held)
    return record


@transaction.atomic
def take_down(*, consent: ConsentRecord, by: User | None) -> None:
    """Unpublish what holds this consent, call off what was to publish it, forget it in search, hide its pictures."""
    for held in _all_that_hold(consent):
        if isinstance(held, StoryPage) and held.current_workflow_state:
            held.current_workflow_state.cancel(user=by)
        held.revisions.update(approved_go_live_at=None)
        if held.live:
            _unpublish(held, by=by)
        index.remove_object(held)
    for picture in consent.pictures.all():
        picture.hidden_from = consent.gone_from
        picture.save(update_fields=["hidden_from"])
        transaction.on_commit(partial(hiding.settle, picture_id=picture.pk))


def take_down_what_has_ended() -> int:
    """By the clock: whatever is still up though its consent has ended. How many consents that were."""
    holding = Q(stories__live=True) | Q(endorsements__live=True) | Q(people__live=True)
    ended = ConsentRecord.objects.fallen().filter(holding).distinct()
    for consent in ended:
        take_down(consent=consent, by=None)
    hiding.settle_all()
    return len(ended)


def _unpublish(held: Any, *, by: User | None) -> None:
    """Whoever records a withdrawal need not be one who publishes."""
    if isinstance(held, StoryPage):
        held.unpublish(user=by)
    else:
        UnpublishAction(held, user=by).execute(skip_permission_checks=True)


def _all_that_hold(consent: ConsentRecord) -> list[Any]:
    return [*consent.stories.all(), *consent.endorsements.all(), *consent.people.all()]


def _redact(held: Any) -> None:
    """Nothing of what was said stays, on the page or in any earlier version."""
    instead = NOTHING_LEFT_OF[type(held)]
    for field, value in instead.items():
        setattr(held, field, value)
    if isinstance(held, StoryPage):
        held.save(clean=False)
        instead = {**instead, **_forget_its_address(held)}
        PageLogEntry.objects.filter(page=held.pk).update(label=GONE)
    else:
        held.save()
    for revision in held.revisions.all():
        revision.content = {**revision.content, **instead}
        revision.object_str = GONE
        revision.save(update_fields=["content", "object_str"])
    index.remove_object(held)


def _forget_its_address(story: StoryPage) -> dict[str, str]:
    """The address may say whose story it was. It answers “not found” from now on, and leads nowhere else."""
    story.slug = f"withdrawn-{story.pk}"
    story.set_url_path(story.get_parent())
    address = {"slug": story.slug, "url_path": story.url_path}
    StoryPage.objects.filter(pk=story.pk).update(**address)  # save() would leave a redirect behind
    Redirect.objects.filter(redirect_page=story.pk).delete()
    return address
