from django.db import migrations

from donations.migrations._sql import beside


class Migration(migrations.Migration):
    dependencies = [
        ("donations", "0006_letters_about_cards_and_events_by_their_object"),
        ("ledger", "0011_two_roles"),
    ]
    operations = [beside(__file__)]
