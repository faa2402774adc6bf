"""The letters that donors get: one function each, which says whether it wrote one: no cause gets two.

A letter is a row in the outbox first, and leaves after the commit: see `donations.outbox`.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from donations import facts, statements
from donations.exceptions import YearIsNotOver
from donations.models import (
    Correction,
    Declaration,
    Donation,
    Donor,
    Letter,
    Payment,
    Refund,
    RegularGift,
    RegularGiftChange,
    Tribute,
)
from donations.models.contact import ContactBy, is_suppressed
from donations.models.declaration import Channel
from donations.models.donation import Status
from donations.models.regular_gift import Change
from donations.outbox import write

Kind = Letter.Kind


def send_receipt(donation: Donation) -> bool:
    """The receipt, and the only thanks: money has arrived. False where no address is known."""
    if donation.donor is None or not donation.donor.email:
        return False
    return write(Kind.RECEIPT, f"receipt:{donation.reference}", to=donation.donor.email, donation=donation)


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
    said = {"change": change.get_kind_display(), "kind": change.kind, "before": change.before, "after": change.after}
    return _about_regular(kind, f"{kind}:{change.reference}", change.regular_gift, said=said)


def say_it_has_ended(gift: RegularGift) -> bool:
    """A regular gift has ended, whoever ended it."""
    return _about_regular(Kind.ENDED, f"ended:{gift.reference}", gift)


def say_it_was_refunded(refund: Refund) -> bool:
    """Money was given back, in whole or part."""
    donation = refund.donation
    if donation.donor is None or not donation.donor.email:
        return False
    said = {"amount": refund.amount.exact}
    about = f"refunded:{refund.reference}"
    return write(Kind.REFUNDED, about, to=donation.donor.email, donation=donation, said=said)


def send_receipt_again(donation: Donation, *, token: UUID) -> bool:
    """A copy of a receipt, to where the donor gets letters now. The token comes from a form: sent twice it is one."""
    if donation.donor is None or not donation.donor.email:
        return False
    about = f"receipt_copy:{donation.reference}:{token}"
    return write(Kind.RECEIPT_COPY, about, to=donation.donor.email, donation=donation)


def tell_of_tribute(donation: Donation) -> bool:
    """The letter to whom a donor asked us to tell of a gift in memory or in honour, once for each pledge.

    It says who gave, and no amount unless the donor agreed. False where nobody is to be told, where it is told on a
    later day, and where that person wants no letters from us.
    """
    given = facts.tribute_of(donation)
    if given is None or not given.tell_email:
        return False
    if given.tell_on is not None and given.tell_on > timezone.localdate():
        return False
    if is_suppressed(channel=ContactBy.EMAIL, address=given.tell_email):
        return False
    return write(Kind.TRIBUTE, f"tribute:{given.pledge.reference}", to=given.tell_email, donation=donation)


def tell_of_tributes(*, today: date) -> int:
    """Tell of the gifts whose day has come, of which nobody has been told, and which have not gone back. How many."""
    told = Letter.objects.filter(kind=Kind.TRIBUTE, donation__pledge=OuterRef("pledge"))
    due = Tribute.objects.filter(~Exists(told), tell_on__lte=today, pledge__donation__isnull=False)
    gifts = Donation.objects.filter(pledge__in=due.exclude(tell_email="").values("pledge")).with_status()
    kept = gifts.filter(Q(status__in=[Status.RECEIVED, Status.PART_REFUNDED])).select_related("pledge__tribute__pledge")
    return sum(tell_of_tribute(donation) for donation in kept)


def send_declaration_record(declaration: Declaration) -> bool:
    """The written record of a spoken declaration, with the right to cancel within 30 days of it.

    The declaration says when the record was sent once it has been. False of one that was not spoken, and where no
    address is known: then the record must be printed and posted.
    """
    if declaration.channel != Channel.ORAL:
        return False
    to = (declaration.donor.email if declaration.donor else "") or (
        declaration.pledge.email if declaration.pledge else ""
    )
    if not to:
        return False
    about = f"declaration_record:{declaration.reference}"
    return write(Kind.DECLARATION_RECORD, about, to=to, declaration=declaration)


@dataclass(frozen=True)
class Written:
    """What came of writing the statements of a year."""

    letters: int
    without_address: list[Donor]


def send_statements(year_ending: int) -> Written:
    """Write a statement to everybody who gave in a tax year, one each however often this is done.

    Who has no email address is listed, so that a statement can be printed. Raises YearIsNotOver.
    """
    year = statements.TaxYear(year_ending)
    if not year.is_over(timezone.localdate()):
        raise YearIsNotOver(f"The tax year {year} is not over yet.")
    donors = statements.donors_of(year).order_by("name", "pk")
    reached = donors.exclude(email="").iterator(chunk_size=500)
    letters = sum(_write_statement(donor, year_ending) for donor in reached)
    return Written(letters, list(donors.filter(email="")))


def _write_statement(donor: Donor, year_ending: int) -> bool:
    about = f"statement:{donor.pk}:{year_ending}"
    return write(Kind.STATEMENT, about, to=donor.email, donor=donor, said={"year_ending": year_ending})


def send_a_key(donor: Donor, *, asking: int) -> bool:
    """A donor asked for the way to their own page. The key is made as the letter is sent: see `deliver`."""
    return write(Kind.SIGN_IN, f"sign_in:{asking}", to=donor.email, donor=donor)


def ask_to_confirm_address(correction: Correction) -> bool:
    """To a new address, which is a donor's once the link in it has been used."""
    said = {"correction": correction.pk}
    about, to = f"confirm_address:{correction.pk}", correction.after["email"]
    return write(Kind.CONFIRM_ADDRESS, about, to=to, donor=correction.donor, said=said)


def say_the_address_changed(correction: Correction) -> bool:
    """To the address that was the donor's until now; it does not say which is theirs now."""
    about, to = f"address_changed:{correction.pk}", correction.before["email"]
    return bool(to) and write(Kind.ADDRESS_CHANGED, about, to=to, donor=correction.donor)


def _about_payment(kind: Letter.Kind, word: str, payment: Payment) -> bool:
    gift = payment.regular_gift
    asked = payment.pledge
    to = gift.donor.email if gift else (asked.email if asked else "")
    if not to:
        return False
    return write(kind, f"{word}:{payment.payment_intent}", to=to, payment=payment, regular_gift=gift)


def _about_regular(kind: Letter.Kind, about: str, gift: RegularGift, *, said: dict[str, str] | None = None) -> bool:
    if not gift.donor.email:
        return False
    return write(kind, about, to=gift.donor.email, regular_gift=gift, said=said)
