from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0011_two_roles")]
    operations = [
        migrations.AddIndex(
            model_name="balance",
            index=models.Index(fields=["month", "account"], name="balance_month_account"),
        ),
        migrations.RemoveIndex(model_name="balance", name="balance_month"),
    ]
