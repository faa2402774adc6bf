from django.db import migrations

from grants.migrations._sql import beside


class Migration(migrations.Migration):
    dependencies = [("grants", "0004_shares")]
    operations = [beside(__file__)]
