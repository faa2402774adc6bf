"""Papers: the receipt and the statement of a tax year, as PDF on A4, tagged so that a screen reader can read them.

They are drawn by Typst from the files in papers/. What donors and staff typed goes in as data, so that no character of
it can be read as markup.
"""

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from functools import cache
from pathlib import Path

import typst
from django.utils.formats import date_format
from django.utils.translation import gettext

from donations import facts, statements
from donations.charity import current
from donations.models import Declaration, Donation, Donor

PAPERS = Path(__file__).parent / "papers"
LONG = 28  # letters without a break: longer words may be broken, so that none runs off the page


class CannotBeDrawn(Exception):
    """The paper could not be drawn. The message names no donor."""


def receipt(donation: Donation, *, copy: bool = False) -> bytes:
    """The receipt of one gift, as PDF; a copy says that it is one."""
    fund, back = donation.fund, donation.went_back
    standing = "" if not back.total else (gettext(", refunded") if back.is_whole else gettext(", part refunded"))
    arrived = (
        gettext("Your gift of %(amount)s had arrived.")
        if back.total
        else gettext("Your gift of %(amount)s has arrived.")
    )
    thank_you = (
        gettext("Dear %(donor_name)s, thank you") % {"donor_name": donation.donor_name}
        if donation.donor_name
        else gettext("Thank you")
    )
    return _draw(
        "receipt",
        title=f"{gettext('Copy of receipt') if copy else gettext('Receipt')} {donation.reference}{standing}",
        copy=copy,
        went_back=f"{facts.went_back(donation)}." if back.total else "",
        greeting=f"{thank_you}. {arrived % {'amount': donation.amount.exact}}",
        thanks=paragraphs(donation.appeal.thanks if donation.appeal and not back.is_whole else ""),
        rows=facts.receipt_rows(donation),
        restriction=fund.restriction if fund.is_restricted else "",
    )


def statement(donor: Donor, *, year_ending: int) -> bytes:
    """What one donor gave in the tax year that ends on 5 April of that year, as PDF."""
    return drawn_statement(statements.statement(donor, year_ending=year_ending))


def drawn_statement(told: statements.Statement) -> bytes:
    """A statement that is put together already, as PDF."""
    gifts = [
        (_day(each.day), each.to, each.reference, each.amount.exact, each.gift_aid.exact if each.gift_aid else "none")
        for each in told.gifts
    ]
    totals = [
        (gettext("Given"), told.total.exact),
        (gettext("Given under Gift Aid"), told.with_gift_aid.exact),
        (gettext("Gift Aid adds"), told.gift_aid.exact),
    ]
    return _draw(
        "statement",
        title=gettext("Your gifts in the tax year %(year)s") % {"year": told.year},
        greeting=gettext("For %(donor_name)s, with our thanks.") % {"donor_name": told.donor_name},
        first=_day(told.year.first),
        last=_day(told.year.last),
        gifts=gifts,
        totals=totals,
    )


def declaration_record(declaration: Declaration) -> bytes:
    """The record of a spoken declaration, as PDF: to be posted where no email address is known."""
    record = facts.record_of(declaration, sent_on=declaration.record_sent_on)
    said = {part: record[part] for part in ("rows", "declared", "until")}
    return _draw("declaration", title=gettext("A record of your Gift Aid declaration"), name=declaration.name, **said)


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text; an empty line parts them."""
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", text.strip()) if part.strip()]


def _draw(name: str, /, **said: object) -> bytes:
    charity = current()
    telephone = gettext("Telephone %(telephone)s") % {"telephone": charity.telephone} if charity.telephone else ""
    said["charity"] = {
        "name": charity.name,
        "statement": charity.statement,
        "address": ", ".join(line.strip(" ,") for line in charity.address.splitlines() if line.strip()),
        "reach": " · ".join(filter(None, (telephone, charity.email))),
    }
    inputs = {"said": json.dumps(_breakable(said))}
    file = PAPERS / f"{name}.typ"
    # PDF/UA refuses a letter that its fonts lack, as in 李 or 🦀. Then the machine's own fonts help out, and what none
    # of them has is a box; the paper is tagged all the same.
    with suppress(typst.TypstError):
        return typst.compile(file, root=PAPERS, sys_inputs=inputs, font_paths=_own_fonts(), pdf_standards="ua-1")
    try:
        return typst.compile(file, root=PAPERS, sys_inputs=inputs)
    except typst.TypstError as error:
        raise CannotBeDrawn(name) from error


@cache
def _own_fonts() -> typst.Fonts:
    """The fonts that Typst brings with it, read once."""
    return typst.Fonts(include_system_fonts=False)


def _breakable(value: object) -> object:
    """The same, with a place to break in every long word, and without what cannot be printed."""
    if isinstance(value, str):
        shown = "".join(each for each in value if each.isprintable() or each.isspace())
        return re.sub(rf"(\S{{{LONG}}})(?=\S)", "\\1\u200b", shown)
    if isinstance(value, Mapping):
        return {key: _breakable(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_breakable(each) for each in value]
    return value


def _day(day: date) -> str:
    return date_format(day, "j F Y")
