from django.db import migrations

from donations.ledger.migrations._sql import beside


class Migration(migrations.Migration):
    dependencies = [("ledger", "0010_what_every_charity_starts_with")]
    operations = [beside(__file__)]
