"""The outbox: how a letter is written, waits and leaves, whatever it says.

A letter is a row, put in with what causes it; it leaves after the commit, once. The outbox is a queue of its own, as
the inbox is: one job sends all that waits. Letters for which somebody waits before a screen have a job each, which
does not stand in that queue.
"""

import json
import logging
from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from almoner.kit import jobs, mail
from donations import facts, links, paper, words
from donations.models import Declaration, Donation, Donor, Letter, Payment, RegularGift

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)  # a worker that claimed a letter and died gives it back after this long
Kind = Letter.Kind
AWAITED = (Kind.SIGN_IN, Kind.CONFIRM_ADDRESS)
WITH_PAPER = (Kind.RECEIPT, Kind.RECEIPT_COPY, Kind.STATEMENT, Kind.DECLARATION_RECORD)

_PUT = """
  INSERT INTO donations_letter
    (kind, about, "to", donation_id, payment_id, regular_gift_id, donor_id, declaration_id, facts, written_at, attempts)
  VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s::jsonb, statement_timestamp(), 0)
  ON CONFLICT (about) DO NOTHING RETURNING id
"""


def write(
    kind: Letter.Kind, about: str, *, to: str, donation: Donation | None = None, payment: Payment | None = None,
    regular_gift: RegularGift | None = None, donor: Donor | None = None, declaration: Declaration | None = None,
    said: Mapping[str, object] | None = None,
) -> bool:  # fmt: skip
    """Put a letter in the outbox, inside the transaction that causes it; a cause that had its letter gets no other."""
    things = (donation, payment, regular_gift, donor, declaration)
    with connection.cursor() as cursor:
        numbers = [thing.pk if thing else None for thing in things]
        cursor.execute(_PUT, [kind, about, to, *numbers, json.dumps(said or {})])
        put = cursor.fetchone()
    if put is None:
        return False
    if kind in AWAITED:
        jobs.enqueue("donations.send_letter", letter=put[0])
    else:
        transaction.on_commit(have_them_sent)
    return True


def have_them_sent() -> None:
    """See that a job waits that sends what is in the outbox: asked after the commit, so that the job sees the letter.

    What is lost between the two is found by what looks after the queues, a minute later.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT donations_have_letters_sent()")


def waiting() -> QuerySet[Letter]:
    """The letters that nobody has tried to send yet, and that have no job of their own."""
    return Letter.objects.filter(sent_at__isnull=True, claimed_at__isnull=True, attempts=0).exclude(kind__in=AWAITED)


_GIFT = ("donation__fund", "donation__appeal", "donation__declaration", "donation__pledge__tribute")
_PAYMENT = ("payment__pledge__appeal", "payment__regular_gift__pledge__appeal")
_NAMED: dict[str, tuple[str, ...]] = {
    **dict.fromkeys((Kind.RECEIPT, Kind.RECEIPT_COPY, Kind.TRIBUTE, Kind.REFUNDED), _GIFT),
    **dict.fromkeys((Kind.PENDING, Kind.FAILED), _PAYMENT),
    **dict.fromkeys((Kind.STATEMENT, Kind.SIGN_IN, Kind.CONFIRM_ADDRESS, Kind.ADDRESS_CHANGED), ("donor",)),
    Kind.DECLARATION_RECORD: ("declaration__wording",),
}  # all others are about a regular gift


def whole(letter_id: int) -> Letter:
    """A letter with what it is about. Raises Letter.DoesNotExist."""
    return _with_what_it_is_about(letter_id, Letter.objects.values_list("kind", flat=True).get(pk=letter_id))


def _with_what_it_is_about(letter_id: int, kind: str) -> Letter:
    """PostgreSQL plans one question about a few tables sooner than one about twenty."""
    return Letter.objects.select_related(*_NAMED.get(kind, ("regular_gift__pledge__appeal",))).get(pk=letter_id)


_CLAIM = """
  UPDATE donations_letter SET claimed_at = %(now)s, attempts = attempts + 1
   WHERE id = %(letter)s AND sent_at IS NULL AND (claimed_at IS NULL OR claimed_at < %(left)s)
  RETURNING kind
"""


def deliver(letter_id: int) -> bool:
    """Send one letter, outside any transaction; False if it is sent already or somebody is sending it.

    The letter is claimed first, so that two workers never send it twice. When the mail server refuses, the claim
    is given back and the error raised, for the job to be tried again.
    """
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, {"letter": letter_id, "now": now, "left": now - LEASE})
        claimed = cursor.fetchone()
    if claimed is None:
        return False
    letter = _with_what_it_is_about(letter_id, claimed[0])
    letter.words = words.standing(letter.kind).stored()
    try:
        mail.send(
            f"donations/letters/{letter.kind}",
            to=letter.to,
            # The same letter always bears the same number, so that a second copy can be recognised.
            number=letter.about.replace(":", "-"),
            attached=papers_of(letter),
            **{**facts.of(letter), **_what_no_row_holds(letter)},
        )
    except Exception:
        Letter.objects.filter(pk=letter_id).update(claimed_at=None)
        raise
    Letter.objects.filter(pk=letter_id).update(sent_at=timezone.now(), words=letter.words)
    if letter.kind == Kind.DECLARATION_RECORD and letter.declaration:  # the thirty days begin
        unsent = Declaration.objects.filter(pk=letter.declaration.pk, record_sent_on__isnull=True)
        unsent.update(record_sent_on=timezone.localdate())
    return True


def papers_of(letter: Letter) -> list[mail.Attachment]:
    """What goes with a letter. Where the paper cannot be made the letter, which says the same, goes without it."""
    try:
        if letter.donation and letter.kind in {Kind.RECEIPT, Kind.RECEIPT_COPY}:
            drawn = paper.receipt(letter.donation, copy=letter.kind == Kind.RECEIPT_COPY)
            return [mail.Attachment(f"receipt-{letter.donation.reference}.pdf", drawn)]
        if letter.donor and letter.kind == Kind.STATEMENT:
            ending = letter.facts["year_ending"]
            return [
                mail.Attachment(f"gifts-{ending - 1}-{ending}.pdf", paper.statement(letter.donor, year_ending=ending))
            ]
        if letter.declaration and letter.kind == Kind.DECLARATION_RECORD:
            drawn = paper.declaration_record(letter.declaration)
            return [mail.Attachment(f"declaration-{letter.declaration.reference}.pdf", drawn)]
    except paper.CannotBeDrawn:
        log.error("Letter %s goes without its paper: see donations/papers", letter.pk)
    return []


def _what_no_row_holds(letter: Letter) -> dict[str, str]:
    """A key to the donor's page, made as the letter is sent; a letter that is only looked at has none."""
    if letter.kind != Kind.SIGN_IN or letter.donor is None:
        return {}
    return {"key": f"{settings.BASE_URL}{links.new_key(letter.donor)}"}
