import django.db.models.deletion
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
]


class Migration(migrations.Migration):
    dependencies = [
        ("donations", "0011_pledges_keep_what_contact_needs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.AlterModelOptions(
                    name="letter",
                    options={
                        "default_permissions": ("view",),
                        "permissions": [
                            ("resend_receipt", "Can send a receipt again"),
                            ("write_statements", "Can write the statements of a tax year"),
                        ],
                    },
                ),
                migrations.RemoveConstraint(
                    model_name="letter",
                    name="letter_is_about_something",
                ),
                migrations.AddField(
                    model_name="letter",
                    name="declaration",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="donations.declaration",
                    ),
                ),
                migrations.AddField(
                    model_name="letter",
                    name="donor",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="donations.donor",
                    ),
                ),
                migrations.AddField(
                    model_name="letter",
                    name="words",
                    field=models.JSONField(
                        blank=True, help_text="The words that it was sent in, before they were filled in.", null=True
                    ),
                ),
                migrations.AlterField(
                    model_name="letter",
                    name="kind",
                    field=models.CharField(choices=KINDS, max_length=20),
                ),
                migrations.AddConstraint(
                    model_name="letter",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("donation__isnull", False),
                            ("payment__isnull", False),
                            ("regular_gift__isnull", False),
                            ("donor__isnull", False),
                            ("declaration__isnull", False),
                            _connector="OR",
                        ),
                        name="letter_is_about_something",
                    ),
                ),
                migrations.CreateModel(
                    name="LetterWords",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(choices=KINDS, max_length=20, unique=True)),
                        ("subject", models.CharField(blank=True, max_length=150)),
                        (
                            "opening",
                            models.TextField(
                                blank=True,
                                help_text="Before the facts. An empty line parts paragraphs.",
                                max_length=3000,
                            ),
                        ),
                        (
                            "closing",
                            models.TextField(
                                blank=True, help_text="After the facts, before the charity’s name.", max_length=3000
                            ),
                        ),
                        ("changed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "changed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "letter’s words",
                        "verbose_name_plural": "letters’ words",
                        "ordering": ["pk"],
                        "default_permissions": ("view", "change"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("subject__contains", "\n"), _negated=True),
                                name="subject_is_one_line",
                            ),
                        ],
                    },
                ),
            ]
        ),
        beside(__file__),
    ]
