"""Differences in plain words, for whoever must look into them. Both sides are shown; neither is called right."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from donations.ledger.models import Account, Fund, Purpose
from donations.ledger.money import Money
from donations.ledger.proving import Difference

TOTALS = ("raised", "moved", "spent", "awaited", "pledged", "reserved", "awarded", "paid", "owed")
AWARD_TOTALS = ("reserved", "awarded", "paid", "owed")


@dataclass
class Words:
    """Finds the names behind a difference's keys, each list once."""

    @cached_property
    def funds(self) -> dict[int, str]:
        """Every fund's name."""
        return dict(Fund.objects.values_list("pk", "name"))

    @cached_property
    def purposes(self) -> dict[int, str]:
        """Every purpose's name."""
        return dict(Purpose.objects.values_list("pk", "name"))

    @cached_property
    def accounts(self) -> dict[int, str]:
        """Every account, as “4000 Donations”."""
        return {account.pk: str(account) for account in Account.objects.all()}

    def of(self, difference: Difference) -> str:
        """One difference, as a sentence."""
        where = getattr(self, f"_{difference.what}")(difference.which)
        if difference.what == "balance":
            return f"{where}: the lines come to {_sides(difference.truth)}, the balance says {_sides(difference.kept)}."
        truths, kept = (_figures(text) for text in (difference.truth, difference.kept))
        names = AWARD_TOTALS if difference.what == "award" else TOTALS
        source = {"fund": "its purposes", "purpose": "its balances", "award": "its lines"}[difference.what]
        differing = [
            f"{name} comes to {Money(truth).exact} by {source}, the position says {Money(told).exact}"
            for name, truth, told in zip(names, truths or [0] * 9, kept or [0] * 9, strict=False)
            if truth != told
        ]
        return f"{where}: {'; '.join(differing)}."

    def _balance(self, which: str) -> str:
        fund, purpose, account, kind, month = which.split("/")
        return (
            f"{self.funds[int(fund)]}, {self.purposes[int(purpose)]}, {self.accounts[int(account)]}, {kind},"
            f" {date.fromisoformat(month):%B %Y}"
        )

    def _purpose(self, which: str) -> str:
        fund, purpose = which.split("/")
        return f"{self.funds[int(fund)]}, {self.purposes[int(purpose)]}"

    def _fund(self, which: str) -> str:
        return self.funds[int(which)]

    def _award(self, which: str) -> str:
        award, fund = which.rsplit("/", 1)
        return f"Award {award} in {self.funds[int(fund)]}"


def _figures(text: str) -> list[int]:
    return [int(figure) for figure in text.strip("{}").replace(",", " ").split()]


def _sides(text: str) -> str:
    """Debits, credits and a count, as the database wrote them; nothing at all where there is no such row."""
    if not text:
        return "nothing"
    debits, credits, lines = _figures(text)
    return f"{Money(debits).exact} debit and {Money(credits).exact} credit in {lines:,} lines"
