"""The verbs: the only way in. Callers never think in debits.

Every verb names its actor `by`, may be repeated with the same `key` (which names the cause), and returns the Entry.
It is whole or nothing, and a refusal leaves the caller's transaction usable (but see `book.together`). A verb takes the
lock of its funds until the transaction ends, so post last, and do nothing slow afterwards. Two entries in one
transaction: in order of fund.

Raises: LedgerError, by its subclasses in exceptions.py; AlreadyPosted where the key is known with other lines.
The lines of each event are those of the table in the ledger's design: Dr first, then Cr.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypedDict

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from donations.ledger import book
from donations.ledger.book import Row, pair, post
from donations.ledger.models import Entry, Fund, Purpose
from donations.ledger.money import Money


class Via(StrEnum):
    """Where money arrived or left, as an account."""

    STRIPE = "1100"  # at Stripe, until it is paid out
    BANK = "1000"
    CASH = "1010"


class Income(StrEnum):
    """What sort of income, as an account."""

    DONATIONS = "4000"
    GIFT_AID = "4010"
    LEGACIES = "4020"
    EVENTS = "4100"
    INTEREST = "4200"


KIND_OF_INCOME = {
    Income.DONATIONS: "gift",
    Income.GIFT_AID: "gift_aid_receipt",
    Income.LEGACIES: "legacy_receipt",
    Income.EVENTS: "other_income",
    Income.INTEREST: "other_income",
}

BANK, GIFT_AID_DUE, LEGACIES_DUE, GRANTS_PAYABLE, BROUGHT_IN = "1000", "1200", "1210", "2100", "3000"
FUNDRAISING, GRANTS_AWARDED, OTHER_COSTS, TRANSFERS = "5000", "5100", "5200", "6000"
RESERVED, RESERVED_CONTRA, PLEDGED, PLEDGED_CONTRA, PAID, PAID_CONTRA = "9000", "9001", "9100", "9101", "9200", "9201"


@dataclass(frozen=True, slots=True)
class Share:
    """The part of an award that one fund bears."""

    fund: Fund
    amount: Money


# ---------------------------------------------------------------- money in


def receive(
    amount: Money,
    *,
    into: Fund,
    purpose: Purpose | None = None,
    key: str,
    by: AbstractBaseUser,
    on: date | None = None,
    via: Via = Via.STRIPE,
    income: Income = Income.DONATIONS,
    narrative: str = "",
) -> Entry:
    """Money that has arrived: raised +. Without a purpose, the fund's usual one."""
    rows = pair(via, income, into, purpose, amount)
    return post(KIND_OF_INCOME[income], rows, key=key, by=by, on=on, narrative=narrative)


def refund(
    amount: Money,
    *,
    from_: Fund,
    purpose: Purpose | None = None,
    key: str,
    by: AbstractBaseUser,
    on: date | None = None,
    via: Via = Via.STRIPE,
    narrative: str = "",
) -> Entry:
    """A gift given back, in whole or part, or a Bacs payment that failed late: raised −. Never refused."""
    return post(
        "refund", pair(Income.DONATIONS, via, from_, purpose, amount), key=key, by=by, on=on, narrative=narrative
    )


def dispute(
    amount: Money,
    *,
    from_: Fund,
    purpose: Purpose | None = None,
    key: str,
    by: AbstractBaseUser,
    on: date | None = None,
    narrative: str = "",
) -> Entry:
    """A gift that the donor's bank has taken back: raised −. If the dispute is won, `reverse` this entry."""
    rows = pair(Income.DONATIONS, Via.STRIPE, from_, purpose, amount)
    return post("dispute", rows, key=key, by=by, on=on, narrative=narrative)


