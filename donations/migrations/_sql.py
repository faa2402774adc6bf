"""Each migration of SQL stands beside a file of the same name: the way forward, then the way back."""

from pathlib import Path

from django.db import migrations

WAY_BACK = "-- ======== the way back"


def beside(migration: str) -> migrations.RunSQL:
    """The operation written in the .sql file beside the migration whose `__file__` is given."""
    forward, back = Path(migration).with_suffix(".sql").read_text(encoding="utf-8").split(WAY_BACK)
    return migrations.RunSQL(forward, back)
