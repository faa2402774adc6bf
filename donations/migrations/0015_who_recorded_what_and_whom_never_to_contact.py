import almoner.kit.private
import django.db.models.deletion
import donations.models.scan
from django.conf import settings
from django.db import migrations, models

from almoner.kit.together import Together
from donations.migrations._sql import beside


class Migration(migrations.Migration):
    dependencies = [
        ("donations", "0014_defence_against_card_testing"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.AddField(
                    model_name="declaration",
                    name="recorded_by",
                    field=models.ForeignKey(
                        blank=True,
                        help_text="Of one on paper or spoken: who wrote it down.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="declaration",
                    name="token",
                    field=models.UUIDField(
                        blank=True, help_text="One form sent twice is one declaration.", null=True, unique=True
                    ),
                ),
                migrations.AddField(
                    model_name="contactpermission",
                    name="digest",
                    field=models.CharField(
                        blank=True,
                        default="",
                        help_text="Of the address or number that it was said of.",
                        max_length=64,
                    ),
                    preserve_default=False,
                ),
                migrations.AlterField(
                    model_name="suppression",
                    name="since",
                    field=models.DateTimeField(auto_now_add=True, help_text="When the newest no was said."),
                ),
                migrations.CreateModel(
                    name="DeclarationScan",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "file",
                            models.FileField(
                                storage=almoner.kit.private.storage, upload_to=donations.models.scan.kept_as
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(choices=[("pdf", "PDF"), ("jpeg", "JPEG"), ("png", "PNG")], max_length=4),
                        ),
                        ("size", models.PositiveIntegerField(help_text="In bytes.")),
                        ("digest", models.CharField(max_length=64, verbose_name="SHA-256 of the file")),
                        ("added_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "declaration",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="scans",
                                to="donations.declaration",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "default_permissions": (),
                        "constraints": [
                            models.UniqueConstraint(fields=("declaration", "digest"), name="scan_is_added_once"),
                        ],
                    },
                ),
            ]
        ),
        beside(__file__),
    ]
