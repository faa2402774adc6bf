"""All that is held about one donor: what their page shows, and what they take away in one file.

Every question begins from the donor. What was said with a pledge belongs to the donor who then gave.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from donations.models import (
    ContactPermission,
    Declaration,
    Dispute,
    Donation,
    Donor,
    Draft,
    Letter,
    MatchedGift,
    Payment,
    Pledge,
    Refund,
    RegularGiftChange,
    StripeEvent,
    Tribute,
)

Row = dict[str, Any]


def _said_by(donor: Donor) -> Q:
    """Said by the donor, or with a pledge that the donor kept."""
    nobodys = Q(donor__isnull=True)
    return Q(donor=donor) | nobodys & Q(pledge__donation__donor=donor) | nobodys & Q(pledge__regular_gift__donor=donor)


def declarations_of(donor: Donor) -> "QuerySet[Declaration]":
    """A donor's Gift Aid declarations, the newest first, those that were cancelled too."""
    return Declaration.objects.filter(_said_by(donor)).select_related("wording")


def permissions_of(donor: Donor) -> "QuerySet[ContactPermission]":
    """What a donor said about being contacted, the newest first."""
    return ContactPermission.objects.filter(_said_by(donor)).select_related("wording")


def pledges_of(donor: Donor) -> "QuerySet[Pledge]":
    """What a donor promised, whether or not it was given: also with this address and never paid."""
    kept = Q(donation__donor=donor) | Q(regular_gift__donor=donor)
    left = Q(plain=donor.email.lower(), donation__isnull=True, regular_gift__isnull=True) if donor.email else Q(pk=None)
    return Pledge.objects.alias(plain=Lower("email")).filter(kept | left)


def all_about(donor: Donor) -> Row:
    """Everything, as it is written into the file that the donor takes away."""
    gifts = Donation.objects.filter(donor=donor).with_status()
    pledges = list(pledges_of(donor).select_related("appeal").order_by("pk"))
    regular = list(donor.regular_gifts.select_related("appeal").order_by("pk"))
    payments = list(Payment.objects.filter(Q(pledge__in=pledges) | Q(regular_gift__in=regular)).order_by("pk"))
    return {
        "made_at": timezone.now(),
        "donor": _row(donor, "name email telephone address town postcode created_at"),
        "donations": [
            _row(
                each,
                "reference donor_name pence fee_cover_pence method received_on source external_id note created_at"
                " status refunded_pence disputed_pence net_pence",
                fund=str(each.fund),
                purpose=str(each.purpose),
                appeal=each.appeal and str(each.appeal),
                pledge=_of(each.pledge_id, pledges),
                declaration=each.declaration and each.declaration.reference,
            )
            for each in gifts.select_related("fund", "appeal", "purpose", "declaration").order_by("pk")
        ],
        "refunds": _rows(
            Refund.objects.filter(donation__donor=donor).order_by("pk"),
            "reference refund pence state because asked_at decided_at",
        ),
        "disputes": [
            _row(each, "dispute status reason pence opened_at closed_at", donation=each.donation.reference)
            for each in Dispute.objects.filter(donation__donor=donor).select_related("donation").order_by("pk")
        ],
        "pledges": [
            _row(each, "reference pence fee_cover_pence every name email state created_at", appeal=str(each.appeal))
            for each in pledges
        ],
        "doubled": _rows(MatchedGift.objects.filter(pledge__in=pledges).order_by("pk"), "pence state held_at"),
        "tributes": [
            _row(
                each,
                "kind honoured message tell_name tell_email tell_on say_amount",
                pledge=_of(each.pledge_id, pledges),
            )
            for each in Tribute.objects.filter(pledge__in=pledges).order_by("pk")
        ],
        "forms_begun": _rows(Draft.objects.filter(pledge__in=pledges).order_by("pk"), "answers created_at changed_at"),
        "payments": _rows(
            payments, "payment_intent invoice charge pence currency method state created_at succeeded_at failed_at"
        ),
        "regular_gifts": [
            _row(
                each,
                "reference subscription customer pence fee_cover_pence every state method began_on next_on failures"
                " paused_until card_expires_on ended_at ended_by ended_because",
                appeal=str(each.appeal),
                changes=_changes(each.changes.order_by("pk")),
            )
            for each in regular
        ],
        "declarations": [
            _row(
                each,
                "reference scope channel charity_name first_name last_name home address town postcode shown declared_on"
                " declared_at record_sent_on cancelled_on cancelled_because void",
                words=each.wording.text,
            )
            for each in declarations_of(donor).order_by("pk")
        ],
        "permissions": [
            _row(each, "channel basis source said_at", words=each.wording and each.wording.text)
            for each in permissions_of(donor).order_by("pk")
        ],
        "letters": _rows(_letters(donor, pledges), "kind about facts to written_at sent_at"),
        "requests": _rows(donor.data_requests.order_by("pk"), "kind asked_at answered_at answer"),
        "times_signed_in": _rows(donor.keys.order_by("pk"), "made_at used_at"),
        "messages_of_stripe": _rows(
            StripeEvent.objects.filter(object_id__in=_stripes_numbers(payments, regular, pledges)).order_by("pk"),
            "event_id kind created payload",
        ),
    }


def _letters(donor: Donor, pledges: list[Pledge]) -> "QuerySet[Letter]":
    theirs = Q(donor=donor) | Q(donation__donor=donor) | Q(regular_gift__donor=donor) | Q(payment__pledge__in=pledges)
    return Letter.objects.filter(theirs).distinct().order_by("pk")


def _changes(changes: "QuerySet[RegularGiftChange]") -> list[Row]:
    return _rows(changes, "reference kind wanted before after because asked_by asked_at done_at")


def _stripes_numbers(payments: Iterable[Any], regular: Iterable[Any], pledges: Iterable[Any]) -> list[str]:
    numbers = [number for each in payments for number in (each.payment_intent, each.charge, each.invoice)]
    numbers += [number for each in regular for number in (each.subscription, each.customer)]
    numbers += [each.checkout_session for each in pledges]
    return [number for number in numbers if number]


def _of(pledge: int | None, pledges: list[Pledge]) -> str | None:
    return next((each.reference for each in pledges if each.pk == pledge), None)


def _rows(things: Iterable[Model], fields: str) -> list[Row]:
    return [_row(thing, fields) for thing in things]


def _row(thing: Model, fields: str, **more: Any) -> Row:
    return {**{name: getattr(thing, name) for name in fields.split()}, **more}
