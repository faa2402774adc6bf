"""Events and how they travel: kept back, let go, sent again, out of order, lost, thin."""

from __future__ import annotations

import time
from html import escape
from typing import TYPE_CHECKING

from stripe_standin import deliveries, thin
from stripe_standin.account import Account
from stripe_standin.pages.operator.drawing import Button, Form, button, buttons, code, moment, newest, section, table

if TYPE_CHECKING:
    from stripe_standin.server import Server


def draw(account: Account) -> str:
    """The state of the post, its buttons, and the newest events."""
    held = deliveries.held(account)
    thinly = bool(account.store.setting(thin.SETTING))
    state = (
        '<p class="state warn"><strong>Events are being kept back</strong> until you release them.</p>'
        if held
        else '<p class="state">Events go out as they happen.</p>'
    )
    keeping = (
        button("release", "Release the events", back="post")
        + button("release", "Release them out of order", shuffled="1", back="post")
        if held
        else button("hold", "Keep events back", back="post")
    )
    sending = (
        button("send", "Send the last event again", times="1", back="post")
        + button("send", "Send the last event twice", times="2", back="post")
        + button("send", "Send the last event ten times", times="10", back="post")
    )
    how = button("thin", "Send whole events" if thinly else "Send thin events", on="" if thinly else "1", back="post")
    said = "<p>Events are thin: they name what changed, and where to read it.</p>" if thinly else ""
    return section(
        "post", "The post", state, said, buttons(keeping, sending, how), _endpoints(account), _events(account)
    )


def _endpoints(account: Account) -> str:
    rows = account.store.every("webhook_endpoint")
    if not rows:
        return "<p>Nobody is told of events: start the stand-in with <code>--webhook-url</code>.</p>"
    told = ", ".join(f"<code>{escape(row['url'])}</code>" for row in rows)
    return f"<p>Told of events: {told}</p>"


def _events(account: Account) -> str:
    rows = []
    for event in newest(account, "event"):
        about = f"{event['type']} {event['id']}"
        again = button("send", "Send again", about=about, event=event["id"], back="post")
        words, waits = _delivered(account, event["id"])
        lose = button("drop", "Lose it", about=about, event=event["id"], back="post") if waits else ""
        rows.append([moment(event["created"]), event["type"], words, again + lose, code(event["id"])])
    return table("Events", ["Made", "Event", "Delivery", "To do", "Id"], rows, "Nothing has happened yet.")


def _delivered(account: Account, event: str) -> tuple[str, bool]:
    """How an event's deliveries went, in words, and whether one of them is still to come."""
    words, waits = [], False
    for row in account.store.rows("SELECT * FROM deliveries WHERE event = ? ORDER BY id", event):
        waits = waits or row["state"] in {"waiting", "held"}
        match row["state"]:
            case "waiting" if row["attempts"]:
                seconds = max(0, round(row["due"] - time.time()))
                words.append(f"refused {row['attempts']} times ({escape(row['answer'])}), again in {seconds} s")
            case "delivered" if row["attempts"] > 1:
                words.append(f"delivered at attempt {row['attempts']}")
            case state:
                words.append({"going": "on its way", "held": "kept back", "dropped": "lost"}.get(state, str(state)))
    counted = {word: words.count(word) for word in words}
    said = "; ".join(f"{word} × {count}" if count > 1 else word for word, count in counted.items())
    return said or "nobody to tell", waits


def _last(account: Account) -> str:
    row = account.store.row("SELECT id FROM objects WHERE kind = 'event' ORDER BY seq DESC LIMIT 1")
    if row is None:
        raise LookupError("event yet")
    return str(row["id"])


def _send(server: Server, form: Form) -> None:
    """Send an event again, up to a hundred times, to every endpoint that wanted it."""
    account, times = server.account, int(form.get("times", "1"))
    event = form.get("event") or _last(account)
    if not 1 <= times <= 100:
        raise ValueError("1 to 100 times.")
    wanted = account.need(event, "event")["type"]
    with account.store.transaction():
        for endpoint in account.store.every("webhook_endpoint", status="enabled"):
            if {"*", wanted} & set(endpoint["enabled_events"]):
                for _ in range(times):
                    account.send(event, endpoint["id"])


def _hold(server: Server, form: Form) -> None:
    deliveries.hold(server.account)


def _release(server: Server, form: Form) -> None:
    deliveries.release(server.account, shuffled=bool(form.get("shuffled")))


def _drop(server: Server, form: Form) -> None:
    deliveries.drop(server.account, server.account.need(form.get("event", ""), "event")["id"])


def _thin(server: Server, form: Form) -> None:
    thin.set_thin(server.account, thin=bool(form.get("on")))


BUTTONS: dict[str, Button] = {"hold": _hold, "release": _release, "send": _send, "drop": _drop, "thin": _thin}
