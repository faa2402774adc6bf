"""Consent: what a person agreed that we show of them, where, until when; and whether they have taken it back.

A story, its picture, a patient's endorsement and a person named as a patient each hold the key of one. What the
public may see asks `standing` of it at every showing; `content.actions.consenting` takes down what has fallen.
"""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel

from almoner.kit import private
from almoner.kit.references import readable
from content.staff.widgets import PrivateFileInput


def kept_as(record: models.Model, filename: str) -> str:
    """A name of ours: what people call their files may hold anything."""
    return f"evidence/{readable('E', 20)}"


def standing(at: str = "", on: date | None = None) -> Q:
    """That the consent at this key (“consent”, “storypage__consent”) stands on that day: today, unless said otherwise.

    It is not true of a row that holds none.
    """
    day, key = on or timezone.localdate(), f"{at}__" if at else ""
    begun = Q(**{f"{key}withdrawn_at__isnull": True, f"{key}given_on__lte": day})
    return begun & (Q(**{f"{key}expires_on__isnull": True}) | Q(**{f"{key}expires_on__gte": day}))


def none_has_fallen(on: date | None = None) -> Q:
    """Of rows with a key called `consent`: that it stands, or that there is none."""
    return Q(consent__isnull=True) | standing("consent", on)


def may_be_read(on: date | None = None) -> Q:
    """Of a page: that no consent forbids it."""
    return Q(storypage__isnull=True) | standing("storypage__consent", on)


class ConsentQuerySet(models.QuerySet["ConsentRecord"]):
    """Consents, asked for in English."""

    def standing(self, on: date | None = None) -> "ConsentQuerySet":
        """Given, not withdrawn, not run out."""
        return self.filter(standing(on=on))

    def fallen(self, on: date | None = None) -> "ConsentQuerySet":
        """Withdrawn, or run out."""
        return self.filter(Q(withdrawn_at__isnull=False) | Q(expires_on__lt=on or timezone.localdate()))


