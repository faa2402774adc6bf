"""Keeping what a donor types, page by page, until it becomes a pledge."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from donations.models import Appeal, Draft, Pledge

KEPT_FOR = timedelta(days=1)  # a page that was left open, or left for Stripe's, loses nothing for a day


_KEEP = """
  INSERT INTO donations_draft AS d (token, appeal_id, answers, created_at, changed_at)
  SELECT %(token)s, %(appeal)s, %(answers)s::jsonb, statement_timestamp(), statement_timestamp() FROM donations_lazily()
  ON CONFLICT (token) DO UPDATE SET answers = d.answers || EXCLUDED.answers, changed_at = EXCLUDED.changed_at
  RETURNING *
"""


def keep(*, appeal: Appeal, token: UUID, answers: dict[str, dict[str, str]]) -> Draft:
    """Keep what was typed on one page or several; the other pages stay as they were.

    The token says whose it is: the same form sent twice is one draft. One statement, so two pages sent at the same
    moment lose nothing of each other; it does not wait for the disk, as the pledge that comes of it does.
    """
    (draft,) = Draft.objects.raw(_KEEP, {"token": token, "appeal": appeal.pk, "answers": json.dumps(answers)})
    draft.appeal = appeal
    return draft


_BECOME = """
  UPDATE donations_draft SET pledge_id = %(pledge)s FROM donations_lazily()
   WHERE token = %(form)s AND (pledge_id = %(pledge)s OR pledge_id IS NOT DISTINCT FROM %(before)s)
"""


def become(*, draft: Draft, pledge: Pledge, instead_of: Pledge | None) -> bool:
    """The draft has become this pledge; False where other answers were sent from another window meanwhile.

    Should the machine's power take this away, the same form sent again is the same pledge.
    """
    said: dict[str, Any] = {"form": draft.token, "pledge": pledge.pk, "before": instead_of.pk if instead_of else None}
    with connection.cursor() as cursor:
        cursor.execute(_BECOME, said)
        return bool(cursor.rowcount)


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
