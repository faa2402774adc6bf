"""Making a pledge, and opening Stripe's page for it."""

from datetime import date, timedelta
from typing import Any, Literal
from uuid import UUID, uuid5

from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from almoner.kit import references
from donations import gateway
from donations.exceptions import AmountIsOutside, AppealIsClosed
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
    Fund and purpose are those of the appeal at this moment, and stay so.
    Raises AppealIsClosed, AmountIsOutside.
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
    return Pledge.objects.get_or_create(token=token, defaults={**asked, **frozen})[0]


def open_checkout(*, pledge: Pledge, site: str) -> str:
    """The address of Stripe's page for this pledge; `site` is our own address, where the donor comes back to.

    No transaction is open while Stripe is asked. Asked twice, Stripe answers with the same page: our reference
    is the key. Raises PaymentsUnavailable, GatewayMisused, AttemptChanged.
    """
    if pledge.checkout_url:
        return pledge.checkout_url
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
    )
    Pledge.objects.filter(pk=pledge.pk, checkout_session="").update(
        checkout_session=checkout.session_id, checkout_url=checkout.url
    )
    Pledge.objects.filter(pk=pledge.pk, state=PledgeState.MADE).update(state=PledgeState.AT_CHECKOUT)
    return checkout.url


def pledge_to_give_again(*, signed: str) -> Pledge | None:
    """The pledge of a donor who came back from Stripe's page without paying; None if the link is forged or too old."""
    try:
        reference = BACK_AGAIN.unsign(signed)
    except signing.BadSignature:
        return None
    lately = Pledge.objects.select_related("appeal").filter(created_at__gte=timezone.now() - BACK_AGAIN_FOR)
    return lately.filter(reference=reference).first()


def lapse(*, reference: str) -> None:
    """The payment page closed without a payment. A pledge that was given stays given: news may come out of order."""
    open_states = [PledgeState.MADE, PledgeState.AT_CHECKOUT, PledgeState.PROCESSING]
    Pledge.objects.filter(reference=reference, state__in=open_states).update(state=PledgeState.LEFT)
