import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("content", "0001_initial"), ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes")]
    operations = [
        migrations.AddField(
            model_name="charitysettings",
            name="privacy_page",
            field=models.ForeignKey(
                blank=True,
                help_text="What you keep of people, and why. The form links to it where it asks for an address.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="wagtailcore.page",
            ),
        ),
    ]
