import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("grants", "0005_past_stands")]
    operations = [
        migrations.CreateModel(
            name="Round",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(help_text="As in “Spring 2027”.", max_length=60)),
                ("opens_on", models.DateField(verbose_name="opens on")),
                (
                    "closes_on",
                    models.DateField(
                        help_text="The last day on which applications are taken.", verbose_name="closes on"
                    ),
                ),
                (
                    "decided_by",
                    models.DateField(
                        blank=True, help_text="When those who ask will know.", null=True, verbose_name="decided by"
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rounds", to="grants.programme"
                    ),
                ),
            ],
            options={
                "ordering": ["-opens_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("programme", "name"),
                        name="round_is_named_once_in_its_programme",
                        violation_error_message="This programme has a round of this name already.",
                    ),
                    models.CheckConstraint(
                        condition=Q(("closes_on__gte", F("opens_on"))),
                        name="round_closes_after_it_opens",
                        violation_error_message="A round cannot close before it opens.",
                    ),
                    models.CheckConstraint(
                        condition=Q(("decided_by__isnull", True), ("decided_by__gte", F("closes_on")), _connector="OR"),
                        name="round_is_decided_after_it_closes",
                        violation_error_message="Trustees decide after a round has closed, not before.",
                    ),
                ],
            },
        ),
    ]
