from django.db import migrations

from donations.migrations._sql import beside


class Migration(migrations.Migration):
    dependencies = [
        ("donations", "0007_an_event_is_kept_once"),
        ("ledger", "0011_two_roles"),
    ]
    operations = [beside(__file__)]
