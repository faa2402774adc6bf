"""What a letter is about: what its template shows, and what its placeholders stand for."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from donations import charity, links, statements, words
from donations.ledger.money import NOTHING, Money
from donations.models import Declaration, Donation, Letter, Payment, Pledge, RegularGift, Tribute
from donations.models.declaration import TO_CANCEL, Home, Scope
from donations.models.letter_words import ALLOWED, fill

Kind = Letter.Kind
Rows = list[tuple[str, str]]

# Working days from a new Direct Debit until the account is debited, as Stripe's pages tell it. The exact day is told
# by Stripe's own notice, which the scheme wants; ours says “on or about”.
DEBITED_AFTER = 5
IN_WHOSE = {Tribute.Kind.MEMORY: _("in memory of"), Tribute.Kind.HONOUR: _("in honour of")}


def of(letter: Letter, *, for_the_donor: bool = True, told: statements.Statement | None = None) -> dict[str, Any]:
    """All that a letter says. Shown to staff it carries no signed links: those are the donor's alone.

    `told` is the statement of a letter that sends one, where it is put together already.
    """
    donation, payment, declaration = letter.donation, letter.payment, letter.declaration
    gift = letter.regular_gift or (payment.regular_gift if payment else None)
    asked = (payment.pledge if payment else None) or (gift.pledge if gift else None)
    mend = links.mend(gift) if gift is not None and for_the_donor else None
    again = reverse("donations:give", args=[asked.appeal.slug]) if asked is not None else ""
    unsubscribe = links.unsubscribe(letter) if for_the_donor else links.UNSUBSCRIBE_SHOWN
    said = {
        "kind": letter.kind,
        "donation": donation,
        "payment": payment,
        "regular_gift": gift,
        "declaration": declaration,
        "appeal": asked.appeal if asked is not None else (donation.appeal if donation else None),
        "donor_name": _donors_name(letter, asked),
        "facts": letter.facts,
        "mend": f"{settings.BASE_URL}{mend or links.MEND_SHOWN}" if gift is not None else "",
        "again": f"{settings.BASE_URL}{again}" if again else "",
        "unsubscribe": f"{settings.BASE_URL}{unsubscribe}",
        "charity": charity.current(),
        "site": settings.BASE_URL,
    }
    said |= {"statement": told, "year": told.year} if told else _of_its_kind(letter, said)
    if letter.kind == Kind.CONFIRM_ADDRESS:
        signed = links.confirm_address(letter.facts["correction"]) if for_the_donor else links.CONFIRM_SHOWN
        said |= {"confirm": f"{settings.BASE_URL}{signed}", "donor_name": ""}
    said["dear"] = said.get("told") or said["donor_name"] or gettext("friend")
    said["words"] = _filled(words.that_were_sent(letter), values(said))
    return said


def values(said: dict[str, Any]) -> dict[str, str]:
    """What each placeholder of this letter stands for."""
    donation, gift = said["donation"], said["regular_gift"]
    appeal = said["appeal"] or (donation.fund if donation else None)
    about = donation or said["payment"] or gift
    stands_for = {
        "donor": said["donor_name"] or gettext("somebody"),
        "charity": said["charity"].name,
        "amount": str(said.get("amount") or (about.amount if about else "")),
        "appeal": appeal.name if appeal else said["charity"].name,
        "fund": donation.fund.name if donation else "",
        "date": said.get("date", ""),
        "reference": donation.reference if donation else said.get("reference", ""),
        "every": gift.get_every_display() if gift else "",
        "month": date_format(gift.card_expires_on, "F Y") if gift and gift.card_expires_on else "",
        "told": said.get("told", ""),
        "tribute": said.get("tribute", ""),
        "year": str(said.get("year", "")),
    }
    return {name: stands_for[name] for name in ALLOWED[said["kind"]]}


def receipt_rows(donation: Donation) -> Rows:
    """What a receipt says of a gift, line by line: the same in the mail and on paper."""
    fund, given = donation.fund, tribute_of(donation)
    rows = [(gettext("Gift"), donation.gift.exact)]
    if donation.fee_cover:
        rows += [
            (gettext("Added for the card fee"), donation.fee_cover.exact),
            (gettext("In all"), donation.amount.exact),
        ]
    rows += [
        (gettext("Received"), _day(donation.received_on)),
        (gettext("Paid by"), donation.get_method_display()),
        (gettext("Given to"), donation.appeal.name if donation.appeal else fund.name),
        (gettext("Fund"), f"{fund.name} ({fund.get_fund_class_display().lower()})"),
        (gettext("Gift Aid"), gift_aid_sentence(donation)),
        *went_back_rows(donation),
    ]
    if given is not None:
        rows.append((gettext("Given"), in_whose(given)))
    if donation.donor_name:
        rows.append((gettext("Given by"), donation.donor_name))
    return [*rows, (gettext("Reference"), donation.reference)]


def gift_aid_sentence(donation: Donation) -> str:
    """Whether Gift Aid is claimed, and what it adds to what is left of the gift."""
    left = max(donation.gift.pence - donation.went_back.total.pence, 0)
    added = Money(left * 25 // 100) if donation.gift_aid else NOTHING
    return (
        gettext("You have declared Gift Aid: it adds %(added)s") % {"added": added.exact}
        if added
        else gettext("No Gift Aid is claimed on this gift")
    )


def went_back(donation: Donation) -> str:
    """“All of this gift was refunded on 3 May 2026”; nothing where it is all there."""
    back = donation.went_back
    if not back.total:
        return ""
    days = f" {gettext('and')} ".join(dict.fromkeys(_day(day) for day, _amount in back.refunds))
    how_much = gettext("All") if back.is_whole else back.total.exact
    if days:
        return gettext("%(how_much)s of this gift was refunded on %(days)s") % {"how_much": how_much, "days": days}
    return gettext("%(how_much)s of this gift was taken back by the bank") % {"how_much": how_much}


def went_back_rows(donation: Donation) -> Rows:
    """Each refund with its day, what the bank took back, and what is left; nothing where the gift is all there."""
    back = donation.went_back
    rows = [(gettext("Refunded on %(day)s") % {"day": _day(day)}, amount.exact) for day, amount in back.refunds]
    if back.taken:
        rows.append((gettext("Taken back by the bank"), back.taken.exact))
    return [*rows, (gettext("Left of it"), max(donation.amount - back.total, NOTHING).exact)] if rows else []


def tribute_of(donation: Donation) -> Tribute | None:
    """Who is remembered or honoured by a gift, or by the regular gift that it is a payment of."""
    asked = asked_for(donation)
    return getattr(asked, "tribute", None) if asked is not None else None


def asked_for(donation: Donation) -> Pledge | None:
    """The pledge that a donation came from."""
    return donation.pledge or (donation.regular_gift.pledge if donation.regular_gift else None)


def in_whose(tribute: Tribute) -> str:
    """“in memory of Kitty Whelk”."""
    return f"{IN_WHOSE[Tribute.Kind(tribute.kind)]} {tribute.honoured}"


def on_or_about(payment: Payment) -> date:
    """The day on which a new Direct Debit is likely to be taken: so many working days on."""
    day, left = timezone.localdate(payment.created_at), DEBITED_AFTER
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5
    return day


def record_of(declaration: Declaration, *, sent_on: date | None = None) -> dict[str, Any]:
    """The written record of a spoken declaration, with all that HMRC wants in it (RE1841); sent today if not before."""
    written = sent_on or timezone.localdate()
    rows = [
        (gettext("Declared by"), declaration.name),
        (gettext("Home address"), ", ".join(declaration.lines)),
        (gettext("Where that is"), str(Home(declaration.home).label)),
        (gettext("Charity"), declaration.charity_name),
        (gettext("Covers"), str(Scope(declaration.scope).label)),
        (gettext("Spoken on"), _day(declaration.declared_on)),
        (gettext("This record sent on"), _day(written)),
        (gettext("May be cancelled until"), _day(written + TO_CANCEL)),
        (gettext("Reference"), declaration.reference),
    ]
    return {
        "rows": rows,
        "date": _day(declaration.declared_on),
        "until": _day(written + TO_CANCEL),
        "declared": declaration.words,
    }


# ---- what is particular to each kind


def _of_its_kind(letter: Letter, said: dict[str, Any]) -> dict[str, Any]:
    match letter.kind:
        case Kind.RECEIPT | Kind.RECEIPT_COPY if letter.donation:
            donation = letter.donation
            rows, date_said = receipt_rows(donation), _day(donation.received_on)
            thanks = donation.appeal.thanks if donation.appeal else ""
            return {"rows": rows, "date": date_said, "thanks": thanks, "went_back": went_back(donation)}
        case Kind.PENDING if letter.payment:
            gift = said["regular_gift"]
            reference = gift.reference if gift else (letter.payment.pledge.reference if letter.payment.pledge else "")
            return {"rows": _advance_notice(letter.payment, gift, reference), "reference": reference}
        case Kind.REFUNDED if letter.donation:
            rows = [(gettext("Refunded"), letter.facts["amount"]), (gettext("Of your gift"), letter.donation.reference)]
            return {"rows": rows, "amount": letter.facts["amount"]}
        case Kind.TRIBUTE if letter.donation:
            return _tribute(letter.donation)
        case Kind.STATEMENT if letter.donor:
            statement = statements.statement(letter.donor, year_ending=letter.facts["year_ending"])
            return {"statement": statement, "year": statement.year}
        case Kind.DECLARATION_RECORD if letter.declaration:
            return record_of(letter.declaration, sent_on=letter.declaration.record_sent_on)
        case _:
            return {}


def _advance_notice(payment: Payment, gift: RegularGift | None, reference: str) -> Rows:
    rows = [(gettext("Amount"), payment.amount.exact), (gettext("On or about"), _day(on_or_about(payment)))]
    if gift is None:
        rows.append((gettext("How often"), gettext("once")))
    else:
        every, again = gift.get_every_display(), gift.next_on
        later = gettext("%(every)s, next on or about %(day)s")
        rows.append((gettext("How often"), later % {"every": every, "day": _day(again)} if again else every))
    return [*rows, (gettext("Collected by"), gettext("Stripe, for us")), (gettext("Our reference"), reference)]


def _tribute(donation: Donation) -> dict[str, Any]:
    given = tribute_of(donation)
    if given is None:
        return {}
    rows = [(gettext("Given"), in_whose(given)), (gettext("By"), donation.donor_name or gettext("somebody"))]
    if given.say_amount:
        rows.append((gettext("Gift"), donation.gift.exact))
    return {"rows": rows, "told": given.tell_name, "tribute": in_whose(given), "message": given.message}


def _donors_name(letter: Letter, asked: Pledge | None) -> str:
    if letter.donation:
        return letter.donation.donor_name
    if letter.declaration:
        return letter.declaration.name
    if letter.donor:
        return letter.donor.name
    return asked.name if asked else ""


def _filled(standing: words.Words, stands_for: dict[str, str]) -> words.Words:
    parts: Iterable[tuple[str, str]] = standing.stored().items()
    return words.Words(**{part: fill(text, stands_for) for part, text in parts})


def _day(day: date) -> str:
    return date_format(day, "j F Y")
