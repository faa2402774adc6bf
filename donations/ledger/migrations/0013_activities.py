from django.db import migrations

from donations.ledger.migrations._sql import beside


class Migration(migrations.Migration):
    dependencies = [("ledger", "0012_a_year_is_found_by_account")]
    operations = [beside(__file__)]
