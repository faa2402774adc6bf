"""The account's clock, and the buttons that move it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from stripe_standin.account import Account
from stripe_standin.dashboard import Dashboard
from stripe_standin.pages.operator.drawing import Button, Form, button, buttons, section

if TYPE_CHECKING:
    from stripe_standin.server import Server

LONGEST = 400 * 86_400  # seconds that one button may skip


def draw(account: Account) -> str:
    """What time it is for the account."""
    ahead = round(float(account.store.setting("clock", "0")) / 86_400, 1)
    said = f", {ahead:g} days ahead of the real one" if ahead else ", which is the real time"
    state = f'<p class="state">{datetime.fromtimestamp(account.now()):%A %d %B %Y, %H:%M}{said}.</p>'
    steps = (("a day", 86_400), ("four days", 4 * 86_400), ("a week", 7 * 86_400), ("a month", 31 * 86_400))
    moves = [button("clock", f"Move it on by {words}", seconds=str(seconds), back="clock") for words, seconds in steps]
    return section("clock", "The account’s clock", state, buttons(*moves))


def _move(server: Server, form: Form) -> None:
    seconds = float(form.get("seconds", "0"))
    if not 0 < seconds <= LONGEST:
        raise ValueError("the clock goes forward only, and by 400 days at most.")
    Dashboard(server.account, server.post).move_clock(seconds)


BUTTONS: dict[str, Button] = {"clock": _move}
