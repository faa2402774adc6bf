"""Where the stand-in remembers: one SQLite file, so that a restart forgets nothing, or memory for a test."""

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

TABLES = """
CREATE TABLE IF NOT EXISTS objects (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS objects_by_kind ON objects (kind, seq);
CREATE TABLE IF NOT EXISTS deliveries (
  id INTEGER PRIMARY KEY, event TEXT NOT NULL, endpoint TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'waiting',
  attempts INTEGER NOT NULL DEFAULT 0, due REAL NOT NULL, answer TEXT NOT NULL DEFAULT '');
CREATE INDEX IF NOT EXISTS deliveries_waiting ON deliveries (due) WHERE state = 'waiting';
CREATE INDEX IF NOT EXISTS deliveries_by_event ON deliveries (event);
CREATE INDEX IF NOT EXISTS deliveries_open ON deliveries (id) WHERE state NOT IN ('delivered', 'dropped');
CREATE INDEX IF NOT EXISTS deliveries_held ON deliveries (id) WHERE state = 'held';
CREATE TABLE IF NOT EXISTS lines (
  seq INTEGER PRIMARY KEY, line TEXT UNIQUE NOT NULL, currency TEXT NOT NULL, net INTEGER NOT NULL,
  available_on INTEGER NOT NULL, payout TEXT);
CREATE INDEX IF NOT EXISTS lines_by_payout ON lines (payout, seq);
CREATE TABLE IF NOT EXISTS later (id INTEGER PRIMARY KEY, due REAL NOT NULL, verb TEXT NOT NULL, subject TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS later_due ON later (due, id);
CREATE INDEX IF NOT EXISTS later_by_subject ON later (subject, verb);
CREATE TABLE IF NOT EXISTS keys (
  key TEXT PRIMARY KEY, asked TEXT NOT NULL, status INTEGER NOT NULL, body TEXT NOT NULL, created REAL NOT NULL);
CREATE INDEX IF NOT EXISTS keys_by_age ON keys (created);
CREATE TABLE IF NOT EXISTS violations (
  id INTEGER PRIMARY KEY, at REAL NOT NULL, place TEXT NOT NULL, path TEXT NOT NULL, problem TEXT NOT NULL,
  detail TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
INDEXED = {  # the fields by which objects of a kind are looked for
    "balance_transaction": ("created", "source"),
    "charge": ("customer", "payment_intent"),
    "checkout.session": ("customer", "payment_intent", "subscription"),
    "customer": ("email",),
    "dispute": ("charge", "payment_intent"),
    "event": ("created", "type"),
    "invoice": ("customer", "parent.subscription_details.subscription"),
    "invoiceitem": ("customer",),
    "invoice_payment": ("invoice", "payment.payment_intent"),
    "payment_intent": ("customer",),
    "payment_method": ("customer",),
    "refund": ("charge", "payment_intent"),
    "setup_intent": ("customer",),
    "subscription": ("customer", "status"),
    "webhook_endpoint": ("status",),
}
Row = dict[str, Any]


class Store:
    """One connection behind one lock. A request is one transaction: it happens whole, or not at all."""

    def __init__(self, path: str = ":memory:") -> None:
        self.path = path
        self.lock = threading.RLock()
        self._depth = 0
        self._settings: dict[str, str] = {}  # as they stand in the file; asked for many times in each payment
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")
        self._connection.executescript(TABLES)
        for kind, fields in INDEXED.items():
            for field in fields:
                self._connection.execute(
                    f'CREATE INDEX IF NOT EXISTS "{kind} by {field}" ON objects '
                    f"(json_extract(body, '$.{field}'), seq) WHERE kind = '{kind}'"
                )
        self._read_settings()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of what is done inside, or nothing. May be nested; only the outermost one counts."""
        with self.lock:
            if self._depth == 0:
                self._connection.execute("BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield
            except BaseException:
                self._depth -= 1
                if self._depth == 0:
                    self._connection.execute("ROLLBACK")
                    self._read_settings()
                raise
            self._depth -= 1
            if self._depth == 0:
                self._connection.execute("COMMIT")

    def rows(self, sql: str, *values: Any) -> list[Row]:
        """The rows that a statement gives."""
        with self.lock:
            return [dict(row) for row in self._connection.execute(sql, values).fetchall()]

    def row(self, sql: str, *values: Any) -> Row | None:
        """The first row, if any."""
        found = self.rows(sql, *values)
        return found[0] if found else None

    def run(self, sql: str, *values: Any) -> int:
        """Do something; the answer is the id of the row that was added, if one was."""
        with self.lock:
            return self._connection.execute(sql, values).lastrowid or 0

    def put(self, body: Row) -> Row:
        """Remember an object, or its newest state."""
        self.run(
            "INSERT INTO objects (id, kind, body) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body",
            body["id"],
            body["object"],
            json.dumps(body),
        )
        return body

    def get(self, identity: str, kind: str | None = None) -> Row | None:
        """An object by its id; None if there is none, or if it is of another kind."""
        row = self.row("SELECT kind, body FROM objects WHERE id = ?", identity)
        if row is None or (kind is not None and row["kind"] != kind):
            return None
        return self.body(row)

    def every(self, kind: str, **equal: str) -> list[Row]:
        """All objects of a kind whose fields have these values, newest first."""
        # The kind is written out, so that SQLite sees which index is meant.
        where = "".join(f" AND json_extract(body, '$.{field}') = ?" for field in equal)
        sql = f"SELECT body FROM objects WHERE kind = '{kind}'{where} ORDER BY seq DESC"
        return [self.body(row) for row in self.rows(sql, *equal.values())]

    def ids(self, kind: str) -> list[str]:
        """The ids of all objects of a kind, oldest first."""
        return [row["id"] for row in self.rows(f"SELECT id FROM objects WHERE kind = '{kind}' ORDER BY seq")]

    def seq(self, identity: str, kind: str) -> int | None:
        """An object's place in the order in which all were made; None if there is none of this kind."""
        row = self.row("SELECT seq FROM objects WHERE id = ? AND kind = ?", identity, kind)
        return row["seq"] if row else None

    @staticmethod
    def body(row: Row) -> Row:
        """The object that a row keeps."""
        body: Row = json.loads(row["body"])
        return body

    def setting(self, name: str, default: str = "") -> str:
        """A value that the operator has set."""
        return self._settings.get(name, default)

    def set(self, name: str, value: str) -> None:
        """Keep a value that the operator has set."""
        with self.lock:
            self.run("INSERT OR REPLACE INTO settings VALUES (?, ?)", name, value)
            self._settings[name] = value

    def empty(self) -> None:
        """Forget everything."""
        with self.transaction():
            for table in ("objects", "deliveries", "lines", "later", "keys", "violations", "settings"):
                self.run(f"DELETE FROM {table}")
            self._settings.clear()

    def _read_settings(self) -> None:
        self._settings = {row["name"]: row["value"] for row in self.rows("SELECT name, value FROM settings")}

    def close(self) -> None:
        """Let go of the file."""
        with self.lock:
            self._connection.close()