def win_dispute(
    amount: Money,
    *,
    into: Fund,
    purpose: Purpose | None = None,
    key: str,
    by: AbstractBaseUser,
    on: date | None = None,
    narrative: str = "",
) -> Entry:
    """The bank has given a disputed gift back, in whole or part: raised +."""
    rows = pair(Via.STRIPE, Income.DONATIONS, into, purpose, amount)
    return post("dispute", rows, key=key, by=by, on=on, narrative=narrative)


def return_fee(
    amount: Money, *, fund: Fund, purpose: Purpose | None = None, key: str, by: AbstractBaseUser, on: date | None = None
) -> Entry:
    """Stripe has given a fee back: spent −."""
    return post("fee", pair(Via.STRIPE, FUNDRAISING, fund, purpose, amount), key=key, by=by, on=on)


def charge_fee(
    amount: Money,
    *,
    fund: Fund,
    purpose: Purpose | None = None,
    key: str,
    by: AbstractBaseUser,
    on: date | None = None,
    narrative: str = "",
) -> Entry:
    """What Stripe kept of a payment: spent +."""
    return post("fee", pair(FUNDRAISING, Via.STRIPE, fund, purpose, amount), key=key, by=by, on=on, narrative=narrative)


def payout(shares: Sequence[Share], *, key: str, by: AbstractBaseUser, on: date | None = None) -> Entry:
    """Stripe has paid out to the bank: a pair of lines for each fund whose money it was. Moves no position.

    A share below nil is that of a fund that bore more fees than it had gifts: others' money paid them at Stripe.
    """
    rows = [
        row
        for share in shares
        for row in (
            Row(BANK, share.fund.pk, None, share.amount.pence),
            Row(Via.STRIPE, share.fund.pk, None, -share.amount.pence),
        )
    ]
    return post("payout", rows, key=key, by=by, on=on)


def pledge(
    amount: Money, *, to: Fund, purpose: Purpose | None = None, key: str, by: AbstractBaseUser, on: date | None = None
) -> Entry:
    """A donor's promise: pledged +, never part of raised."""
    return post("pledge", pair(PLEDGED_CONTRA, PLEDGED, to, purpose, amount), key=key, by=by, on=on)


def unpledge(
    amount: Money, *, to: Fund, purpose: Purpose | None = None, key: str, by: AbstractBaseUser, on: date | None = None
) -> Entry:
    """A promise met or lapsed: pledged −."""
    return post("pledge", pair(PLEDGED, PLEDGED_CONTRA, to, purpose, amount), key=key, by=by, on=on)


def claim_gift_aid(
    amount: Money, *, into: Fund, purpose: Purpose | None = None, key: str, by: AbstractBaseUser, on: date | None = None
) -> Entry:
    """Gift Aid claimed from HMRC: raised + and awaited +; nothing more can be given away yet."""
    return post("gift_aid_claim", pair(GIFT_AID_DUE, Income.GIFT_AID, into, purpose, amount), key=key, by=by, on=on)


def receive_gift_aid(
    amount: Money, *, into: Fund, purpose: Purpose | None = None, key: str, by: AbstractBaseUser, on: date | None = None
) -> Entry:
    """HMRC has paid a claim: awaited −."""
    return post("gift_aid_receipt", pair(BANK, GIFT_AID_DUE, into, purpose, amount), key=key, by=by, on=on)


def expect_legacy(
    amount: Money, *, into: Fund, purpose: Purpose | None = None, key: str, by: AbstractBaseUser, on: date | None = None
) -> Entry:
    """A legacy that is probable and measurable: raised + and awaited +."""
    return post("legacy_due", pair(LEGACIES_DUE, Income.LEGACIES, into, purpose, amount), key=key, by=by, on=on)


def receive_legacy(
    amount: Money, *, into: Fund, purpose: Purpose | None = None, key: str, by: AbstractBaseUser, on: date | None = None
) -> Entry:
    """A legacy that was expected has been paid: awaited −."""
    return post("legacy_receipt", pair(BANK, LEGACIES_DUE, into, purpose, amount), key=key, by=by, on=on)


