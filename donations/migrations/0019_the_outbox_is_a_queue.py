from django.db import migrations, models

from donations.migrations._sql import beside


class Migration(migrations.Migration):
    dependencies = [("donations", "0018_what_is_about_one_thing_is_obeyed_together")]

    operations = [
        migrations.AddField(
            model_name="letter",
            name="attempts",
            field=models.PositiveSmallIntegerField(default=0, help_text="How often a worker began to send it."),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                condition=models.Q(("attempts", 0), ("claimed_at__isnull", True), ("sent_at__isnull", True)),
                fields=["id"],
                name="letter_that_waits",
            ),
        ),
        beside(__file__),
    ]
