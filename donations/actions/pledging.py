"""Making a pledge, and opening Stripe's page for it."""

import json
from contextlib import nullcontext, suppress
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID, uuid5

from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from almoner.kit import references
from donations import gateway
from donations.actions import declaring, matching, permitting
from donations.exceptions import (
    AlreadyGiven,
    AmountIsOutside,
    AppealIsClosed,
    AttemptChanged,
    NotKnownToStripe,
    SentBefore,
)
from donations.gateway.checkouts import Methods
from donations.ledger.money import NOTHING, Money
from donations.models import Appeal, Draft, Pledge, Tribute
from donations.models.pledge import Every, PledgeState
from donations.promise import Wishes

NO_WISHES = Wishes()
PAID = (PledgeState.PROCESSING, PledgeState.GIVEN)
INTERVALS: dict[Every, Literal["once", "month", "year"]] = {
    Every.ONCE: "once", Every.MONTH: "month", Every.YEAR: "year",
}  # fmt: skip


def make_pledge(
    *,
    appeal: Appeal,
    amount: Money,
    name: str,
    email: str,
    token: UUID,
    every: Every = Every.ONCE,
    fee_cover: Money = NOTHING,
    wishes: Wishes = NO_WISHES,
    draft: Draft | None = None,
    instead_of: Pledge | None = None,
    on: date | None = None,
) -> Pledge:
    """Commit all that the donor asked for, before Stripe is asked for anything.

    The token comes from the form: the same form sent twice, or ten times at once, is one pledge. The same token
    with another answer means that the donor changed their mind: that is a new pledge.
    Fund and purpose are those of the appeal at this moment, and stay so; a match that doubles gifts is held for it
    (`matched`), where one has anything left. `fee_cover` is added to the amount. The page of the pledge that it is
    made instead of is closed first: nobody pays twice, and what was held for it goes back. The draft becomes the pledge
    in the same statement (`draft_is_this`), unless it has become another meanwhile. A draft that is not kept yet is
    kept with its pledge.
    Raises AppealIsClosed, AmountIsOutside, what `close_earlier` raises, and SentBefore where there is a draft already
    under the token of one that is not kept yet: nothing is made then.
    """
    if not appeal.is_open(on or timezone.localdate()):
        raise AppealIsClosed(f"{appeal} is closed.")
    if not appeal.minimum <= amount <= appeal.maximum:
        raise AmountIsOutside(f"Enter an amount from {appeal.minimum} to {appeal.maximum}.")
    asked: dict[str, Any] = {
        "appeal_id": appeal.pk,
        "pence": (amount + fee_cover).pence,
        "fee_cover_pence": fee_cover.pence,
        "every": Every(every).value,
        "name": name,
        "email": email,
        "telephone": wishes.contact.telephone,
        "postal": wishes.contact.postal,
        "gift_aid": wishes.gift_aid,
    }
    own = uuid5(token, json.dumps([asked, asdict(wishes)], default=str, sort_keys=True))
    asked |= {"fund_id": appeal.fund_id, "purpose_id": appeal.purpose_id}
    if instead_of is not None:
        own, before = _sent_before(own)
        if instead_of != before:
            close_earlier(pledge=instead_of)
        if before is not None:
            return before
    while (pledge := _make(appeal, wishes, asked | {"token": own}, draft, on or timezone.localdate())) is None:
        if draft is not None and draft.pk is None:
            raise SentBefore
        own, before = _sent_before(own)
        if before is not None:
            return before
    return pledge


_INTO_ITS_DRAFT = """
    UPDATE donations_draft d SET pledge_id = made.id FROM made
     WHERE d.id = %(draft)s::bigint AND d.pledge_id IS NOT DISTINCT FROM %(before)s::bigint RETURNING d.id"""
_WITH_ITS_DRAFT = """
    INSERT INTO donations_draft (token, appeal_id, answers, pledge_id, created_at, changed_at)
    SELECT %(form)s, appeal_id, %(answers)s::jsonb, id, created_at, created_at FROM made
    ON CONFLICT (token) DO NOTHING RETURNING id"""


def _statement(drafted: str, only: str = "") -> str:
    """What makes a pledge, with its match and its draft."""
    return f"""
      WITH made AS (
        INSERT INTO donations_pledge (
          reference, token, appeal_id, fund_id, purpose_id, pence, fee_cover_pence, every, name, email, telephone,
          postal, gift_aid, state, checkout_session, checkout_url, created_at)
        SELECT
          %(reference)s, %(token)s, %(appeal_id)s, %(fund_id)s, %(purpose_id)s, %(pence)s, %(fee_cover_pence)s,
          %(every)s, %(name)s, %(email)s, %(telephone)s, %(postal)s, %(gift_aid)s, %(state)s, %(checkout_session)s,
          %(checkout_url)s, statement_timestamp() {only}
        ON CONFLICT (token) DO NOTHING
        RETURNING *
      ), {matching.HOLDING}, become AS ({drafted})
      SELECT id, created_at, NOT EXISTS (SELECT FROM held), EXISTS (SELECT FROM become) FROM made
    """  # noqa: S608 - words of ours


_MAKE = _statement(_INTO_ITS_DRAFT)
_MAKE_ALL = _statement(_WITH_ITS_DRAFT, "WHERE NOT EXISTS (SELECT FROM donations_draft WHERE token = %(form)s)")
_COLUMNS = [field.attname for field in Pledge._meta.concrete_fields]


