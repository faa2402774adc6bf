"""What the sections are drawn with: buttons, choices, tables, dates."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING

from stripe_standin.account import Account
from stripe_standin.store import Row

if TYPE_CHECKING:
    from stripe_standin.server import Server

SHOWN = 50  # rows of each table
Form = dict[str, str]
Button = Callable[["Server", Form], object]


def section(name: str, title: str, *parts: str) -> str:
    """A part of the page with a heading of its own."""
    return f'<section aria-labelledby="{name}"><h2 id="{name}">{title}</h2>{"".join(parts)}</section>'


def button(verb: str, words: str, *, about: str = "", inside: str = "", **hidden: str) -> str:
    """A form of one button. `about`: what it is about, for those who do not see its row. `inside`: further fields."""
    fields = "".join(f'<input type="hidden" name="{name}" value="{escape(value)}">' for name, value in hidden.items())
    unseen = f'<span class="unseen"> {escape(about)}</span>' if about else ""
    pressed = f'<button type="submit">{words}{unseen}</button>'
    return f'<form method="post" action="/_standin/{verb}">{fields}{inside}{pressed}</form>'


def buttons(*parts: str) -> str:
    """Buttons beside each other."""
    return f'<div class="buttons">{"".join(parts)}</div>'


def choice(name: str, label: str, values: Iterable[str], chosen: str = "") -> str:
    """A list to choose one value from."""
    options = "".join(
        f'<option value="{value}"{" selected" if value == chosen else ""}>{value.replace("_", " ")}</option>'
        for value in values
    )
    unseen = f'<span class="unseen">{escape(label)}</span>'
    return f'<label class="asked">{unseen}<select name="{name}">{options}</select></label>'


def amount_field(label: str) -> str:
    """A field for pounds."""
    return (
        f'<label class="asked"><span class="unseen">{escape(label)}</span>£<input name="pounds" inputmode="decimal" '
        'size="7" required pattern="[0-9]+([.][0-9]{2})?" title="Pounds, as in 12.50"></label>'
    )


def pence_of(form: Form) -> int | None:
    """The amount that was typed, in pence; None where all is meant. ValueError where it is no amount."""
    text = form.get("pounds", "").strip().lstrip("£")
    if not text:
        return None
    whole, _, rest = text.partition(".")
    if not (whole.isdecimal() and (not rest or (rest.isdecimal() and len(rest) == 2))):
        raise ValueError(f"{text!r} is not an amount in pounds, such as 12.50.")
    return int(whole) * 100 + int(rest or 0)


def table(name: str, heads: list[str], rows: list[list[str]], nothing: str) -> str:
    """Rows under headings, or a sentence where there are none."""
    if not rows:
        return f"<p>{nothing}</p>"
    head = "".join(f'<th scope="col">{words}</th>' for words in heads)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"""<div class="scroll" role="region" aria-label="{name}, table" tabindex="0">
<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"""


def newest(account: Account, kind: str) -> list[Row]:
    """The newest objects of a kind, as many as are shown."""
    sql = f"SELECT body FROM objects WHERE kind = '{kind}' ORDER BY seq DESC LIMIT ?"
    return [account.store.body(row) for row in account.store.rows(sql, SHOWN)]


def moment(stamp: int) -> str:
    """A date and a time."""
    return f'<span class="nowrap">{datetime.fromtimestamp(stamp):%d %b %H:%M:%S}</span>'


def amount(pence: int, currency: str = "gbp") -> str:
    """Money, in figures that stand under each other."""
    sign = "−" if pence < 0 else ""
    whole = f"{abs(pence) // 100:,}.{abs(pence) % 100:02}"
    return f'<span class="amount">{sign}{"£" if currency == "gbp" else f"{escape(currency.upper())} "}{whole}</span>'


def code(identity: str) -> str:
    """An id."""
    return f"<code>{escape(identity)}</code>"
