"""A database for each test process, cloned from a template that is rebuilt only when a migration changes.

A test that commits ends with a database that is again as migrations left it. A new clone would be that, and takes the
better part of a second; so what the test wrote is taken out, and a clone is made only where tables themselves changed.
"""

import hashlib
import os
import time
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

TEMPLATE = "tpl_almoner"
# The guard on the ledger lets a database be emptied only if its name begins so.
NAME = f"test_almoner_{os.getpid()}_"


def make_template() -> str:
    """The template's name, after making it if these migrations have none; older templates and dead clones go."""
    name = f"{TEMPLATE}_{migrations_hash()}"
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [TEMPLATE])  # other processes wait here
        try:
            cursor.execute("SELECT datname FROM pg_database WHERE datname = %s AND datistemplate", [name])
            if cursor.fetchone() is None:
                sweep(cursor)
                cursor.execute(f'CREATE DATABASE "{name}_unfinished"')
                settings_dict = connections["default"].settings_dict
                settings_dict["NAME"] = f"{name}_unfinished"
                call_command("migrate", verbosity=0, interactive=False)
                connections.close_all()
                cursor.execute(f'ALTER DATABASE "{name}_unfinished" RENAME TO "{name}"')
                cursor.execute(f'ALTER DATABASE "{name}" IS_TEMPLATE true')
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [TEMPLATE])
    return name


def sweep(cursor: object) -> None:
    """Drop templates of other migrations, and databases whose test process is gone."""
    cursor.execute("SELECT datname FROM pg_database WHERE datname ~ '^(tpl|test)_almoner_'")
    for (old,) in cursor.fetchall():
        if old.startswith("test_") and Path(f"/proc/{old.split('_')[2]}").exists():
            continue
        cursor.execute(f'ALTER DATABASE "{old}" IS_TEMPLATE false')
        cursor.execute(f'DROP DATABASE IF EXISTS "{old}" WITH (FORCE)')


def migrations_hash() -> str:
    """A digest of everything that a migrated database is made of."""
    digest = hashlib.sha256()
    for app in sorted(apps.get_app_configs(), key=lambda app: app.name):
        folder = Path(app.path)
        for file in sorted(
            [*folder.glob("migrations/*"), *folder.glob("*.sql"), *folder.glob("starting.py"), *folder.glob("roles.py")]
        ):
            if file.suffix in {".py", ".sql"}:
                digest.update(f"{app.name}/{file.name}".encode() + file.read_bytes())
    return digest.hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Rows:
    """What migrations put into one table."""

    columns: str
    count: int
    copied: bytes


