from pathlib import Path
from typing import Any

from django.apps import AppConfig, apps
from django.db import connections
from django.db.models.signals import post_migrate


class LedgerConfig(AppConfig):
    name = "donations.ledger"
    label = "ledger"
    verbose_name = "Ledger"

    def ready(self) -> None:
        """After every migrate, of whatever app: what the serving role may do with the tables that exist now."""
        post_migrate.connect(after_migrate, sender=self)


def after_migrate(using: str, **of_the_signal: Any) -> None:
    """Grant the serving role its rights; and sow again where a test has emptied every table."""
    from donations.ledger import starting

    tables = connections[using].introspection.table_names()
    if "ledger_account" not in tables:
        return  # migrated backwards
    starting.sow(apps)
    with connections[using].cursor() as cursor:
        cursor.execute((Path(__file__).parent / "roles.sql").read_text(encoding="utf-8"))
