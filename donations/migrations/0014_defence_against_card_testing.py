from django.db import migrations, models

from donations.migrations._sql import beside


class Migration(migrations.Migration):
    dependencies = [("donations", "0013_keys_and_requests_of_donors")]
    operations = [
        migrations.AddField(
            model_name="match",
            name="promised_pence",
            field=models.PositiveBigIntegerField(
                "promised to gifts",
                default=0,
                db_default=0,
                editable=False,
                help_text="Kept by the database from the gifts.",
            ),
        ),
        migrations.CreateModel(
            name="Sighting",
            fields=[
                ("key", models.CharField(max_length=120, primary_key=True, serialize=False)),
                ("full_at", models.DateTimeField(help_text="When the measure will have drained.")),
                ("purge_at", models.DateTimeField(help_text="From then on the row says nothing.")),
                ("note", models.CharField(blank=True, db_default="", max_length=40)),
            ],
            options={"default_permissions": ()},
        ),
        migrations.CreateModel(
            name="WatchedMinute",
            fields=[
                ("minute", models.DateTimeField(primary_key=True, serialize=False)),
                ("let_in", models.PositiveIntegerField("let in", db_default=0)),
                ("slowed", models.PositiveIntegerField("told to wait: one donor", db_default=0)),
                ("stopped", models.PositiveIntegerField("stopped: many new cards", db_default=0)),
                ("asked", models.PositiveIntegerField("challenged: one address", db_default=0)),
                ("alarmed", models.PositiveIntegerField("challenged: many declines", db_default=0)),
                ("proved", models.PositiveIntegerField("challenge passed", db_default=0)),
                ("waiting", models.PositiveIntegerField("told to wait: after a challenge", db_default=0)),
                ("declines", models.PositiveIntegerField("cards declined", db_default=0)),
            ],
            options={"ordering": ["-minute"], "default_permissions": ("view",)},
        ),
        beside(__file__),
    ]
