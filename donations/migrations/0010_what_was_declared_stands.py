from django.db import migrations

from donations.migrations._sql import beside


class Migration(migrations.Migration):
    dependencies = [("donations", "0009_declarations_permissions_tributes_and_matches")]
    operations = [beside(__file__)]