def _make(appeal: Appeal, wishes: Wishes, asked: dict[str, Any], draft: Draft | None, day: date) -> Pledge | None:
    """A pledge, with what is held for it and what goes with it, committed; None where its token was sent before.

    Most have nothing that goes with them: then it is one statement, which needs no transaction around it.
    """
    new = {"state": PledgeState.MADE.value, "checkout_session": "", "checkout_url": ""}
    row = asked | new | {"reference": references.readable("G")}
    if draft is not None and draft.pk is None:
        make, drafted = _MAKE_ALL, {"form": draft.token, "answers": json.dumps(draft.answers)}
    else:
        make, drafted = _MAKE, {"draft": draft and draft.pk, "before": draft and draft.pledge_id}
    with transaction.atomic() if _goes_with(wishes) else nullcontext():
        with connection.cursor() as cursor:
            cursor.execute(make, row | drafted | {"day": day})
            made = cursor.fetchone()
        if made is None:
            return None
        row["id"], row["created_at"], is_unmatched, draft_is_this = made
        pledge = Pledge.from_db(connection.alias, _COLUMNS, [row[column] for column in _COLUMNS])
        pledge.appeal, pledge.fund, pledge.purpose = appeal, appeal.fund, appeal.purpose
        pledge.is_known_unmatched, pledge.draft_is_this = is_unmatched, draft_is_this
        _keep(pledge, wishes)
    return pledge


def _sent_before(own: UUID) -> tuple[UUID, Pledge | None]:
    """The pledge of this token; where its payment page has closed, the token of the one after it, and that pledge."""
    while before := Pledge.objects.select_related("appeal").filter(token=own).first():
        if before.state != PledgeState.LEFT:
            return own, before
        own = uuid5(own, before.reference)
    return own, None


def _goes_with(wishes: Wishes) -> bool:
    return bool(wishes.declared or wishes.tribute or wishes.contact.bases)


def _keep(pledge: Pledge, wishes: Wishes) -> None:
    """What goes with a pledge, each in a row of its own."""
    if wishes.declared is not None:
        declaring.declare(declared=wishes.declared, pledge=pledge)
    if wishes.tribute is not None:
        Tribute.objects.create(pledge=pledge, **asdict(wishes.tribute))
    contact = wishes.contact
    for channel, basis in contact.bases.items():
        permitting.record(channel=channel, basis=basis, source="donation form", pledge=pledge, words=contact.words)


def open_checkout(*, pledge: Pledge, site: str, back: str) -> str:
    """The address of Stripe's page for this pledge; `site` is our own address, `back` where on it who cancels lands.

    No transaction is open while Stripe is asked. Asked twice, Stripe answers with the same page: our reference
    is the key. Raises PaymentsUnavailable, GatewayMisused, AttemptChanged.
    """
    if pledge.checkout_url:
        return pledge.checkout_url
    *likelier, last = matching.closings(pledge=pledge)
    for expires_at in likelier:
        with suppress(AttemptChanged):  # Stripe knows it in earlier words: its answer to those was lost
            return _open(pledge, site, back, expires_at)
    return _open(pledge, site, back, last)


def _open(pledge: Pledge, site: str, back: str, expires_at: datetime | None) -> str:
    appeal = pledge.appeal
    checkout = gateway.open_checkout(
        reference=pledge.reference,
        pence=pledge.pence,
        every=INTERVALS[Every(pledge.every)],
        appeal_slug=appeal.slug,
        appeal_name=appeal.name,
        email=pledge.email,
        success_url=site + reverse("donations:thanks", args=[pledge.reference]) + "?session={CHECKOUT_SESSION_ID}",
        cancel_url=site + back,
        methods=_methods(appeal),
        expires_at=expires_at,
    )
    with connection.cursor() as cursor:
        cursor.execute(_OPENED, [checkout.session_id, checkout.url, pledge.pk])
    return checkout.url


_OPENED = """
  UPDATE donations_pledge
     SET checkout_session = %s, checkout_url = %s, state = CASE state WHEN 'made' THEN 'at_checkout' ELSE state END
    FROM donations_lazily() -- asked again, Stripe names the same page
   WHERE id = %s AND checkout_session = ''
"""


def _methods(appeal: Appeal) -> Methods:
    """Which ways of paying an appeal takes; nothing for all that Stripe offers."""
    if appeal.by_card and appeal.by_debit:
        return "all"
    return "card" if appeal.by_card else "debit"


def close_earlier(*, pledge: Pledge) -> None:
    """Close the payment page of a pledge that the donor has changed since, so that nobody pays twice.

    Raises AlreadyGiven where that page has been paid on; PaymentsUnavailable, GatewayMisused.
    """
    if pledge.state in PAID:
        raise AlreadyGiven(pledge)
    if pledge.state == PledgeState.LEFT:
        return
    with suppress(NotKnownToStripe):  # a page that Stripe has forgotten takes no money
        if pledge.checkout_session and gateway.expire_checkout(pledge.checkout_session).status == "complete":
            raise AlreadyGiven(pledge)
    lapse(reference=pledge.reference)


@transaction.atomic
def lapse(*, reference: str) -> None:
    """The payment page closed without a payment. A pledge that was given stays given: news may come out of order.

    What was held of a match goes back.
    """
    open_states = [PledgeState.MADE, PledgeState.AT_CHECKOUT, PledgeState.PROCESSING]
    pledge = Pledge.objects.select_for_update().filter(reference=reference).first()
    if pledge is not None and pledge.state in open_states:
        Pledge.objects.filter(pk=pledge.pk).update(state=PledgeState.LEFT)
        matching.release(pledge=pledge)
