"""Making a pledge, and opening Stripe's page for it."""

from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any, Literal
from uuid import UUID, uuid5

from django.core import signing
from django.db import transaction
from django.db.models import Case, F, Value, When
from django.urls import reverse
from django.utils import timezone

from almoner.kit import references
from donations import gateway
from donations.actions import matching
from donations.exceptions import AmountIsOutside, AppealIsClosed, AttemptChanged
from donations.ledger.money import Money
from donations.models import Appeal, Pledge
from donations.models.pledge import Every, PledgeState

# Without a time in it: asked again after a lost answer, Stripe must be asked with the very same words.
BACK_AGAIN = signing.Signer(salt="donations.pledge")
INTERVALS: dict[Every, Literal["once", "month", "year"]] = {
    Every.ONCE: "once", Every.MONTH: "month", Every.YEAR: "year",
}  # fmt: skip
BACK_AGAIN_FOR = timedelta(days=1)  # a lapsed payment page loses nothing typed for a day


def make_pledge(
    *,
    appeal: Appeal,
    amount: Money,
    name: str,
    email: str,
    token: UUID,
    every: Every = Every.ONCE,
    on: date | None = None,
) -> Pledge:
    """Commit what the donor asked to give, before Stripe is asked for anything.

    The token comes from the form: the same form sent twice, or ten times at once, is one pledge. The same token
    with another amount, frequency, name or email means that the donor changed their mind: that is a new pledge.
    Fund and purpose are those of the appeal at this moment, and stay so; a match that doubles gifts is held for it
    (`matched`), where one has anything left. Raises AppealIsClosed, AmountIsOutside.
    """
    if not appeal.is_open(on or timezone.localdate()):
        raise AppealIsClosed(f"{appeal} is closed.")
    if not appeal.minimum <= amount <= appeal.maximum:
        raise AmountIsOutside(f"Enter an amount from {appeal.minimum} to {appeal.maximum}.")
    asked = {"appeal": appeal, "pence": amount.pence, "every": every, "name": name, "email": email}
    with transaction.atomic():
        pledge = _pledge_once(token, asked)
        if any(getattr(pledge, field) != value for field, value in asked.items()):
            changed = uuid5(
                token, f"{appeal.pk} {amount.pence} {every} {name} {email}"
            )  # sent twice, this too is one pledge
            pledge = _pledge_once(changed, asked)
    return pledge


def _pledge_once(token: UUID, asked: dict[str, Any]) -> Pledge:
    """The pledge of this token, made if it is not there yet."""
    appeal = asked["appeal"]
    frozen = {"fund": appeal.fund, "purpose": appeal.purpose, "reference": references.readable("G")}
    pledge, new = Pledge.objects.get_or_create(token=token, defaults={**asked, **frozen})
    if new:
        matching.hold(pledge=pledge)
    return pledge


def open_checkout(*, pledge: Pledge, site: str) -> str:
    """The address of Stripe's page for this pledge; `site` is our own address, where the donor comes back to.

    No transaction is open while Stripe is asked. Asked twice, Stripe answers with the same page: our reference
    is the key. Raises PaymentsUnavailable, GatewayMisused, AttemptChanged.
    """
    if pledge.checkout_url:
        return pledge.checkout_url
    *likelier, last = matching.closings(pledge=pledge)
    for expires_at in likelier:
        with suppress(AttemptChanged):  # Stripe knows it in earlier words: its answer to those was lost
            return _open(pledge, site, expires_at)
    return _open(pledge, site, last)


def _open(pledge: Pledge, site: str, expires_at: datetime | None) -> str:
    appeal = pledge.appeal
    checkout = gateway.open_checkout(
        reference=pledge.reference,
        pence=pledge.pence,
        every=INTERVALS[Every(pledge.every)],
        appeal_slug=appeal.slug,
        appeal_name=appeal.name,
        email=pledge.email,
        success_url=site + reverse("donations:thanks", args=[pledge.reference]) + "?session={CHECKOUT_SESSION_ID}",
        cancel_url=f"{site}{reverse('donations:give', args=[appeal.slug])}?again={BACK_AGAIN.sign(pledge.reference)}",
        expires_at=expires_at,
    )
    made = When(state=PledgeState.MADE, then=Value(PledgeState.AT_CHECKOUT.value))
    Pledge.objects.filter(pk=pledge.pk, checkout_session="").update(
        checkout_session=checkout.session_id, checkout_url=checkout.url, state=Case(made, default=F("state"))
    )
    return checkout.url


def pledge_to_give_again(*, signed: str) -> Pledge | None:
    """The pledge of a donor who came back from Stripe's page without paying; None if the link is forged or too old."""
    try:
        reference = BACK_AGAIN.unsign(signed)
    except signing.BadSignature:
        return None
    lately = Pledge.objects.select_related("appeal").filter(created_at__gte=timezone.now() - BACK_AGAIN_FOR)
    return lately.filter(reference=reference).first()


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
