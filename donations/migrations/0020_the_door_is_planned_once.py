from django.db import migrations

from donations.migrations._sql import beside


class Migration(migrations.Migration):
    dependencies = [("donations", "0019_the_outbox_is_a_queue")]

    operations = [beside(__file__)]
