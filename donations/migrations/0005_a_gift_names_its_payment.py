from django.db import migrations, models

from almoner.kit.together import Together


class Migration(migrations.Migration):
    dependencies = [("donations", "0004_payments_of_earlier_gifts")]
    operations = [
        Together(
            [
                migrations.RemoveConstraint(
                    model_name="donation",
                    name="payment_intent_is_none_or_named",
                ),
                migrations.RemoveField(
                    model_name="donation",
                    name="payment_intent",
                ),
                migrations.AlterField(
                    model_name="letter",
                    name="about",
                    field=models.CharField(
                        help_text="“receipt:G-10442”: one cause, one letter.", max_length=140, unique=True
                    ),
                ),
            ]
        ),
    ]
