import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from almoner.kit.together import Together
from donations.migrations._sql import beside


KINDS = [
    ("receipt", "Receipt"),
    ("pending", "Your gift is on its way"),
    ("failed", "A payment did not go through"),
    ("card_expiring", "Your card is about to expire"),
    ("card_asked", "How to choose another card or account"),
    ("mandate_ended", "Your Direct Debit has stopped"),
    ("changed", "Your regular gift has changed"),
    ("paused", "Your regular gift is paused"),
    ("ended", "Your regular gift has ended"),
    ("refunded", "Your gift was refunded"),
    ("receipt_copy", "Copy of a receipt"),
    ("tribute", "A gift in memory or in honour"),
    ("statement", "Statement of a tax year"),
    ("declaration_record", "Record of a spoken Gift Aid declaration"),
    ("sign_in", "Your link to your giving page"),
    ("confirm_address", "Confirm your new email address"),
    ("address_changed", "Your email address was changed"),
]


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("donations", "0015_who_recorded_what_and_whom_never_to_contact"),
    ]
    operations = [
        Together(
            [
                migrations.AlterModelOptions(
                    name="donor",
                    options={
                        "ordering": ["name"],
                        "permissions": [("correct_donor", "Can correct a donor’s name, email, telephone and address")],
                    },
                ),
                migrations.CreateModel(
                    name="Correction",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("before", models.JSONField(help_text="By the names of what changed.")),
                        ("after", models.JSONField()),
                        (
                            "because",
                            models.CharField(blank=True, help_text="Why, where the office did it.", max_length=300),
                        ),
                        ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("done_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                help_text="Nobody where the donor did it.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "donor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="corrections",
                                to="donations.donor",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-pk"],
                        "default_permissions": (),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("by__isnull", True), models.Q(("because", ""), _negated=True), _connector="OR"
                                ),
                                name="correction_by_the_office_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("done_at__isnull", True), ("done_at__gte", models.F("asked_at")), _connector="OR"
                                ),
                                name="correction_is_done_after_it_is_asked",
                            ),
                        ],
                    },
                ),
                migrations.AlterField(
                    model_name="letter",
                    name="kind",
                    field=models.CharField(
                        choices=KINDS,
                        max_length=20,
                    ),
                ),
                migrations.AlterField(
                    model_name="letterwords",
                    name="kind",
                    field=models.CharField(
                        choices=KINDS,
                        max_length=20,
                        unique=True,
                    ),
                ),
            ]
        ),
        beside(__file__),
    ]
