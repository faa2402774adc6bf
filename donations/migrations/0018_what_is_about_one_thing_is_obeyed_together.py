from django.db import migrations, models
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, Left, NullIf

from donations.migrations._sql import beside


class Migration(migrations.Migration):
    dependencies = [
        ("donations", "0017_who_asked_for_a_comparison"),
        ("procrastinate", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="stripeevent",
            name="about",
            field=models.GeneratedField(
                db_persist=True,
                expression=Left(
                    Coalesce(
                        NullIf(KT("payload__data__object__payment_intent"), models.Value("")), models.F("object_id")
                    ),
                    100,
                ),
                help_text="The payment that its object names, or the object: one worker obeys what is about one thing.",
                output_field=models.CharField(max_length=100),
            ),
        ),
        migrations.AddIndex(
            model_name="stripeevent",
            index=models.Index(
                condition=models.Q(("attempts", 0), ("claimed_at__isnull", True), ("handled_at__isnull", True)),
                fields=["id"],
                name="stripe_event_new",
            ),
        ),
        migrations.AddIndex(
            model_name="stripeevent",
            index=models.Index(
                condition=models.Q(("handled_at__isnull", True)), fields=["about"], name="stripe_event_in_hand"
            ),
        ),
        beside(__file__),
    ]
