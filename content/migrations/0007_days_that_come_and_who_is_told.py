from datetime import date

import content.models.review_settings
import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from almoner.kit.together import Together


def into_one(apps, schema_editor):
    """Both kinds of reminder become one: none that was sent is sent again, none that waits is lost."""
    Reminder = apps.get_model("content", "Reminder")
    for old in apps.get_model("content", "ReviewReminder").objects.select_related("page", "to").exclude(to__email=""):
        facts = {
            "title": old.page.title,
            "due_on": f"{old.due_on:%-d %B %Y}",
            "edit": f"{settings.BASE_URL}/admin/pages/{old.page_id}/edit/",
            "queue": f"{settings.BASE_URL}/admin/reviews/",
        }
        keep(Reminder, old, f"page:{old.page_id}", old.to.email, old.due_on, old.mark, facts)
    for old in apps.get_model("content", "EndingReminder").objects.all():
        kind, number, day, mark = old.about.split(":")
        keep(Reminder, old, f"{kind}:{number}", old.to, date.fromisoformat(day), int(mark), old.facts)


def keep(Reminder, old, about, to, due_on, mark, facts):
    """The same letter in its new place."""
    known = {"facts": facts, "sent_at": old.sent_at}
    new, _ = Reminder.objects.get_or_create(about=about, to=to, due_on=due_on, mark=mark, defaults=known)
    Reminder.objects.filter(pk=new.pk).update(written_at=old.written_at)


def into_two(apps, schema_editor):
    """And back, as far as the two kinds can say it."""
    accounts = apps.get_model("accounts", "User").objects
    pages = apps.get_model("wagtailcore", "Page").objects
    for new in apps.get_model("content", "Reminder").objects.all():
        kind, number = new.about.split(":")
        if kind != "page":
            about, known = f"{new.about}:{new.due_on}:{new.mark}", {"to": new.to, "facts": new.facts}
            apps.get_model("content", "EndingReminder").objects.get_or_create(
                about=about, defaults={**known, "sent_at": new.sent_at}
            )
            continue
        to = accounts.filter(email=new.to).first()
        if to is not None and new.mark in (90, 30, 0) and pages.filter(pk=number).exists():
            apps.get_model("content", "ReviewReminder").objects.get_or_create(
                page_id=int(number), to=to, due_on=new.due_on, mark=new.mark, defaults={"sent_at": new.sent_at}
            )


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0006_look_reading_links_visits_and_templates"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Reminder",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("about", models.CharField(help_text="“endorsement:16”, “page:12”.", max_length=60)),
                        ("to", models.EmailField(max_length=254)),
                        ("due_on", models.DateField()),
                        (
                            "mark",
                            models.PositiveSmallIntegerField(
                                help_text="How many days before that day this was to be said."
                            ),
                        ),
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
                    name="ReviewSettings",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "months",
                            models.PositiveSmallIntegerField(
                                default=36,
                                help_text="The next review is due so many months after the last, unless a reviewer asks for it sooner.",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(120),
                                ],
                                verbose_name="months between two reviews",
                            ),
                        ),
                        (
                            "notice",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.PositiveSmallIntegerField(
                                    validators=[django.core.validators.MaxValueValidator(365)]
                                ),
                                default=content.models.review_settings.usual_notice,
                                help_text="With commas: “90, 30, 0” is three months before, one month before, and on the day. It counts for reviews, and for permissions, consents and accreditations that end.",
                                size=6,
                                verbose_name="days of notice",
                            ),
                        ),
                        (
                            "told",
                            models.CharField(
                                choices=[
                                    (
                                        "keeper",
                                        "Whoever looks after the page; else whoever made it; else all who publish",
                                    ),
                                    ("publishers", "All who publish"),
                                    ("both", "Whoever looks after the page, and all who publish"),
                                ],
                                default="keeper",
                                max_length=10,
                                verbose_name="who hears of a review",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "reviews",
                        "verbose_name_plural": "reviews",
                        "default_permissions": ("view", "change"),
                    },
                ),
                migrations.AddField(
                    model_name="charitysettings",
                    name="messages_to",
                    field=models.EmailField(
                        blank=True,
                        help_text="A letter goes there when somebody has sent a form: that a message waits, not what it says. Nobody is told, if left empty.",
                        max_length=254,
                        verbose_name="who hears of messages",
                    ),
                ),
                migrations.AddField(
                    model_name="person",
                    name="account",
                    field=models.OneToOneField(
                        blank=True,
                        help_text="Of a clinician who signs in: a page that they approve was reviewed by this person.",
                        limit_choices_to={"is_active": True, "is_system": False},
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="their account here",
                    ),
                ),
                migrations.AddField(
                    model_name="reviewlink",
                    name="reviewer",
                    field=models.ForeignKey(
                        blank=True,
                        help_text="Who the page says has reviewed it, once it is approved by this link and published.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="content.person",
                    ),
                ),
                migrations.AddField(
                    model_name="reviewlink",
                    name="sent_to",
                    field=models.EmailField(blank=True, max_length=254),
                ),
                migrations.AlterField(
                    model_name="conditionpage",
                    name="keeper",
                    field=models.ForeignKey(
                        blank=True,
                        help_text="Hears in time that a review is due. Whoever made the page, if left empty.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="looked after by",
                    ),
                ),
                migrations.AlterField(
                    model_name="conditionpage",
                    name="next_review_on",
                    field=models.DateField(
                        blank=True,
                        help_text="If left empty: as long after the last as Settings, Reviews says.",
                        null=True,
                        verbose_name="next review by",
                    ),
                ),
                migrations.AlterField(
                    model_name="infopage",
                    name="keeper",
                    field=models.ForeignKey(
                        blank=True,
                        help_text="Hears in time that a review is due. Whoever made the page, if left empty.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="looked after by",
                    ),
                ),
                migrations.AlterField(
                    model_name="infopage",
                    name="next_review_on",
                    field=models.DateField(
                        blank=True,
                        help_text="If left empty: as long after the last as Settings, Reviews says.",
                        null=True,
                        verbose_name="next review by",
                    ),
                ),
                migrations.AlterField(
                    model_name="treatmentpage",
                    name="keeper",
                    field=models.ForeignKey(
                        blank=True,
                        help_text="Hears in time that a review is due. Whoever made the page, if left empty.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="looked after by",
                    ),
                ),
                migrations.AlterField(
                    model_name="treatmentpage",
                    name="next_review_on",
                    field=models.DateField(
                        blank=True,
                        help_text="If left empty: as long after the last as Settings, Reviews says.",
                        null=True,
                        verbose_name="next review by",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reminder",
                    constraint=models.UniqueConstraint(
                        fields=("about", "to", "due_on", "mark"), name="reminder_is_written_once_at_each_mark"
                    ),
                ),
                migrations.AddField(
                    model_name="reviewsettings",
                    name="site",
                    field=models.OneToOneField(
                        editable=False, on_delete=django.db.models.deletion.CASCADE, to="wagtailcore.site"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reviewsettings",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("months__gte", 1), ("months__lte", 120)),
                        name="review_comes_within_ten_years",
                        violation_error_message="Between one month and ten years.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reviewsettings",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("notice__len__gte", 1)),
                        name="review_is_given_some_notice",
                        violation_error_message="Name at least one day: “0” is the day itself.",
                    ),
                ),
            ]
        ),
        migrations.RunPython(into_one, into_two),
        migrations.DeleteModel(name="EndingReminder"),
        migrations.DeleteModel(name="ReviewReminder"),
    ]
