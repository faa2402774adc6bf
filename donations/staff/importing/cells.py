"""What a cell says: each kind of cell becomes a value, or a sentence that will stand beside it."""

import unicodedata
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext
from import_export.widgets import Widget

from almoner.kit.words import Words
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
            raise Unclear(
                gettext("A hidden character is in this cell (U+%(letter)s, %(name)s). Type it again.")
                % {"letter": f"{ord(letter):04X}", "name": name}
            )
    return plain


class TextCell(Widget):
    """A text of a certain length; `missing` is said where one is needed."""

    def __init__(self, longest: int, missing: Words = "", without: str = "") -> None:
        super().__init__()
        self.longest, self.missing, self.without = longest, missing, without

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        """The text."""
        text = tidy(value)
        if not text and self.missing:
            raise Unclear(self.missing)
        if len(text) > self.longest:
            raise Unclear(
                gettext("This has %(number)s letters; %(longest)s are possible.")
                % {"number": len(text), "longest": self.longest}
            )
        if any(sign in text for sign in self.without):
            raise Unclear(gettext("This may not hold “%(without)s”.") % {"without": self.without})
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
            raise Unclear(
                gettext("This is no email address. Enter one like name@example.org, or leave it empty.")
            ) from None
        if len(text) > 254:
            raise Unclear(gettext("An email address has up to 254 letters."))
        return text


class DayCell(Widget):
    """A day as it is written in the United Kingdom: 31/03/2014."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> date:
        """The day."""
        text = tidy(value)
        if not text:
            raise Unclear(gettext("Enter the day, like 31/03/2014."))
        for form in DATES:
            try:
                day = datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no time zone
            except ValueError:
                continue
            if day > timezone.localdate():
                raise Unclear(gettext("This day is still to come."))
            if day < EARLIEST:
                raise Unclear(gettext("This year is too long ago. Write all four digits of the year."))
            return day
        raise Unclear(gettext("“%(text)s” is no day. Enter one like 31/03/2014.") % {"text": text[:40]})


class PenceCell(Widget):
    """An amount in pounds, kept as whole pence."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> int:
        """The pence."""
        text = tidy(value)
        if not text:
            raise Unclear(gettext("Enter the amount, like 25 or 1,000.50."))
        if text.startswith(("-", "−", "(")):
            raise Unclear(gettext("A gift is more than nothing. Money given back is not imported."))
        amount = Money.pounds(text)
        if not amount:
            raise Unclear(gettext("A gift is more than nothing."))
        if amount > LARGEST:
            raise Unclear(gettext("This is more than %(largest)s.") % {"largest": LARGEST})
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
            raise Unclear(
                gettext("“%(text)s” is not known. Use one of: %(known)s.") % {"text": text[:40], "known": known}
                if text
                else gettext("Use one of: %(known)s.") % {"known": known}
            )
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
            raise Unclear(
                gettext("No fund has the code “%(text)s”. There are: %(known)s.") % {"text": text[:40], "known": known}
            )
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
            raise Unclear(
                gettext("“%(text)s” is no purpose. There are: %(known)s.") % {"text": text[:40], "known": known}
            )
        return found
