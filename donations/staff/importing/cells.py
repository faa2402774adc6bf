"""What a cell says: each kind of cell becomes a value, or a sentence that will stand beside it."""

import unicodedata
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from import_export.widgets import Widget

from donations.ledger.models import Fund, Purpose
from donations.ledger.money import Money
from donations.models.donation import Method

DATES = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y"]
JOINERS = "\u200c\u200d"  # part of how some languages are written
EARLIEST = date(1900, 1, 1)
LARGEST = Money.pounds("100,000,000")


class Unclear(ValueError):
    """The cell cannot be taken; the message is the sentence beside it."""


def tidy(text: Any) -> str:
    """The text on one line with single spaces. Raises Unclear for characters that people cannot see."""
    plain = " ".join(str(text or "").split())
    for letter in plain:
        if letter not in JOINERS and not letter.isprintable():
            name = unicodedata.name(letter, "a control character").lower()
            raise Unclear(f"A hidden character is in this cell (U+{ord(letter):04X}, {name}). Type it again.")
    return plain


class TextCell(Widget):
    """A text of a certain length; `missing` is said where one is needed."""

    def __init__(self, longest: int, missing: str = "", without: str = "") -> None:
        super().__init__()
        self.longest, self.missing, self.without = longest, missing, without

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        """The text."""
        text = tidy(value)
        if not text and self.missing:
            raise Unclear(self.missing)
        if len(text) > self.longest:
            raise Unclear(f"This has {len(text)} letters; {self.longest} are possible.")
        if any(sign in text for sign in self.without):
            raise Unclear(f"This may not hold “{self.without}”.")
        return text


class EmailCell(Widget):
    """An email address, or nothing."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        """The address."""
        text = tidy(value)
        if not text:
            return ""
        try:
            validate_email(text)
        except ValidationError:
            raise Unclear("This is no email address. Enter one like name@example.org, or leave it empty.") from None
        if len(text) > 254:
            raise Unclear("An email address has up to 254 letters.")
        return text


class DayCell(Widget):
    """A day as it is written in the United Kingdom: 31/03/2014."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> date:
        """The day."""
        text = tidy(value)
        if not text:
            raise Unclear("Enter the day, like 31/03/2014.")
        for form in DATES:
            try:
                day = datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no time zone
            except ValueError:
                continue
            if day > timezone.localdate():
                raise Unclear("This day is still to come.")
            if day < EARLIEST:
                raise Unclear("This year is too long ago. Write all four digits of the year.")
            return day
        raise Unclear(f"“{text[:40]}” is no day. Enter one like 31/03/2014.")


class PenceCell(Widget):
    """An amount in pounds, kept as whole pence."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> int:
        """The pence."""
        text = tidy(value)
        if not text:
            raise Unclear("Enter the amount, like 25 or 1,000.50.")
        if text.startswith(("-", "−", "(")):
            raise Unclear("A gift is more than nothing. Money given back is not imported.")
        amount = Money.pounds(text)
        if not amount:
            raise Unclear("A gift is more than nothing.")
        if amount > LARGEST:
            raise Unclear(f"This is more than {LARGEST}.")
        return amount.pence


class MethodCell(Widget):
    """How the money came, by any of the words that we use for it."""

    words = {word.lower(): method for method in Method for word in (method.value, method.label)}

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Method:
        """The method."""
        text = tidy(value)
        found = self.words.get(text.lower())
        if found is None:
            known = ", ".join(method.value for method in Method)
            raise Unclear(f"“{text[:40]}” is not known. Use one of: {known}." if text else f"Use one of: {known}.")
        return found


class FundCell(Widget):
    """A fund, by its code."""

    def __init__(self) -> None:
        super().__init__()
        self.funds = {fund.code.lower(): fund for fund in Fund.objects.all()}

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Fund:
        """The fund."""
        text = tidy(value)
        found = self.funds.get(text.lower())
        if found is None:
            known = ", ".join(fund.code for fund in self.funds.values())
            raise Unclear(f"No fund has the code “{text[:40]}”. There are: {known}.")
        return found


class PurposeCell(Widget):
    """A purpose, by its code or name; nothing means the fund's usual one."""

    def __init__(self) -> None:
        super().__init__()
        self.purposes = {word.lower(): each for each in Purpose.objects.all() for word in (each.code, each.name)}

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Purpose | None:
        """The purpose."""
        text = tidy(value)
        if not text:
            return None
        found = self.purposes.get(text.lower())
        if found is None:
            known = ", ".join(dict.fromkeys(each.code for each in self.purposes.values()))
            raise Unclear(f"“{text[:40]}” is no purpose. There are: {known}.")
        return found