def open_books(
    amount: Money, *, into: Fund, purpose: Purpose | None = None, key: str, by: AbstractBaseUser, on: date
) -> Entry:
    """What old books say was raised, still in the bank when these began: raised +."""
    return post("opening", pair(BANK, BROUGHT_IN, into, purpose, amount), key=key, by=by, on=on)


# ---------------------------------------------------------------- money out, and between funds


def spend(
    amount: Money,
    *,
    from_: Fund,
    purpose: Purpose | None = None,
    key: str,
    by: AbstractBaseUser,
    on: date | None = None,
    fundraising: bool = False,
    narrative: str = "",
) -> Entry:
    """A cost paid from the bank, for the charity's work or for raising funds: spent +."""
    account = FUNDRAISING if fundraising else OTHER_COSTS
    return post("cost", pair(account, BANK, from_, purpose, amount), key=key, by=by, on=on, narrative=narrative)


def transfer(
    amount: Money,
    *,
    from_: Fund,
    to: Fund,
    from_purpose: Purpose | None = None,
    to_purpose: Purpose | None = None,
    because: str,
    authority: str = "",
    key: str,
    by: AbstractBaseUser,
    on: date | None = None,
) -> Entry:
    """A decision to move money to another fund: moved − and +. A restricted fund needs a recorded authority."""
    rows = _moved(amount, from_, from_purpose, to, to_purpose)
    return post("transfer", rows, key=key, by=by, on=on, reason=because, authority=authority)


def charge(
    amount: Money, *, fund: Fund, to: Fund, because: str, authority: str = "", key: str, by: AbstractBaseUser,
    on: date | None = None,
) -> Entry:  # fmt: skip
    """A charge that a fund's terms allow, for running it: a decision, moved as a transfer."""
    rows = _moved(amount, fund, None, to, None)
    return post("charge", rows, key=key, by=by, on=on, reason=because, authority=authority)


def set_aside(
    amount: Money, *, in_: Fund, from_purpose: Purpose, to_purpose: Purpose, because: str, key: str,
    by: AbstractBaseUser, on: date | None = None,
) -> Entry:  # fmt: skip
    """A decision to keep money for another purpose inside the same fund."""
    rows = [
        pair(TRANSFERS, TRANSFERS, in_, from_purpose, amount)[0],
        pair(TRANSFERS, TRANSFERS, in_, to_purpose, amount)[1],
    ]
    return post("set_aside", rows, key=key, by=by, on=on, reason=because)


# ---------------------------------------------------------------- awards


def reserve(
    award: str, *, shares: Sequence[Share], purpose: Purpose, key: str, by: AbstractBaseUser, on: date | None = None
) -> Entry:
    """Trustees have decided: reserved +. General money is moved to the purpose inside its fund, in the same entry.

    Raises FundIsShort or PurposeIsShort, whose sentence says which fund has how much left.
    """
    with transaction.atomic():
        moves = book.missing_for(purpose, **_parts(shares), key=key)
        rows = book.aside(award, moves, purpose)
        for share in shares:
            rows += pair(RESERVED_CONTRA, RESERVED, share.fund, purpose, share.amount, award)
        return post("reserve", rows, key=key, by=by, on=on)


def release(
    award: str, *, shares: Sequence[Share], purpose: Purpose, key: str, by: AbstractBaseUser, on: date | None = None
) -> Entry:
    """A decision withdrawn, or an offer lapsed: reserved −. General money set aside for it is general again."""
    return _give_back("release", (RESERVED, RESERVED_CONTRA), award, shares, purpose, key, by, on)


def award(
    award: str, *, shares: Sequence[Share], purpose: Purpose, key: str, by: AbstractBaseUser, on: date | None = None
) -> Entry:
    """An offer with no live condition, or a condition met: reserved −, awarded + and owed +. A debt from now on."""
    rows = [
        row
        for share in shares
        for row in (
            *pair(RESERVED, RESERVED_CONTRA, share.fund, purpose, share.amount, award),
            *pair(GRANTS_AWARDED, GRANTS_PAYABLE, share.fund, purpose, share.amount, award),
        )
    ]
    return post("award", rows, key=key, by=by, on=on)