class TestDatabase:
    """This process's database: a clone of the template, and what must be known to bring it back to that."""

    __test__ = False

    def __init__(self, template: str) -> None:
        self.template = template
        self.made: list[str] = []
        self.own: BaseDatabaseWrapper | None = None
        self.clone()

    def clone(self) -> None:
        """Another database, fresh from the template; the last one goes."""
        self.drop()
        name = f"{NAME}{time.monotonic_ns()}"
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{self.template}"')
        self.made.append(name)
        connections["default"].settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name
        self._remember()

    def drop(self) -> None:
        """Drop it."""
        connections.close_all()
        if self.own:
            self.own.close()
        with connection._nodb_cursor() as cursor:
            while self.made:
                cursor.execute(f'DROP DATABASE IF EXISTS "{self.made.pop()}" WITH (FORCE)')

    def restore(self) -> None:
        """As migrations left it, to the last row and the next number of every sequence; no test is left connected."""
        connections.close_all()
        if not self.may_sleep or not self._taken_out():
            self.clone()

    def _remember(self) -> None:
        self.own = connection.copy()  # a session that knows all tables by now, where a new one would have to learn them
        with self.own.cursor() as cursor:
            cursor.execute("SELECT has_parameter_privilege('session_replication_role', 'SET')")
            self.may_sleep = cursor.fetchone()[0]  # the laws, while rows are taken out that nobody may delete
            cursor.execute(COLUMNS)
            columns = dict(cursor.fetchall())
            self.rows: dict[str, Rows] = {}
            for table in self._written_to(cursor):
                cursor.execute(f"SELECT count(*) FROM {table}")
                (count,) = cursor.fetchone()
                with cursor.copy(f"COPY {table} ({columns[table]}) TO STDOUT") as copy:
                    self.rows[table] = Rows(columns[table], count, b"".join(copy))
            cursor.execute(SEQUENCES)
            self.sequences = dict(cursor.fetchall())
            cursor.execute(BUILT)
            self.relations = cursor.fetchone()[0]
            self._begin(cursor)

    def _begin(self, cursor: object) -> None:
        """From here on whatever is written bears a number that is at least this."""
        cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
        (self.since,) = cursor.fetchone()

    def _built(self, cursor: object) -> bool:
        """Whether a table, trigger or function was made, changed or dropped."""
        cursor.execute(f"{BUILT} UNION ALL {REBUILT}", {"since": self.since})
        relations, changed = (each for (each,) in cursor.fetchall())
        return (relations, changed) != (self.relations, 0)

    def _written_to(self, cursor: object) -> list[str]:
        """The tables in which there is, or was, anything."""
        cursor.execute(WRITTEN_TO)
        return [table for (table,) in cursor.fetchall()]

    def _taken_out(self) -> bool:
        """Take out what was written, and put back what was changed; False where rows are not all that changed."""
        assert self.own
        with self.own.cursor() as cursor:
            cursor.execute(OTHERS_LEAVE)
            if self._built(cursor):
                return False
            with cursor.connection.transaction():
                cursor.execute("SET LOCAL session_replication_role = replica")
                for table in self._changed(cursor):
                    cursor.execute(f"DELETE FROM {table}")
                    if rows := self.rows.get(table):
                        with cursor.copy(f"COPY {table} ({rows.columns}) FROM STDIN") as copy:
                            copy.write(rows.copied)
                cursor.execute(SEQUENCES)
                for name, value in cursor.fetchall():
                    if value != self.sequences[name]:
                        last, called = self.sequences[name]
                        cursor.execute("SELECT setval(%s, %s, %s)", [name, last, bool(called)])
            self._begin(cursor)
        return True

    def _changed(self, cursor: object) -> list[str]:
        """The tables whose rows are not those that migrations put there."""
        looks = [
            f"SELECT '{table}', count(*), count(*) FILTER (WHERE xmin::text::bigint >= %(since)s) FROM {table}"
            for table in self._written_to(cursor)
        ]
        cursor.execute(" UNION ALL ".join(looks), {"since": self.since})
        counts = {table: rows.count for table, rows in self.rows.items()}
        return [table for table, count, fresh in cursor.fetchall() if fresh or count != counts.get(table, 0)]


OTHERS_LEAVE = """
  SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
   WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
COLUMNS = """
  SELECT format('%I.%I', n.nspname, c.relname),
         string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) FILTER (WHERE a.attgenerated = '')
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
   WHERE n.nspname = 'public' AND c.relkind = 'r'
   GROUP BY 1
"""
WRITTEN_TO = """
  SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE n.nspname = 'public' AND c.relkind = 'r' AND pg_relation_size(c.oid) > 0
"""
SEQUENCES = """
  SELECT format('%I.%I', schemaname, sequencename),
         CASE WHEN last_value IS NULL THEN ARRAY[start_value, 0] ELSE ARRAY[last_value, 1] END
    FROM pg_sequences
"""
# Catalogues, as counts: what a session keeps for itself is gone with it.
BUILT = """
  SELECT count(*) FROM (
    SELECT oid FROM pg_class UNION ALL SELECT oid FROM pg_trigger UNION ALL SELECT oid FROM pg_proc
  ) everything
"""
REBUILT = """
  SELECT count(*) FROM (
    SELECT xmin FROM pg_class UNION ALL SELECT xmin FROM pg_trigger UNION ALL SELECT xmin FROM pg_proc
    UNION ALL SELECT xmin FROM pg_constraint UNION ALL SELECT xmin FROM pg_attribute
  ) everything WHERE xmin::text::bigint >= %(since)s
"""
