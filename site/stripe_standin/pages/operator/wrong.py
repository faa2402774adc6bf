"""What did not agree with Stripe's specification."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from stripe_standin.account import Account
from stripe_standin.pages.operator.drawing import SHOWN, Button, Form, button, buttons, section, table

if TYPE_CHECKING:
    from stripe_standin.server import Server


def draw(account: Account) -> str:
    """The newest violations."""
    found = account.violations
    if not found:
        told = "<p>Every request, answer and event agreed with Stripe’s specification.</p>"
        return section("wrong", "Violations: none", told)
    rows = [[escape(v.place), f"<code>{escape(v.path)}</code>", v.problem, escape(v.detail)] for v in found[-SHOWN:]]
    shown = table("Violations", ["Where", "Field", "Problem", "Detail"], rows, "")
    return section("wrong", f"Violations: {len(found)}", shown, buttons(button("forgive", "Strike them out")))


def _forgive(server: Server, form: Form) -> None:
    server.account.store.run("DELETE FROM violations")


BUTTONS: dict[str, Button] = {"forgive": _forgive}
