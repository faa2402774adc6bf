from django.db import migrations

from donations.ledger.migrations._sql import beside


class Migration(migrations.Migration):
    dependencies = [("ledger", "0008_seals")]
    operations = [beside(__file__)]
