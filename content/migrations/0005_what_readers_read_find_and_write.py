import django.contrib.postgres.indexes
import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import modelcluster.fields
import modelsearch.index
import wagtail.contrib.forms.models
import wagtail.fields
import wagtail.models.preview
from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations, models
from almoner.kit.together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0004_consent_stories_and_proof"),
        ("grants", "0006_rounds"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtaildocs", "0014_alter_document_file_size"),
    ]

    operations = [
        # Likeness of words for misspellings; both are trusted extensions, which the owner of a database may add.
        TrigramExtension(),
        UnaccentExtension(),
        # “reading”: English, where Zoë is found by Zoe.
        migrations.RunSQL(
            "CREATE TEXT SEARCH CONFIGURATION reading (COPY = pg_catalog.english);"
            "ALTER TEXT SEARCH CONFIGURATION reading"
            " ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem",
            "DROP TEXT SEARCH CONFIGURATION reading",
        ),
        Together(
            [
                migrations.CreateModel(
                    name="FormMessage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("form_data", models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                        ("submit_time", models.DateTimeField(auto_now_add=True, verbose_name="submit time")),
                        (
                            "page",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="wagtailcore.page"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "message",
                    },
                ),
                migrations.CreateModel(
                    name="FormPage",
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
                        ("button", models.CharField(default="Send", max_length=40)),
                        (
                            "thanks_title",
                            models.CharField(default="Thank you, your message has reached us", max_length=100),
                        ),
                        ("thanks", wagtail.fields.RichTextField(help_text="What happens next, and when.")),
                        (
                            "share_picture",
                            models.ForeignKey(
                                blank=True,
                                help_text="Shown where the page is shared.",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="content.charityimage",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                    bases=(wagtail.contrib.forms.models.FormMixin, "wagtailcore.page", models.Model),
                ),
                migrations.CreateModel(
                    name="FormField",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                        (
                            "clean_name",
                            models.CharField(
                                blank=True,
                                default="",
                                help_text="Safe name of the form field, the label converted to ascii_snake_case",
                                max_length=255,
                                verbose_name="name",
                            ),
                        ),
                        (
                            "label",
                            models.CharField(
                                help_text="The label of the form field", max_length=255, verbose_name="label"
                            ),
                        ),
                        ("required", models.BooleanField(default=True, verbose_name="required")),
                        (
                            "choices",
                            models.TextField(
                                blank=True,
                                help_text="Comma or new line separated list of choices. Only applicable in checkboxes, radio and dropdown.",
                                verbose_name="choices",
                            ),
                        ),
                        (
                            "default_value",
                            models.TextField(
                                blank=True,
                                help_text="Default value. Comma or new line separated values supported for checkboxes.",
                                verbose_name="default value",
                            ),
                        ),
                        ("help_text", models.CharField(blank=True, max_length=255, verbose_name="help text")),
                        (
                            "field_type",
                            models.CharField(
                                choices=[
                                    ("singleline", "One line of text"),
                                    ("multiline", "Several lines of text"),
                                    ("email", "Email address"),
                                    ("checkbox", "One box to tick"),
                                    ("checkboxes", "Several boxes to tick"),
                                    ("dropdown", "A list to choose from"),
                                    ("radio", "A few answers, of which one is chosen"),
                                ],
                                max_length=16,
                                verbose_name="kind of answer",
                            ),
                        ),
                        (
                            "page",
                            modelcluster.fields.ParentalKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="form_fields",
                                to="content.formpage",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["sort_order"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="NewsIndexPage",
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
                        (
                            "share_picture",
                            models.ForeignKey(
                                blank=True,
                                help_text="Shown where the page is shared.",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="content.charityimage",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                    bases=("wagtailcore.page", models.Model),
                ),
                migrations.CreateModel(
                    name="PeoplePage",
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
                        ("body", wagtail.fields.StreamField([], blank=True, block_lookup={})),
                        (
                            "share_picture",
                            models.ForeignKey(
                                blank=True,
                                help_text="Shown where the page is shared.",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="content.charityimage",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                    bases=("wagtailcore.page", models.Model),
                ),
                migrations.CreateModel(
                    name="ProgrammeIndexPage",
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
                        (
                            "share_picture",
                            models.ForeignKey(
                                blank=True,
                                help_text="Shown where the page is shared.",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="content.charityimage",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                    bases=("wagtailcore.page", models.Model),
                ),
                migrations.CreateModel(
                    name="ProgrammePage",
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
                        ("standfirst", models.TextField(help_text="What it gives for, and to whom.", max_length=300)),
                        (
                            "how_to_apply",
                            wagtail.fields.RichTextField(help_text="Shown while a round is open or announced."),
                        ),
                        ("body", wagtail.fields.StreamField([], blank=True, block_lookup={})),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="grants.programme"
                            ),
                        ),
                        (
                            "share_picture",
                            models.ForeignKey(
                                blank=True,
                                help_text="Shown where the page is shared.",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="content.charityimage",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                    bases=("wagtailcore.page", models.Model),
                ),
                migrations.CreateModel(
                    name="PublicationIndexPage",
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
                        (
                            "share_picture",
                            models.ForeignKey(
                                blank=True,
                                help_text="Shown where the page is shared.",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="content.charityimage",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                    bases=("wagtailcore.page", models.Model),
                ),
                migrations.CreateModel(
                    name="PublicationPage",
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
                            "summary",
                            models.TextField(
                                help_text="What it says, in words that everybody knows. It comes first.",
                                verbose_name="plain summary",
                            ),
                        ),
                        (
                            "authors",
                            models.CharField(
                                help_text="As they are cited: “M. Tidewell, J. Spindrift”.", max_length=400
                            ),
                        ),
                        ("journal", models.CharField(blank=True, max_length=200, verbose_name="journal or publisher")),
                        (
                            "published_on",
                            models.DateField(default=django.utils.timezone.localdate, verbose_name="date"),
                        ),
                        (
                            "doi",
                            models.CharField(
                                blank=True,
                                help_text="As in 10.1234/abc.5, without https://doi.org/.",
                                max_length=120,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^10\\.\\d{4,9}/\\S+$", "A DOI begins with 10., as in 10.1234/abc.5."
                                    )
                                ],
                                verbose_name="DOI",
                            ),
                        ),
                        (
                            "licence",
                            models.CharField(
                                choices=[
                                    ("cc-by", "Creative Commons Attribution 4.0"),
                                    ("cc-by-nc", "Creative Commons Attribution, not for profit 4.0"),
                                    ("cc-by-nd", "Creative Commons Attribution, no changes 4.0"),
                                    ("ogl", "Open Government Licence 3.0"),
                                    ("reserved", "All rights reserved"),
                                ],
                                default="reserved",
                                max_length=10,
                            ),
                        ),
                        (
                            "body",
                            wagtail.fields.StreamField(
                                [],
                                blank=True,
                                block_lookup={},
                                help_text="Everybody can read a web page, on any screen; a PDF many cannot.",
                                verbose_name="the text as a web page",
                            ),
                        ),
                        (
                            "web_version",
                            models.URLField(
                                blank=True,
                                help_text="If the text is a page of the journal.",
                                verbose_name="web version elsewhere",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                help_text="Kind and size are said beside the link.",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="wagtaildocs.document",
                                verbose_name="file",
                            ),
                        ),
                        (
                            "share_picture",
                            models.ForeignKey(
                                blank=True,
                                help_text="Shown where the page is shared.",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="content.charityimage",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                    bases=("wagtailcore.page", models.Model),
                ),
                migrations.CreateModel(
                    name="SearchTerm",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("words", models.CharField(max_length=100)),
                        ("day", models.DateField()),
                        ("times", models.PositiveIntegerField(default=1)),
                        ("found", models.PositiveIntegerField()),
                    ],
                    options={
                        "verbose_name": "search term",
                        "ordering": ["-day", "words"],
                        "constraints": [
                            models.UniqueConstraint(fields=("words", "day"), name="search_term_is_counted_once_a_day"),
                            models.CheckConstraint(
                                condition=models.Q(("words", ""), _negated=True), name="search_term_has_words"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SupportIndexPage",
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
                        (
                            "body",
                            wagtail.fields.StreamField(
                                [], blank=True, block_lookup={}, help_text="Words above the directory."
                            ),
                        ),
                        (
                            "share_picture",
                            models.ForeignKey(
                                blank=True,
                                help_text="Shown where the page is shared.",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="content.charityimage",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                    bases=("wagtailcore.page", models.Model),
                ),
                migrations.CreateModel(
                    name="Topic",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=60)),
                        (
                            "slug",
                            models.SlugField(help_text="As in “research”.", max_length=60, verbose_name="address"),
                        ),
                    ],
                    options={
                        "ordering": ["name"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("slug",),
                                name="topic_has_an_address_of_its_own",
                                violation_error_message="There is already a topic with this address.",
                            )
                        ],
                    },
                    bases=(modelsearch.index.Indexed, models.Model),
                ),
                migrations.CreateModel(
                    name="Word",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("word", models.CharField(max_length=40)),
                        ("pages", models.PositiveIntegerField()),
                    ],
                    options={
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["word"], name="word_by_likeness", opclasses=["gin_trgm_ops"]
                            )
                        ],
                        "constraints": [models.UniqueConstraint(fields=("word",), name="word_is_known_once")],
                    },
                ),
                migrations.CreateModel(
                    name="SupportService",
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
                        ("name", models.CharField(max_length=120)),
                        (
                            "way",
                            models.CharField(
                                choices=[
                                    ("helpline", "By telephone"),
                                    ("group", "In a group"),
                                    ("online", "Online"),
                                    ("visit", "In person"),
                                    ("money", "With money"),
                                ],
                                max_length=10,
                                verbose_name="how it helps",
                            ),
                        ),
                        (
                            "region",
                            models.CharField(
                                choices=[
                                    ("uk", "The whole of the UK"),
                                    ("england", "England"),
                                    ("scotland", "Scotland"),
                                    ("wales", "Wales"),
                                    ("northern-ireland", "Northern Ireland"),
                                ],
                                default="uk",
                                max_length=20,
                                verbose_name="where",
                            ),
                        ),
                        (
                            "place",
                            models.CharField(
                                blank=True, help_text="If it meets somewhere: “Eastquay library”.", max_length=120
                            ),
                        ),
                        ("offers", models.TextField(max_length=500, verbose_name="what it offers")),
                        (
                            "times",
                            models.CharField(help_text="When somebody answers, or when it meets.", max_length=150),
                        ),
                        ("telephone", models.CharField(blank=True, max_length=30)),
                        ("email", models.EmailField(blank=True, max_length=254)),
                        ("website", models.URLField(blank=True)),
                        ("checked_on", models.DateField(blank=True, null=True, verbose_name="details checked on")),
                        (
                            "latest_revision",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="wagtailcore.revision",
                                verbose_name="latest revision",
                            ),
                        ),
                        (
                            "live_revision",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="wagtailcore.revision",
                                verbose_name="live revision",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                help_text="Who runs it. Leave empty if we do.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="services",
                                to="content.organisation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("name",),
                                name="support_service_is_named_once",
                                violation_error_message="There is already a service of this name.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("telephone", ""), _negated=True),
                                    models.Q(("email", ""), _negated=True),
                                    models.Q(("website", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="support_service_can_be_reached",
                                violation_error_message="Say how it is reached: a telephone number, an email address or a website.",
                            ),
                        ],
                    },
                    bases=(wagtail.models.preview.PreviewableMixin, modelsearch.index.Indexed, models.Model),
                ),
                migrations.CreateModel(
                    name="NewsPage",
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
                        ("standfirst", models.TextField(help_text="What happened, in two sentences.", max_length=300)),
                        (
                            "published_on",
                            models.DateField(default=django.utils.timezone.localdate, verbose_name="date"),
                        ),
                        (
                            "byline",
                            models.CharField(
                                blank=True, help_text="Who wrote it. Leave empty for the charity.", max_length=120
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                blank=True, help_text="Where it appeared first, if it was not here.", max_length=150
                            ),
                        ),
                        ("source_url", models.URLField(blank=True, verbose_name="address of the source")),
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
                        (
                            "appeal_page",
                            models.ForeignKey(
                                blank=True,
                                help_text="What this has to do with. It stands at the end, with a way to give.",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="content.appealpage",
                                verbose_name="related appeal",
                            ),
                        ),
                        (
                            "picture",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="content.charityimage",
                            ),
                        ),
                        (
                            "share_picture",
                            models.ForeignKey(
                                blank=True,
                                help_text="Shown where the page is shared.",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="content.charityimage",
                            ),
                        ),
                        (
                            "topics",
                            modelcluster.fields.ParentalManyToManyField(
                                blank=True, related_name="news", to="content.topic"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("source_url", ""), models.Q(("source", ""), _negated=True), _connector="OR"
                                ),
                                name="news_source_with_an_address_has_a_name",
                                violation_error_message="Say what the source is called, not only where it is.",
                            )
                        ],
                    },
                    bases=("wagtailcore.page", models.Model),
                ),
            ]
        ),
    ]
