from django.db import migrations

from donations.ledger.migrations._sql import beside


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_one_entry")]
    operations = [beside(__file__)]