class ConsentRecord(models.Model):  # type: ignore[django-manager-missing]  # Wagtail publishes no types
    """One person's consent. It is kept when it has ended: it shows what we were allowed, and until when."""

    class ReachedUsBy(models.TextChoices):
        """How it reached us."""

        FORM = "form", _("Signed form")
        EMAIL = "email", _("Email")
        LETTER = "letter", _("Letter")
        SPOKEN = "spoken", _("Spoken, written down by us")

    name = models.CharField(max_length=120, help_text=_("Whose consent it is. Only staff see this name."))
    covers_words = models.BooleanField(_("their words"), default=False)
    covers_picture = models.BooleanField(_("their picture"), default=False)
    covers_name = models.BooleanField(
        _("their own name"), default=False, help_text=_("If not, they appear under another.")
    )
    covers_health = models.BooleanField(
        _("their health"), default=False, help_text=_("That we say they are, or were, ill. Health is sensitive data.")
    )
    on_website = models.BooleanField(_("on this website"), default=True)
    on_social_media = models.BooleanField(_("on social media"), default=False)
    in_print = models.BooleanField(_("in print"), default=False)
    to_press = models.BooleanField(_("given to the press"), default=False)
    wording_version = models.CharField(max_length=40, help_text=_("Which form they read: “Consent form 3, May 2026”."))
    reached_us_by = models.CharField(max_length=10, choices=ReachedUsBy.choices)
    given_on = models.DateField()
    expires_on = models.DateField(
        null=True, blank=True, help_text=_("The last day. From the next, everything is taken down by itself.")
    )
    evidence = models.FileField(
        storage=private.storage, upload_to=kept_as, blank=True,
        help_text=_("The signed form or the letter. It is kept where no web server looks."),
    )  # fmt: skip
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("who looks after it"), help_text=_("Hears 90 and 30 days before it ends, and on the day."),
    )  # fmt: skip
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    withdrawn_because = models.TextField(blank=True, editable=False)

    objects = ConsentQuerySet.as_manager()

    panels = [
        FieldPanel("name"),
        MultiFieldPanel(
            [FieldPanel(f"covers_{each}") for each in ("words", "picture", "name", "health")],
            heading=_("What it covers"),
        ),
        MultiFieldPanel(
            [FieldPanel(each) for each in ("on_website", "on_social_media", "in_print", "to_press")], heading=_("Where")
        ),
        MultiFieldPanel(
            [
                FieldPanel("wording_version"),
                FieldPanel("reached_us_by"),
                FieldPanel("given_on"),
                FieldPanel("expires_on"),
                FieldPanel("evidence", widget=PrivateFileInput),
            ],
            heading=_("How it was given"),
        ),
        FieldPanel("owner"),
        HelpPanel(template="content/staff/consent_help.html", heading=_("If they change their mind")),
    ]

    class Meta:
        verbose_name = _("consent")
        ordering = ["-given_on", "-pk"]
        default_permissions = ("add", "change", "view")  # nobody deletes one
        permissions = [("withdraw_consentrecord", "Can record that a consent was withdrawn")]
        constraints = [
            models.CheckConstraint(
                condition=Q(covers_words=True) | Q(covers_picture=True) | Q(covers_name=True) | Q(covers_health=True),
                name="consent_covers_something",
                violation_error_message=_("Say what this consent covers: words, picture, name or health."),
            ),
            models.CheckConstraint(
                condition=Q(on_website=True) | Q(on_social_media=True) | Q(in_print=True) | Q(to_press=True),
                name="consent_names_a_place",
                violation_error_message=_("Say where it may be shown."),
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=F("given_on")),
                name="consent_ends_after_it_begins",
                violation_error_message=_("A consent cannot end before it was given."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_because="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_because=""),
                name="consent_withdrawal_is_whole",
                violation_error_message=_("A withdrawal says when, who recorded it, and why."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.given_on:%-d %B %Y}{self.how_it_ended}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Its pictures know its end too."""
        super().save(*args, **kwargs)
        self.pictures.update(hidden_from=self.gone_from)

    @property
    def how_it_ended(self) -> str:
        """“ (withdrawn)”, “ (ran out)”, or nothing."""
        if self.withdrawn_at:
            return gettext(" (withdrawn)")
        return "" if self.stands() or self.given_on > timezone.localdate() else gettext(" (ran out)")

    def clean(self) -> None:
        """Nobody consents tomorrow."""
        super().clean()
        if self.given_on and self.given_on > timezone.localdate():
            raise ValidationError({"given_on": gettext("A consent is recorded when it has been given, not before.")})

    def stands(self, on: date | None = None) -> bool:
        """What `standing` asks, of this one."""
        day = on or timezone.localdate()
        return (
            self.withdrawn_at is None and self.given_on <= day and (self.expires_on is None or self.expires_on >= day)
        )

    @property
    def gone_from(self) -> date | None:
        """The first day on which it does not stand any more; None if it has no end."""
        if self.withdrawn_at:
            return timezone.localdate(self.withdrawn_at)
        return self.expires_on + timedelta(days=1) if self.expires_on else None

    def lacks(self, *wanted: str) -> list[str]:
        """What of “words”, “picture”, “name”, “health” it does not cover; “website” if it is not for this site."""
        missing = [each for each in wanted if not getattr(self, f"covers_{each}")]
        return missing if self.on_website else [*missing, "website"]


def why_not(consent: ConsentRecord | None, *wanted: str, on: date | None = None) -> str:
    """The sentence that says why something may not be published with this consent; empty if it may."""
    if consent is None:
        return gettext("Nothing is published without consent: choose the consent that is on file.")
    if consent.withdrawn_at:
        return gettext("This consent was withdrawn. What it covered stays down.")
    if not consent.stands(on):
        return gettext("This consent does not stand on that day: ask again, and choose the new one.")
    lacks = consent.lacks(*wanted)
    return gettext("This consent does not cover: %s.") % ", ".join(lacks) if lacks else ""
