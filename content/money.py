"""What pages say about money: asked of the ledger, never added up here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext

from donations.ledger import balances
from donations.ledger.money import Money

if TYPE_CHECKING:
    from content.models.appeals import AppealPage


@dataclass(frozen=True)
class Telling:
    """An appeal as its page tells it: the story, and the facts behind it."""

    page: AppealPage
    raised: Money
    is_open: bool
    today: date


def telling(page: AppealPage) -> Telling:
    """The facts of one appeal today."""
    today = timezone.localdate()
    return Telling(page, balances.of_fund(page.appeal.fund).raised, page.appeal.is_open(today), today)


def tellings(pages: list[AppealPage]) -> list[Telling]:
    """The facts of many appeals, in a constant number of queries."""
    today = timezone.localdate()
    raised = {fund.pk: numbers.raised for fund, numbers in balances.of_funds()}
    return [Telling(page, raised[page.appeal.fund_id], page.appeal.is_open(today), today) for page in pages]


def key_figures() -> list[tuple[Money, str]]:
    """Raised, allocated, paid, and still to pay, as the books stand now."""
    now = balances.everything()
    return [
        (now.raised, gettext("raised")),
        (now.allocated, gettext("set aside for projects")),
        (now.paid, gettext("paid to them so far")),
        (now.still_to_pay, gettext("promised and still to pay")),
    ]
