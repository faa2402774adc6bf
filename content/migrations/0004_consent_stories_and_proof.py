import almoner.kit.private
import content.models.consent
import datetime
import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
import modelcluster.fields
import modelsearch.index
import wagtail.fields
import wagtail.models.preview
from django.conf import settings
from django.db import migrations, models

from grants.migrations._sql import beside
from almoner.kit.together import Together

CARRY = """
DO $$
DECLARE
  said record;
  made bigint;
BEGIN
  FOR said IN SELECT id, chosen_name, health_consent_on FROM content_endorsement WHERE health_consent_on IS NOT NULL LOOP
    INSERT INTO content_consentrecord (name, covers_words, covers_picture, covers_name, covers_health, on_website,
      on_social_media, in_print, to_press, wording_version, reached_us_by, given_on, evidence, withdrawn_because)
    VALUES (said.chosen_name, true, false, false, true, true, false, false, false, 'As recorded before', 'form',
      said.health_consent_on, '', '') RETURNING id INTO made;
    UPDATE content_endorsement SET consent_id = made WHERE id = said.id;
  END LOOP;
END $$;
UPDATE content_endorsement SET permission_covers = concat_ws(E'\\n', quote, full_text, sign_off)
 WHERE permission_given_on IS NOT NULL;
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0003_health_information"),
        ("grants", "0005_past_stands"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Accreditation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("live", models.BooleanField(default=True, editable=False, verbose_name="live")),
                        (
                            "has_unpublished_changes",
                            models.BooleanField(default=False, editable=False, verbose_name="has unpublished changes"),
                        ),
                        (
                            "first_published_at",
                            models.DateTimeField(
                                blank=True, db_index=True, null=True, verbose_name="first published at"
                            ),
                        ),
                        (
                            "last_published_at",
                            models.DateTimeField(editable=False, null=True, verbose_name="last published at"),
                        ),
                        ("go_live_at", models.DateTimeField(blank=True, null=True, verbose_name="go live date/time")),
                        ("expire_at", models.DateTimeField(blank=True, null=True, verbose_name="expiry date/time")),
                        ("expired", models.BooleanField(default=False, editable=False, verbose_name="expired")),
                        (
                            "title",
                            models.CharField(
                                help_text="“Centre of excellence for neuroendocrine tumours”.", max_length=150
                            ),
                        ),
                        (
                            "summary",
                            models.CharField(
                                blank=True, help_text="What somebody had to show to be given it.", max_length=300
                            ),
                        ),
                        ("begins_on", models.DateField(verbose_name="from")),
                        (
                            "ends_on",
                            models.DateField(
                                blank=True,
                                help_text="The last day. Leave empty if it has no end.",
                                null=True,
                                verbose_name="to",
                            ),
                        ),
                        (
                            "evidence_url",
                            models.URLField(
                                blank=True, help_text="Where the body itself says so.", verbose_name="public record"
                            ),
                        ),
                        (
                            "evidence",
                            models.FileField(
                                blank=True,
                                help_text="The certificate. It stays private.",
                                storage=almoner.kit.private.storage,
                                upload_to=content.models.consent.kept_as,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["title", "pk"],
                    },
                    bases=(wagtail.models.preview.PreviewableMixin, modelsearch.index.Indexed, models.Model),
                ),
                migrations.CreateModel(
                    name="Appointment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("role", models.CharField(max_length=150)),
                        ("begins_on", models.DateField(verbose_name="from")),
                        (
                            "ends_on",
                            models.DateField(
                                blank=True,
                                help_text="The last day; empty while they hold it.",
                                null=True,
                                verbose_name="to",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-begins_on", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="ConsentRecord",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "name",
                            models.CharField(
                                help_text="Whose consent it is. Only staff see this name.", max_length=120
                            ),
                        ),
                        ("covers_words", models.BooleanField(default=False, verbose_name="their words")),
                        ("covers_picture", models.BooleanField(default=False, verbose_name="their picture")),
                        (
                            "covers_name",
                            models.BooleanField(
                                default=False,
                                help_text="If not, they appear under another.",
                                verbose_name="their own name",
                            ),
                        ),
                        (
                            "covers_health",
                            models.BooleanField(
                                default=False,
                                help_text="That we say they are, or were, ill. Health is sensitive data.",
                                verbose_name="their health",
                            ),
                        ),
                        ("on_website", models.BooleanField(default=True, verbose_name="on this website")),
                        ("on_social_media", models.BooleanField(default=False, verbose_name="on social media")),
                        ("in_print", models.BooleanField(default=False, verbose_name="in print")),
                        ("to_press", models.BooleanField(default=False, verbose_name="given to the press")),
                        (
                            "wording_version",
                            models.CharField(
                                help_text="Which form they read: “Consent form 3, May 2026”.", max_length=40
                            ),
                        ),
                        (
                            "reached_us_by",
                            models.CharField(
                                choices=[
                                    ("form", "Signed form"),
                                    ("email", "Email"),
                                    ("letter", "Letter"),
                                    ("spoken", "Spoken, written down by us"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("given_on", models.DateField()),
                        (
                            "expires_on",
                            models.DateField(
                                blank=True,
                                help_text="The last day. From the next, everything is taken down by itself.",
                                null=True,
                            ),
                        ),
                        (
                            "evidence",
                            models.FileField(
                                blank=True,
                                help_text="The signed form or the letter. It is kept where no web server looks.",
                                storage=almoner.kit.private.storage,
                                upload_to=content.models.consent.kept_as,
                            ),
                        ),
                        ("withdrawn_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("withdrawn_because", models.TextField(blank=True, editable=False)),
                    ],
                    options={
                        "verbose_name": "consent",
                        "ordering": ["-given_on", "-pk"],
                        "permissions": [("withdraw_consentrecord", "Can record that a consent was withdrawn")],
                        "default_permissions": ("add", "change", "view"),
                    },
                ),
                migrations.CreateModel(
                    name="EndingReminder",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "about",
                            models.CharField(help_text="“endorsement:16:2027-01-31:30”.", max_length=120, unique=True),
                        ),
                        ("to", models.EmailField(max_length=254)),
                        ("facts", models.JSONField(default=dict, help_text="What the letter says.")),
                        ("written_at", models.DateTimeField(auto_now_add=True)),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["-pk"],
                        "default_permissions": (),
                    },
                ),
                migrations.CreateModel(
                    name="ImpactItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("live", models.BooleanField(default=True, editable=False, verbose_name="live")),
                        (
                            "has_unpublished_changes",
                            models.BooleanField(default=False, editable=False, verbose_name="has unpublished changes"),
                        ),
                        (
                            "first_published_at",
                            models.DateTimeField(
                                blank=True, db_index=True, null=True, verbose_name="first published at"
                            ),
                        ),
                        (
                            "last_published_at",
                            models.DateTimeField(editable=False, null=True, verbose_name="last published at"),
                        ),
                        ("go_live_at", models.DateTimeField(blank=True, null=True, verbose_name="go live date/time")),
                        ("expire_at", models.DateTimeField(blank=True, null=True, verbose_name="expiry date/time")),
                        ("expired", models.BooleanField(default=False, editable=False, verbose_name="expired")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("post", "A post"),
                                    ("equipment", "Equipment"),
                                    ("treatment", "Treatment"),
                                    ("research", "Research"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "title",
                            models.CharField(
                                help_text="What people made possible: “A nurse who picks up”.", max_length=100
                            ),
                        ),
                        (
                            "text",
                            models.TextField(
                                help_text="Two or three sentences. No sums: the ledger adds them.", max_length=300
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=0, help_text="Lower numbers come first.")),
                    ],
                    options={
                        "verbose_name": "what was funded",
                        "verbose_name_plural": "what was funded",
                        "ordering": ["order", "pk"],
                    },
                    bases=(wagtail.models.preview.PreviewableMixin, modelsearch.index.Indexed, models.Model),
                ),
                migrations.CreateModel(
                    name="Notice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("live", models.BooleanField(default=True, editable=False, verbose_name="live")),
                        (
                            "has_unpublished_changes",
                            models.BooleanField(default=False, editable=False, verbose_name="has unpublished changes"),
                        ),
                        (
                            "first_published_at",
                            models.DateTimeField(
                                blank=True, db_index=True, null=True, verbose_name="first published at"
                            ),
                        ),
                        (
                            "last_published_at",
                            models.DateTimeField(editable=False, null=True, verbose_name="last published at"),
                        ),
                        ("go_live_at", models.DateTimeField(blank=True, null=True, verbose_name="go live date/time")),
                        ("expire_at", models.DateTimeField(blank=True, null=True, verbose_name="expiry date/time")),
                        ("expired", models.BooleanField(default=False, editable=False, verbose_name="expired")),
                        ("title", models.CharField(max_length=100)),
                        ("text", wagtail.fields.RichTextField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[("info", "For information"), ("warning", "Please note")],
                                default="info",
                                max_length=10,
                            ),
                        ),
                        ("begins_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="from")),
                        (
                            "ends_at",
                            models.DateTimeField(
                                blank=True, help_text="Then it goes by itself.", null=True, verbose_name="to"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["begins_at", "pk"],
                    },
                    bases=(wagtail.models.preview.PreviewableMixin, models.Model),
                ),
                migrations.CreateModel(
                    name="StoryIndexPage",
                    fields=[
                        (
                            "page_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to="wagtailcore.page",
                            ),
                        ),
                        (
                            "is_unlisted",
                            models.BooleanField(
                                default=False, verbose_name="ask search engines to leave this page out"
                            ),
                        ),
                        ("standfirst", models.TextField(blank=True, max_length=300)),
                    ],
                    options={
                        "abstract": False,
                    },
                    bases=("wagtailcore.page", models.Model),
                ),
                migrations.CreateModel(
                    name="StoryPage",
                    fields=[
                        (
                            "page_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to="wagtailcore.page",
                            ),
                        ),
                        (
                            "is_unlisted",
                            models.BooleanField(
                                default=False, verbose_name="ask search engines to leave this page out"
                            ),
                        ),
                        (
                            "chosen_name",
                            models.CharField(
                                blank=True, help_text="As they want to be called here: “Juniper A.”.", max_length=80
                            ),
                        ),
                        ("told_on", models.DateField(default=datetime.date.today, verbose_name="told on")),
                        (
                            "standfirst",
                            models.TextField(
                                help_text="Two sentences that make somebody want to read it.", max_length=300
                            ),
                        ),
                        (
                            "picture_alt",
                            models.CharField(
                                blank=True,
                                help_text="Leave empty if it is decoration.",
                                max_length=200,
                                verbose_name="what the picture shows",
                            ),
                        ),
                        ("body", wagtail.fields.StreamField([], blank=True, block_lookup={})),
                    ],
                    options={
                        "abstract": False,
                    },
                    bases=("wagtailcore.page", models.Model),
                ),
                migrations.RemoveConstraint(
                    model_name="endorsement",
                    name="endorsing_patient_has_consented",
                ),
                migrations.RemoveField(
                    model_name="charityimage",
                    name="consent_expires",
                ),
                migrations.AddField(
                    model_name="charityimage",
                    name="hidden_from",
                    field=models.DateField(blank=True, editable=False, null=True),
                ),
                migrations.AddField(
                    model_name="charityimage",
                    name="kept_as",
                    field=models.CharField(
                        blank=True,
                        editable=False,
                        help_text="Where its file lies while nobody may see it.",
                        max_length=255,
                    ),
                ),
                migrations.AddField(
                    model_name="endorsement",
                    name="owner",
                    field=models.ForeignKey(
                        blank=True,
                        help_text="Hears 90 and 30 days before permission ends, and on the day.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who looks after it",
                    ),
                ),
                migrations.AddField(
                    model_name="endorsement",
                    name="permission_covers",
                    field=models.TextField(
                        blank=True,
                        editable=False,
                        help_text="The exact words that were permitted. Others are not published.",
                    ),
                ),
                migrations.AddField(
                    model_name="endorsement",
                    name="permission_evidence",
                    field=models.FileField(
                        blank=True,
                        help_text="The letter or email. It is kept where no web server looks.",
                        storage=almoner.kit.private.storage,
                        upload_to=content.models.consent.kept_as,
                        verbose_name="evidence",
                    ),
                ),
                migrations.AddField(
                    model_name="endorsement",
                    name="permission_given_by",
                    field=models.CharField(
                        blank=True,
                        help_text="Only if it was not the speaker.",
                        max_length=150,
                        verbose_name="permission given by",
                    ),
                ),
                migrations.AddField(
                    model_name="person",
                    name="is_lived_experience",
                    field=models.BooleanField(
                        default=False,
                        help_text="Naming them says that they are, or were, ill.",
                        verbose_name="speaks from their own illness",
                    ),
                ),
                migrations.AddField(
                    model_name="accreditation",
                    name="body",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accreditations_awarded",
                        to="content.organisation",
                        verbose_name="awarded by",
                    ),
                ),
                migrations.AddField(
                    model_name="accreditation",
                    name="holder",
                    field=models.ForeignKey(
                        blank=True,
                        help_text="Leave empty if it is the charity itself.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accreditations",
                        to="content.organisation",
                        verbose_name="awarded to",
                    ),
                ),
                migrations.AddField(
                    model_name="accreditation",
                    name="latest_revision",
                    field=models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="latest revision",
                    ),
                ),
                migrations.AddField(
                    model_name="accreditation",
                    name="live_revision",
                    field=models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="live revision",
                    ),
                ),
                migrations.AddField(
                    model_name="accreditation",
                    name="owner",
                    field=models.ForeignKey(
                        blank=True,
                        help_text="Hears 90 and 30 days before it ends, and on the day.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who looks after it",
                    ),
                ),
                migrations.AddField(
                    model_name="appointment",
                    name="organisation",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="content.organisation",
                    ),
                ),
                migrations.AddField(
                    model_name="appointment",
                    name="person",
                    field=modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="appointments", to="content.person"
                    ),
                ),
                migrations.AddField(
                    model_name="consentrecord",
                    name="owner",
                    field=models.ForeignKey(
                        blank=True,
                        help_text="Hears 90 and 30 days before it ends, and on the day.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who looks after it",
                    ),
                ),
                migrations.AddField(
                    model_name="consentrecord",
                    name="withdrawn_by",
                    field=models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="endorsement",
                    name="consent",
                    field=models.ForeignKey(
                        blank=True,
                        help_text="That this patient agreed that we show their words and say they are one. Health is sensitive data.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="endorsements",
                        to="content.consentrecord",
                        verbose_name="lived-experience consent",
                    ),
                ),
                migrations.AddField(
                    model_name="person",
                    name="consent",
                    field=models.ForeignKey(
                        blank=True,
                        help_text="Of somebody who speaks from their own illness: it covers name and health.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="content.consentrecord",
                    ),
                ),
            ]
        ),
        # What stood in the old columns becomes rows: a patient's consent, and the words that were permitted.
        migrations.RunSQL(CARRY, migrations.RunSQL.noop),
        Together(
            [
                migrations.RemoveField(
                    model_name="endorsement",
                    name="health_consent_on",
                ),
                migrations.RemoveField(model_name="charityimage", name="consent"),
                migrations.AddField(
                    model_name="charityimage",
                    name="consent",
                    field=models.ForeignKey(
                        blank=True,
                        help_text="Of whoever is in it. Leave empty if nobody is in the picture.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pictures",
                        to="content.consentrecord",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="endorsement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "patient"), _negated=True),
                            models.Q(
                                models.Q(("chosen_name", ""), _negated=True),
                                ("consent__isnull", False),
                                ("organisation__isnull", True),
                                ("person__isnull", True),
                                ("affiliation", ""),
                                ("role", ""),
                            ),
                            _connector="OR",
                        ),
                        name="endorsing_patient_has_consented",
                        violation_error_message="A patient has a chosen name and a consent on file, and nothing else is shown.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="endorsement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "letter"), _negated=True),
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("quote"), models.Value(300)
                            ),
                            _connector="OR",
                        ),
                        name="endorsing_letter_has_a_short_extract",
                        violation_error_message="An extract has up to 300 letters.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="endorsement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("live", False),
                            django.db.models.lookups.Exact(
                                models.F("permission_covers"),
                                django.db.models.functions.text.Concat(
                                    models.F("quote"),
                                    models.Value("\n", output_field=models.TextField()),
                                    models.F("full_text"),
                                    models.Value("\n", output_field=models.TextField()),
                                    models.F("sign_off"),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="endorsement_is_published_in_the_words_permitted",
                        violation_error_message="The words have changed since permission was given: ask again.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="person",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("is_lived_experience", False), ("live", False), ("consent__isnull", False), _connector="OR"
                        ),
                        name="patient_is_named_with_consent",
                        violation_error_message="Nobody is named as a patient without consent: choose the one on file.",
                    ),
                ),
                migrations.AddField(
                    model_name="impactitem",
                    name="award",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tellings", to="grants.award"
                    ),
                ),
                migrations.AddField(
                    model_name="impactitem",
                    name="latest_revision",
                    field=models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="latest revision",
                    ),
                ),
                migrations.AddField(
                    model_name="impactitem",
                    name="live_revision",
                    field=models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="live revision",
                    ),
                ),
                migrations.AddField(
                    model_name="impactitem",
                    name="page",
                    field=models.ForeignKey(
                        blank=True,
                        help_text="Where one can read more: an appeal, a story.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.page",
                    ),
                ),
                migrations.AddField(
                    model_name="impactitem",
                    name="picture",
                    field=models.ForeignKey(
                        blank=True,
                        help_text="Decoration: it needs no words.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="content.charityimage",
                    ),
                ),
                migrations.AddField(
                    model_name="notice",
                    name="latest_revision",
                    field=models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="latest revision",
                    ),
                ),
                migrations.AddField(
                    model_name="notice",
                    name="live_revision",
                    field=models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="live revision",
                    ),
                ),
                migrations.AddField(
                    model_name="notice",
                    name="section",
                    field=models.ForeignKey(
                        blank=True,
                        help_text="Shown on this page and all below it. Leave empty for the whole site, forms included.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wagtailcore.page",
                    ),
                ),
                migrations.AddField(
                    model_name="storyindexpage",
                    name="share_picture",
                    field=models.ForeignKey(
                        blank=True,
                        help_text="Shown where the page is shared.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="content.charityimage",
                    ),
                ),
                migrations.AddField(
                    model_name="storypage",
                    name="appeal_page",
                    field=models.ForeignKey(
                        blank=True,
                        help_text="The work that this story tells of. Leave empty for a story that asks for nothing.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="content.appealpage",
                    ),
                ),
                migrations.AddField(
                    model_name="storypage",
                    name="consent",
                    field=models.ForeignKey(
                        help_text="Without one that stands nothing is published. It must cover words and health.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stories",
                        to="content.consentrecord",
                    ),
                ),
                migrations.AddField(
                    model_name="storypage",
                    name="picture",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="content.charityimage",
                    ),
                ),
                migrations.AddField(
                    model_name="storypage",
                    name="share_picture",
                    field=models.ForeignKey(
                        blank=True,
                        help_text="Shown where the page is shared.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="content.charityimage",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="accreditation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("begins_on")), _connector="OR"
                        ),
                        name="accreditation_ends_after_it_begins",
                        violation_error_message="An accreditation cannot end before it begins.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="accreditation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("live", False),
                            models.Q(("evidence_url", ""), _negated=True),
                            models.Q(("evidence", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="accreditation_is_published_with_evidence",
                        violation_error_message="Nothing is claimed without evidence: an address, or the certificate.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="appointment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("begins_on")), _connector="OR"
                        ),
                        name="appointment_ends_after_it_begins",
                        violation_error_message="An appointment cannot end before it begins.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="consentrecord",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("covers_words", True),
                            ("covers_picture", True),
                            ("covers_name", True),
                            ("covers_health", True),
                            _connector="OR",
                        ),
                        name="consent_covers_something",
                        violation_error_message="Say what this consent covers: words, picture, name or health.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="consentrecord",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("on_website", True),
                            ("on_social_media", True),
                            ("in_print", True),
                            ("to_press", True),
                            _connector="OR",
                        ),
                        name="consent_names_a_place",
                        violation_error_message="Say where it may be shown.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="consentrecord",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("expires_on__isnull", True), ("expires_on__gte", models.F("given_on")), _connector="OR"
                        ),
                        name="consent_ends_after_it_begins",
                        violation_error_message="A consent cannot end before it was given.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="consentrecord",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("withdrawn_at__isnull", True),
                                ("withdrawn_because", ""),
                                ("withdrawn_by__isnull", True),
                            ),
                            models.Q(
                                ("withdrawn_at__isnull", False),
                                ("withdrawn_by__isnull", False),
                                models.Q(("withdrawn_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="consent_withdrawal_is_whole",
                        violation_error_message="A withdrawal says when, who recorded it, and why.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="impactitem",
                    constraint=models.UniqueConstraint(
                        fields=("award",),
                        name="award_is_told_once",
                        violation_error_message="This award is told already: change that telling instead.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="impactitem",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("kind__in", ["post", "equipment", "treatment", "research"])),
                        name="impact_kind_is_known",
                        violation_error_message="Choose what the money became.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="notice",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("ends_at__isnull", True), ("ends_at__gt", models.F("begins_at")), _connector="OR"
                        ),
                        name="notice_ends_after_it_begins",
                        violation_error_message="A notice cannot end before it begins.",
                    ),
                ),
            ]
        ),
        beside(__file__),
    ]
