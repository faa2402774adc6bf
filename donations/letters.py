"""The letters that donors get: one function each, which says whether it wrote one: no cause gets two.

A letter is a row first, and leaves after the commit.
"""

import json
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from almoner.kit import jobs, mail
from donations import charity, links
from donations.models import Donation, Donor, Letter, Payment, Refund, RegularGift, RegularGiftChange
from donations.models.regular_gift import Change

LEASE = timedelta(minutes=5)  # a worker that claimed a letter and died gives it back after this long
Kind = Letter.Kind


def send_receipt(donation: Donation) -> bool:
    """The receipt, and the only thanks: money has arrived. False where no address is known."""
    if donation.donor is None or not donation.donor.email:
        return False
    asked = donation.pledge or (donation.regular_gift.pledge if donation.regular_gift else None)
    to = asked.email if asked else donation.donor.email
    return _write(Kind.RECEIPT, f"receipt:{donation.reference}", to=to, donation=donation)


def say_it_is_on_its_way(payment: Payment) -> bool:
    """A Direct Debit was set up: nothing has arrived, so this is no receipt."""
    return _about_payment(Kind.PENDING, "pending", payment)


def say_it_failed(payment: Payment) -> bool:
    """A payment did not go through: said kindly, once, with a way to mend it."""
    return _about_payment(Kind.FAILED, "failed", payment)


def say_the_card_expires(gift: RegularGift) -> bool:
    """The card of a regular gift is about to expire: once for each card."""
    day = f"{gift.card_expires_on:%Y-%m}"
    return _about_regular(Kind.CARD_EXPIRING, f"card_expiring:{gift.reference}:{day}", gift)


def say_how_to_choose_another_card(change: RegularGiftChange) -> bool:
    """The donor asked the office how to name another card or account: here is the link."""
    return _about_regular(Kind.CARD_ASKED, f"card_asked:{change.reference}", change.regular_gift)


def ask_for_another_account(gift: RegularGift, *, mandate: str) -> bool:
    """A Direct Debit's mandate has ended: another account, or a card, is asked for."""
    return _about_regular(Kind.MANDATE_ENDED, f"mandate_ended:{mandate}:{gift.reference}", gift)


def say_it_has_changed(change: RegularGiftChange) -> bool:
    """A regular gift was changed or paused, as was asked."""
    kind = Kind.PAUSED if change.kind in {Change.PAUSE, Change.SKIP} else Kind.CHANGED
    facts = {"change": change.get_kind_display(), "kind": change.kind, "before": change.before, "after": change.after}
    return _about_regular(kind, f"{kind}:{change.reference}", change.regular_gift, facts=facts)


def say_it_has_ended(gift: RegularGift) -> bool:
    """A regular gift has ended, whoever ended it."""
    return _about_regular(Kind.ENDED, f"ended:{gift.reference}", gift)


def say_it_was_refunded(refund: Refund) -> bool:
    """Money was given back, in whole or part."""
    donation = refund.donation
    if donation.donor is None or not donation.donor.email:
        return False
    facts = {"amount": refund.amount.exact}
    about = f"refunded:{refund.reference}"
    return _write(Kind.REFUNDED, about, to=donation.donor.email, donation=donation, facts=facts)


def send_a_key(donor: Donor, *, asking: int) -> bool:
    """A donor asked for the way to their own page. The key is made as the letter is sent: see `deliver`."""
    return _write(Kind.SIGN_IN, f"sign_in:{asking}", to=donor.email, donor=donor)


def deliver(letter_id: int) -> bool:
    """Send one letter, outside any transaction; False if it is sent already or somebody is sending it.

    The letter is claimed first, so that two workers never send it twice. When the mail server refuses, the claim
    is given back and the error raised, for the job to be tried again.
    """
    now = timezone.now()
    free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=now - LEASE)
    if not Letter.objects.filter(free, pk=letter_id, sent_at__isnull=True).update(claimed_at=now):
        return False
    letter = Letter.objects.select_related(
        *("donation__fund", "donation__appeal", "donation__purpose", "payment__pledge__appeal"),
        *("payment__regular_gift__pledge", "regular_gift__pledge", "regular_gift__appeal", "donor"),
    ).get(pk=letter_id)
    try:
        mail.send(
            f"donations/letters/{letter.kind}",
            to=letter.to,
            # The same letter always bears the same number, so that a second copy can be recognised.
            number=letter.about.replace(":", "-"),
            charity=charity.current(),
            site=settings.BASE_URL,
            **{**what_it_says(letter), **_what_no_row_holds(letter)},
        )
    except Exception:
        Letter.objects.filter(pk=letter_id).update(claimed_at=None)
        raise
    Letter.objects.filter(pk=letter_id).update(sent_at=timezone.now())
    return True


def what_it_says(letter: Letter) -> dict[str, Any]:
    """What the words of a letter are about."""
    donation, payment = letter.donation, letter.payment
    gift = letter.regular_gift or (payment.regular_gift if payment else None)
    asked = (payment.pledge if payment else None) or (gift.pledge if gift else None)
    name = donation.donor_name if donation else (asked.name if asked else (letter.donor.name if letter.donor else ""))
    mend = links.mend(gift) if gift is not None else None
    again = reverse("donations:give", args=[asked.appeal.slug]) if asked is not None else ""
    return {
        "donation": donation,
        "payment": payment,
        "regular_gift": gift,
        "appeal": asked.appeal if asked is not None else (donation.appeal if donation else None),
        "donor_name": name,
        "facts": letter.facts,
        "mend": f"{settings.BASE_URL}{mend}" if mend else "",
        "again": f"{settings.BASE_URL}{again}" if again else "",
    }


def _what_no_row_holds(letter: Letter) -> dict[str, str]:
    """A key to the donor's page, made as the letter is sent; a letter that is only looked at has none."""
    if letter.kind != Kind.SIGN_IN or letter.donor is None:
        return {}
    return {"key": f"{settings.BASE_URL}{links.new_key(letter.donor)}"}


def _about_payment(kind: Letter.Kind, word: str, payment: Payment) -> bool:
    gift = payment.regular_gift
    asked = payment.pledge or (gift.pledge if gift else None)
    if asked is None:
        return False
    return _write(kind, f"{word}:{payment.payment_intent}", to=asked.email, payment=payment, regular_gift=gift)


def _about_regular(kind: Letter.Kind, about: str, gift: RegularGift, *, facts: dict[str, str] | None = None) -> bool:
    return _write(kind, about, to=gift.pledge.email, regular_gift=gift, facts=facts)


_WRITE = jobs.with_its_job(
    """
    INSERT INTO donations_letter
      (kind, about, "to", donation_id, payment_id, regular_gift_id, donor_id, facts, written_at)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s::jsonb, statement_timestamp()) ON CONFLICT (about) DO NOTHING
    """,
    "donations.send_letter",
    "letter",
)


def _write(
    kind: Letter.Kind, about: str, *, to: str, donation: Donation | None = None, payment: Payment | None = None,
    regular_gift: RegularGift | None = None, donor: Donor | None = None, facts: dict[str, str] | None = None,
) -> bool:  # fmt: skip
    """Put a letter in the outbox, inside the transaction that causes it; a cause that had its letter gets no other."""
    things = [thing.pk if thing else None for thing in (donation, payment, regular_gift, donor)]
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [kind, about, to, *things, json.dumps(facts or {})])
        return cursor.fetchone() is not None
