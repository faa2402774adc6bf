"""Figures about what was done: asked of the ledger, or typed with their source and day. Never rounded up by much."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from donations.ledger import balances
from donations.ledger.balances import Numbers

NEARLY = 2  # percent: how far below a round figure the exact one may lie for “nearly” to be honest
ALL_FUNDS = "all"
POSITIONS = {
    "raised": _("raised"),
    "pledged": _("pledged"),
    "allocated": _("set aside for projects"),
    "paid": _("paid to projects"),
    "still_to_pay": _("promised and still to pay"),
    "remaining": _("not yet set aside"),
}


@dataclass(frozen=True)
class Figure:
    """A figure as it is shown: large; its words; and beneath, how it was counted."""

    figure: str
    words: str
    basis: str = ""
    source_url: str = ""


class NotANumber(ValueError):
    """The text holds no number that can be compared."""


def number_in(text: str) -> int:
    """The one number of a text, in hundredths: “£493,250” and “more than 100 patients”. Raises NotANumber."""
    found = re.findall(r"\d[\d,]*(?:\.\d{1,2})?", text)
    if len(found) != 1:
        raise NotANumber(text)
    whole, _, odd = found[0].replace(",", "").partition(".")
    return int(whole) * 100 + int(odd.ljust(2, "0"))


def is_nearly(exact: int, round_figure: int) -> bool:
    """Whether “nearly” this round figure is honest: the exact one is below it, by no more than 2 %."""
    return round_figure * (100 - NEARLY) <= exact * 100 < round_figure * 100


def rounded(exact: int, shown_exactly: str, round_to: str) -> tuple[str, bool]:
    """“nearly £500,000” where that is honest, else the exact figure; and whether it was rounded."""
    try:
        if round_to and is_nearly(exact, number_in(round_to)):
            return gettext("nearly %(figure)s") % {"figure": round_to}, True
    except NotANumber:
        pass
    return shown_exactly, False


def of_ledger(asked: list[dict[str, Any]]) -> list[Figure | None]:
    """The figures that a block asks of the ledger, in its order, as the books stand now; None of a fund that is gone.

    Two queries at most, however many are asked.
    """
    if not asked:
        return []
    funds = {fund.code: numbers for fund, numbers in balances.of_funds()}
    if any(each["fund"] == ALL_FUNDS for each in asked):
        funds[ALL_FUNDS] = balances.everything()
    today = timezone.localdate()
    return [_told(each, funds[each["fund"]], today) if each["fund"] in funds else None for each in asked]


def _told(asked: dict[str, Any], numbers: Numbers, today: date) -> Figure:
    amount = getattr(numbers, asked["position"])
    shown, is_rounded = rounded(amount.pence, str(amount), asked["round_to"])
    day = f"{today:%-d %B %Y}"
    exact = (
        gettext("Exactly %(amount)s, from our books on %(day)s.") % {"amount": amount.exact, "day": day}
        if is_rounded
        else gettext("From our books on %(day)s.") % {"day": day}
    )
    return Figure(shown, asked["words"] or str(POSITIONS[asked["position"]]), exact)


def typed(asked: dict[str, Any]) -> Figure:
    """A figure that somebody typed: with its source and its day."""
    exact = asked["figure"]
    try:
        shown, is_rounded = rounded(number_in(exact), exact, asked["round_to"])
    except NotANumber:
        shown, is_rounded = exact, False
    counted = f"{asked['source']}, {asked['as_of']:%-d %B %Y}."
    return Figure(
        shown,
        asked["words"],
        gettext("Exactly %(exact)s. %(counted)s") % {"exact": exact, "counted": counted} if is_rounded else counted,
        asked["source_url"],
    )
