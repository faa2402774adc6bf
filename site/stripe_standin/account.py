"""The Stripe account that the stand-in plays: its objects, its clock, its events, and what it found wrong."""

import secrets
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from stripe_standin.specification import LIBRARY, VERSION, Fault, smallest
from stripe_standin.store import Row, Store

MOMENT: ContextVar[float | None] = ContextVar("MOMENT", default=None)


@dataclass(frozen=True)
class Options:
    """How this stand-in behaves."""

    name: str = "Example charity"  # shown on the payment page
    fee_after: float = 0.0  # seconds until the fee is known; 0: with the charge, as Stripe did before 2024
    base: str = ""  # the stand-in's own address, known once it listens
    checks: bool = True  # compare all that is asked and answered with Stripe's specification


@dataclass(frozen=True)
class Violation:
    """A request or an answer that does not agree with Stripe's specification, or is not implemented here."""

    place: str  # "POST /v1/checkout/sessions", "answer to …", "event …"
    path: str
    problem: str  # unknown, missing, type, value, not implemented
    detail: str

    def __str__(self) -> str:
        return f"{self.place}: {self.path}: {self.detail}"


@dataclass
class Asking:
    """The request that is being answered: events name it."""

    id: str | None = None
    key: str | None = None


class Account:
    """Everything that the stand-in knows."""

    def __init__(self, store: Store, options: Options) -> None:
        self.store = store
        self.options = options
        self.asking = Asking()

    # ---- clock and ids

    def now(self) -> int:
        """The account's own time, in seconds. Signatures use the real one."""
        moment = MOMENT.get()
        return int(time.time() + float(self.store.setting("clock", "0")) if moment is None else moment)

    @contextmanager
    def at(self, moment: float) -> Iterator[None]:
        """Inside the block the account's clock stands at `moment`: what was due then bears that date."""
        token = MOMENT.set(moment)
        try:
            yield
        finally:
            MOMENT.reset(token)

    def new_id(self, prefix: str) -> str:
        """An id as Stripe makes them: a prefix and a random tail."""
        return f"{prefix}_{secrets.token_hex(12)}"

    # ---- objects

    def make(self, kind: str, prefix: str, **known: Any) -> Row:
        """A new object of a kind, with every field that Stripe's specification demands, kept."""
        shape = LIBRARY.need(kind)
        common = {"id": self.new_id(prefix), "created": self.now(), "livemode": False}
        common = {name: value for name, value in common.items() if name in shape.fields}
        return self.store.put(smallest(shape, **(common | known)))

    def change(self, body: Row, **fields: Any) -> Row:
        """An object's newest state."""
        return self.store.put(body | fields)

    def revise(self, body: Row, event: str, **fields: Any) -> Row:
        """An object's newest state, and the event that tells what was before; nothing where nothing changes."""
        previous = {name: body.get(name) for name, value in fields.items() if body.get(name) != value}
        if not previous:
            return body
        changed = self.change(body, **fields)
        self.announce(event, changed, previous)
        return changed

    def need(self, identity: str, kind: str) -> Row:
        """An object that must exist. LookupError if it does not."""
        found = self.store.get(identity, kind)
        if found is None:
            raise LookupError(identity)
        return found

    # ---- what happens later

    def later(self, seconds: float, verb: str, subject: str) -> None:
        """Have something done by the account's clock."""
        self.later_at(self.now() + seconds, verb, subject)

    def later_at(self, due: float, verb: str, subject: str) -> None:
        """Have something done at a moment of the account's clock."""
        self.store.run("INSERT INTO later (due, verb, subject) VALUES (?, ?, ?)", due, verb, subject)

    def never(self, verb: str, subject: str) -> None:
        """Do not do it after all."""
        self.store.run("DELETE FROM later WHERE subject = ? AND verb = ?", subject, verb)

    # ---- events

    def announce(self, kind: str, body: Row, previous: Mapping[str, Any] | None = None) -> Row:
        """Make an event about an object as it is now, and have it delivered to every endpoint that wants it."""
        data = {"object": body} | ({"previous_attributes": dict(previous)} if previous is not None else {})
        endpoints = [
            endpoint
            for endpoint in self.store.every("webhook_endpoint", status="enabled")
            if {"*", kind} & set(endpoint["enabled_events"])
        ]
        event = self.make(
            "event",
            "evt",
            api_version=VERSION,
            data=data,
            type=kind,
            pending_webhooks=len(endpoints),
            request={"id": self.asking.id, "idempotency_key": self.asking.key},
        )
        self.check_event(event)
        for endpoint in endpoints:
            self.send(event["id"], endpoint["id"])
        return event

    def send(self, event: str, endpoint: str) -> None:
        """Put an event in an endpoint's post."""
        state = "held" if self.store.setting("hold") else "waiting"
        self.store.run(
            "INSERT INTO deliveries (event, endpoint, state, due) VALUES (?, ?, ?, ?)",
            event,
            endpoint,
            state,
            time.time(),
        )

    # ---- violations

    def check_event(self, event: Row) -> None:
        """Compare an event, envelope and object, with the specification."""
        for body, place in (
            (event, f"event {event['type']}"),
            (event["data"]["object"], f"event {event['type']} object"),
        ):
            self.check_object(body, place)

    def check_object(self, body: Row, place: str) -> None:
        """Compare an object that is about to be sent with the class that it claims to be."""
        if not self.options.checks:
            return
        if body.get("object") == "list":
            for item in body["data"]:
                self.check_object(item, place)
            return
        shape = LIBRARY.object(body.get("object", ""))
        if shape is None:
            self.violated(place, Fault("object", "unknown", f"Stripe has no object {body.get('object')!r}"))
            return
        for fault in shape.faults(body, "", wire=False):
            self.violated(place, fault)

    def violated(self, place: str, fault: Fault) -> None:
        """Write a violation down."""
        self.store.run(
            "INSERT INTO violations (at, place, path, problem, detail) VALUES (?, ?, ?, ?, ?)",
            time.time(),
            place,
            fault.path,
            fault.problem,
            fault.detail,
        )

    @property
    def violations(self) -> list[Violation]:
        """Everything found wrong so far, oldest first."""
        rows = self.store.rows("SELECT place, path, problem, detail FROM violations ORDER BY id")
        return [Violation(**row) for row in rows]
