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
    DeclarationScan,
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
Named = dict[int | None, str]  # pledges’ references, by number


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
    gifts = Donation.objects.filter(donor=donor).with_status().order_by("pk")
    pledges = list(pledges_of(donor).select_related("appeal").order_by("pk"))
    regular = list(donor.regular_gifts.select_related("appeal", "pledge").order_by("pk"))
    payments = list(Payment.objects.filter(Q(pledge__in=pledges) | Q(regular_gift__in=regular)).order_by("pk"))
    changes = RegularGiftChange.objects.filter(regular_gift__in=regular).select_related("regular_gift").order_by("pk")
    named: Named = {each.pk: each.reference for each in pledges}
    return {
        "made_at": timezone.now(),
        "donor": _row(donor),
        "donations": [
            _row(
                each,
                **{name: getattr(each, name) for name in ("status", "refunded_pence", "disputed_pence", "net_pence")},
                fund=str(each.fund),
                purpose=str(each.purpose),
                appeal=each.appeal and str(each.appeal),
                pledge=named.get(each.pledge_id),
                declaration=each.declaration and each.declaration.reference,
            )
            for each in gifts.select_related("fund", "appeal", "purpose", "declaration")
        ],
        "refunds": _of_gifts(Refund.objects.filter(donation__donor=donor)),
        "disputes": _of_gifts(Dispute.objects.filter(donation__donor=donor)),
        "pledges": [_row(each, "token", "checkout_url", appeal=str(each.appeal)) for each in pledges],
        "doubled": _of_pledges(MatchedGift.objects.filter(pledge__in=pledges), named),
        "tributes": _of_pledges(Tribute.objects.filter(pledge__in=pledges), named),
        "forms_begun": _of_pledges(Draft.objects.filter(pledge__in=pledges), named, "token"),
        "payments": [_row(each, pledge=named.get(each.pledge_id)) for each in payments],
        "regular_gifts": [_row(each, appeal=str(each.appeal), pledge=each.pledge.reference) for each in regular],
        "changes_of_regular_gifts": [_row(each, regular_gift=each.regular_gift.reference) for each in changes],
        "declarations": [_row(each, words=each.wording.text) for each in declarations_of(donor).order_by("pk")],
        "scans_of_declarations": [
            _row(each, "file", declaration=each.declaration.reference)
            for each in DeclarationScan.objects.filter(declaration__in=declarations_of(donor))
            .select_related("declaration")
            .order_by("pk")
        ],
        "permissions": [
            _row(each, words=each.wording and each.wording.text) for each in permissions_of(donor).order_by("pk")
        ],
        "corrections": [_row(each) for each in donor.corrections.order_by("pk")],
        "letters": [_row(each) for each in _letters(donor, pledges)],
        "requests": [_row(each) for each in donor.data_requests.order_by("pk")],
        "times_signed_in": [_row(each, "digest") for each in donor.keys.order_by("pk")],
        "messages_of_stripe": [
            _row(each)
            for each in StripeEvent.objects.filter(object_id__in=_stripes_numbers(payments, regular, pledges)).order_by(
                "pk"
            )
        ],
    }


def _row(thing: Model, *without: str, **more: Any) -> Row:
    """Every column of a row that holds something of its own; what it points at is named in words by `more`.

    A column that is added later is in the file from then on. Left out is only what opens something.
    """
    own = [field.attname for field in thing._meta.concrete_fields if not (field.primary_key or field.is_relation)]
    return {**{name: getattr(thing, name) for name in own if name not in without}, **more}


def _of_gifts(things: "QuerySet[Any]") -> list[Row]:
    return [_row(each, donation=each.donation.reference) for each in things.select_related("donation").order_by("pk")]


def _of_pledges(things: "QuerySet[Any]", named: Named, *without: str) -> list[Row]:
    return [_row(each, *without, pledge=named.get(each.pledge_id)) for each in things.order_by("pk")]


def _letters(donor: Donor, pledges: list[Pledge]) -> "QuerySet[Letter]":
    theirs = Q(donor=donor) | Q(donation__donor=donor) | Q(regular_gift__donor=donor) | Q(payment__pledge__in=pledges)
    theirs |= Q(declaration__donor=donor)
    return Letter.objects.filter(theirs).order_by("pk")


def _stripes_numbers(payments: Iterable[Any], regular: Iterable[Any], pledges: Iterable[Any]) -> list[str]:
    numbers = [number for each in payments for number in (each.payment_intent, each.charge, each.invoice)]
    numbers += [number for each in regular for number in (each.subscription, each.customer)]
    numbers += [each.checkout_session for each in pledges]
    return [number for number in numbers if number]
