from django.db import migrations

from donations.ledger import starting


def sow(apps, schema_editor):
    starting.sow(apps)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0009_proof")]
    # Nothing to undo: the way back drops the tables.
    operations = [migrations.RunPython(sow, migrations.RunPython.noop)]