def pay(
    award: str, *, shares: Sequence[Share], purpose: Purpose, key: str, by: AbstractBaseUser, on: date | None = None
) -> Entry:
    """The bank confirms a payment: paid +, owed −. Raises AwardIsPaid beyond what is owed from each fund."""
    rows = [
        row
        for share in shares
        for row in (
            Row(GRANTS_PAYABLE, share.fund.pk, purpose.pk, share.amount.pence, award),
            Row(BANK, share.fund.pk, purpose.pk, -share.amount.pence),
            *pair(PAID_CONTRA, PAID, share.fund, purpose, share.amount, award),
        )
    ]
    return post("pay", rows, key=key, by=by, on=on)


def cut(
    award: str, *, shares: Sequence[Share], purpose: Purpose, key: str, by: AbstractBaseUser, on: date | None = None
) -> Entry:
    """The unpaid part of an award taken back: awarded −, owed −. General money set aside for it is general again."""
    return _give_back("cut", (GRANTS_PAYABLE, GRANTS_AWARDED), award, shares, purpose, key, by, on)


def recover(
    award: str, *, shares: Sequence[Share], purpose: Purpose, key: str, by: AbstractBaseUser, on: date | None = None
) -> Entry:
    """An underspend returned by the grantee: awarded −, paid −. It stays for the same fund and purpose."""
    rows = [
        row
        for share in shares
        for row in (
            Row(BANK, share.fund.pk, purpose.pk, share.amount.pence),
            Row(GRANTS_AWARDED, share.fund.pk, purpose.pk, -share.amount.pence, award),
            *pair(PAID, PAID_CONTRA, share.fund, purpose, share.amount, award),
        )
    ]
    return post("recover", rows, key=key, by=by, on=on)


def reverse(
    entry: Entry, *, because: str, by: AbstractBaseUser, key: str | None = None, on: date | None = None
) -> Entry:
    """The same entry with every sign turned, dated today unless said otherwise. Raises AlreadyReversed."""
    lines = entry.lines.values_list("account__code", "fund_id", "purpose_id", "amount", "award")
    rows = [Row(account, fund, purpose, -pence, award) for account, fund, purpose, pence, award in lines]
    return post(
        entry.kind_id, rows, key=key or f"reverse:{entry.source_key}", by=by, on=on, reason=because,
        authority=entry.authority, reverses=entry,
    )  # fmt: skip


# ---------------------------------------------------------------- the lines they are made of


class _Parts(TypedDict):
    funds: list[int]
    pence: list[int]


def _parts(shares: Sequence[Share]) -> _Parts:
    return {"funds": [share.fund.pk for share in shares], "pence": [share.amount.pence for share in shares]}


def _moved(amount: Money, from_: Fund, from_purpose: Purpose | None, to: Fund, to_purpose: Purpose | None) -> list[Row]:
    """Transfers / Bank where it leaves, Bank / Transfers where it comes: each fund balances, transfers come to nil."""
    return pair(TRANSFERS, BANK, from_, from_purpose, amount) + pair(BANK, TRANSFERS, to, to_purpose, amount)


def _give_back(
    kind: str, turned: tuple[str, str], award: str, shares: Sequence[Share], purpose: Purpose, key: str,
    by: AbstractBaseUser, on: date | None,
) -> Entry:  # fmt: skip
    with transaction.atomic():
        moves = book.set_aside_for(award, purpose, **_parts(shares), key=key)
        rows = [row for share in shares for row in pair(*turned, share.fund, purpose, share.amount, award)]
        rows += book.aside(award, moves, purpose, sign=-1)
        return post(kind, rows, key=key, by=by, on=on)
