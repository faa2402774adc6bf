from django.db import migrations

from grants.migrations._sql import beside


class Migration(migrations.Migration):
    dependencies = [("grants", "0001_nouns"), ("ledger", "0003_one_entry")]
    operations = [beside(__file__)]
