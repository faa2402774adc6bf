"""Facts about refusals. The database raises a name, a sentence and a detail; here the name becomes a class.

A name is a constraint of PostgreSQL and a statement of what is true; see the laws in the package's docstring.
"""

import json
from typing import Any

from django.db import Error

# Laws that PostgreSQL itself words, and so need their sentence here.
SENTENCES = {
    "entry_source_key_once": "This is already in the books.",
    "entry_reversed_once": "This entry is already reversed.",
    "entry_says_what_caused_it": "An entry says what caused it.",
    "entry_kind_is_known": "There is no such kind of entry.",
    "entry_reverses_an_entry": "There is no such entry to reverse.",
    "entry_posted_by_somebody": "An entry names who posted it.",
    "transfer_and_reversal_give_a_reason": "A transfer or a reversal gives its reason.",
    "line_is_not_nothing": "A line is more than nothing.",
    "line_award_is_named": "A line's award has a name, or there is none.",
    "line_has_an_entry": "A line belongs to an entry.",
    "line_account_is_known": "There is no such account.",
    "fund_serves_purpose": "This fund may not be used for that purpose.",
    "no_over_allocation": "The fund has not enough left.",
    "no_over_allocation_for_purpose": "The fund has not enough left for that purpose.",
    "award_owed_is_awarded_less_paid": "What is owed on an award is what was awarded less what was paid.",
    "award_paid_within_awarded": "No award is paid beyond itself.",
    "award_reserved_not_negative": "The award has not that much reserved.",
    "fund_code_once": "Another fund has this code.",
    "fund_class_known": "There is no such class of fund.",
    "fund_closes_after_it_opens": "A fund closes after it opens.",
    "restricted_fund_says_why": "A restricted fund carries its wording and where the wording is kept.",
    "fund_has_one_usual_purpose": "A fund has one usual purpose.",
    "fund_has_a_usual_purpose": "This fund does not say what its gifts are usually for: name a purpose.",
    "purpose_code_once": "Another purpose has this code.",
    "account_code_once": "Another account has this code.",
    "account_kind_known": "There is no such kind of account.",
    "account_feeds_known": "There is no such running total for an account to feed.",
    "account_feeds_on_a_side": "An account that feeds a running total says on which side it grows.",
    "seal_is_of_a_month": "A seal is of a whole month.",
    # Behind the triggers, against whoever would write a total by hand.
    "balance_not_negative": "A month's debits and credits are not less than nothing.",
    "position_is_of_a_served_purpose": "A fund has no totals for a purpose that it does not serve.",
    "fund_shortfall_not_negative": "A fund's shortfall is not less than nothing.",
    "fund_reserved_not_negative": "A fund has not that much reserved.",
    "fund_paid_within_awarded": "A fund pays no more than it has awarded.",
    "fund_owed_is_awarded_less_paid": "What a fund owes is what it awarded less what it paid.",
    "purpose_shortfall_not_negative": "A purpose's shortfall is not less than nothing.",
    "purpose_reserved_not_negative": "The fund has not that much reserved for this purpose.",
    "purpose_paid_within_awarded": "The fund pays no more for a purpose than it awarded for it.",
    "purpose_owed_is_awarded_less_paid": "What is owed for a purpose is what was awarded less what was paid.",
}


class LedgerError(Exception):
    """The ledger refused. `sentence` is for the person on the screen; `detail` holds codes and pence."""

    def __init__(self, sentence: str, *, constraint: str = "", detail: dict[str, Any] | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.constraint = constraint
        self.detail = detail or {}


class FundIsShort(LedgerError):
    """The fund cannot cover this decision. Detail: fund (code), left, asked."""


class PurposeIsShort(LedgerError):
    """The fund has enough, but not for this purpose. Detail: fund, purpose (codes), left, asked."""


class AwardIsPaid(LedgerError):
    """More would be paid than is owed on the award from this fund. Detail: award, fund, left, asked."""


class AwardIsNotReserved(LedgerError):
    """Only what trustees have reserved for an award can be awarded or released."""


class PeriodIsSealed(LedgerError):
    """The month is sealed. Detail: sealed, the last closed month."""


class AlreadyPosted(LedgerError):
    """The same cause is in the books already, with other lines."""


class AlreadyReversed(LedgerError):
    """One entry, one reversal."""


class FundIsClosed(LedgerError):
    """A closed fund takes no new decisions."""


class FundDoesNotServe(LedgerError):
    """The fund may not be used for that purpose."""


class AuthorityIsNeeded(LedgerError):
    """Restricted money leaves its fund only with a recorded authority."""


class CapitalIsKept(LedgerError):
    """The capital of a permanent endowment is not given away."""


class BooksAreBusy(LedgerError):
    """Two writers met; nothing was posted and the same call can be made again."""


class LawBroken(LedgerError):
    """Any other law; `constraint` names it. A correct verb never causes one."""


FACTS: dict[str, type[LedgerError]] = {
    "no_over_allocation": FundIsShort,
    "no_over_allocation_for_purpose": PurposeIsShort,
    "award_paid_within_awarded": AwardIsPaid,
    "award_reserved_not_negative": AwardIsNotReserved,
    # The award has it, but for another purpose.
    "purpose_paid_within_awarded": AwardIsPaid,
    "purpose_reserved_not_negative": AwardIsNotReserved,
    "nothing_awarded_unreserved": AwardIsNotReserved,
    "period_is_open": PeriodIsSealed,
    "entry_source_key_once": AlreadyPosted,
    "entry_reversed_once": AlreadyReversed,
    "fund_is_open": FundIsClosed,
    "fund_serves_purpose": FundDoesNotServe,
    "restricted_money_needs_authority": AuthorityIsNeeded,
    "capital_is_kept": CapitalIsKept,
}


def as_fact(error: BaseException) -> LedgerError | None:
    """The refusal that a database error stands for, or None if it is no law of the ledger's."""
    cause = error.__cause__ if isinstance(error, Error) else error
    diagnosis = getattr(cause, "diag", None)
    if diagnosis is None:
        return None
    if diagnosis.sqlstate == "40P01":
        return BooksAreBusy("The books were busy. Nothing was recorded: please try again.", constraint="deadlock")
    name = diagnosis.constraint_name
    if (diagnosis.sqlstate, diagnosis.table_name, diagnosis.column_name) == ("23502", "ledger_line", "purpose_id"):
        name = "fund_has_a_usual_purpose"  # no purpose was named, and the fund has no usual one
    if not name:
        return None
    # A law of our own brings its sentence; PostgreSQL's words about a constraint are not for people.
    ours = diagnosis.schema_name is None
    sentence = diagnosis.message_primary if ours else SENTENCES.get(name)
    if sentence is None:
        return None
    return FACTS.get(name, LawBroken)(
        sentence, constraint=name, detail=_detail(diagnosis.message_detail if ours else "")
    )


def _detail(text: str | None) -> dict[str, Any]:
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
