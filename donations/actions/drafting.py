"""Keeping what a donor types, page by page, until it becomes a pledge."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from donations.models import Appeal, Draft

KEPT_FOR = timedelta(days=1)  # a page that was left open, or left for Stripe's, loses nothing for a day


def begin(*, appeal: Appeal, token: UUID, answers: dict[str, dict[str, str]]) -> Draft:
    """Keep the first answers. The same form sent twice is one draft: its token says so."""
    draft, new = Draft.objects.get_or_create(token=token, defaults={"appeal": appeal, "answers": answers})
    return draft if new else answer(draft=draft, answers=answers)


@transaction.atomic
def answer(*, draft: Draft, answers: dict[str, dict[str, str]]) -> Draft:
    """Keep what was typed on one page or several; the other pages stay as they were."""
    kept = Draft.objects.select_for_update(of=("self",)).select_related("pledge").get(pk=draft.pk)
    kept.appeal = draft.appeal
    kept.answers = {**kept.answers, **answers}
    kept.save(update_fields=["answers", "changed_at"])
    return kept


def open_draft(*, appeal: Appeal, token: UUID) -> Draft | None:
    """What is being filled in under this token; None where it is not there, or older than a day."""
    lately = Draft.objects.filter(appeal=appeal, changed_at__gte=timezone.now() - KEPT_FOR)
    draft = lately.select_related("pledge").filter(token=token).first()
    if draft is not None:
        draft.appeal = appeal
    return draft


def remove_old() -> int:
    """Remove what nobody has touched for a day; how many."""
    removed, _ = Draft.objects.filter(changed_at__lt=timezone.now() - KEPT_FOR).delete()
    return removed
