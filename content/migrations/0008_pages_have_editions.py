from django.db import migrations, models
from django.db.models.functions import Now

from grants.migrations._sql import beside


class Migration(migrations.Migration):
    dependencies = [("content", "0007_days_that_come_and_who_is_told")]

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                ("transaction", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField(db_default=Now())),
            ],
            options={"default_permissions": ()},
        ),
        beside(__file__),
    ]
