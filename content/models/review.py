"""When a page was last reviewed as a whole, by whom, and when it is due again. A missed date is said, never hidden."""

import hashlib
import json
from calendar import monthrange
from datetime import date
from typing import Any, Self

from django import forms
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel

from content.models.consent import why_not
from content.models.review_settings import ReviewSettings

WHAT_IS_REVIEWED = ("title", "standfirst", "body")


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last one of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def digest_of(fields: dict[str, Any]) -> str:
    """What was read, in a few letters: the same for the same words, whatever numbers its blocks bear."""
    told = {name: fields.get(name) or "" for name in WHAT_IS_REVIEWED}
    body = told["body"]
    told["body"] = _without_numbers(json.loads(body) if isinstance(body, str) and body else body)
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()


def _without_numbers(part: Any) -> Any:
    """Blocks without the numbers that Wagtail gives them."""
    if isinstance(part, dict):
        bare = {"type", "value"} <= part.keys()
        return {name: _without_numbers(value) for name, value in part.items() if not (bare and name == "id")}
    return [_without_numbers(each) for each in part] if isinstance(part, list) else part


class ReviewedPageForm(WagtailAdminPageForm):
    """Dates of review change only together with the statement that the whole page was reviewed."""

    whole_page_was_reviewed = forms.BooleanField(
        label=_("The whole page was reviewed"),
        required=False,
        help_text=_("Not for a corrected word: only if somebody who knows has read all of it, and the sources."),
    )

    def clean(self) -> dict[str, Any]:
        """A review has a day and a reviewer; without a review no date moves."""
        cleaned: dict[str, Any] = super().clean()
        if cleaned.get("whole_page_was_reviewed"):
            self.is_reviewed(cleaned)
        else:
            self.is_not_reviewed(cleaned)
        for person in cleaned.get("lay_reviewers") or []:
            if why := why_not(person.consent, "name", "health"):
                self.add_error("lay_reviewers", f"{person}: {why}")
        return cleaned

    def is_reviewed(self, cleaned: dict[str, Any]) -> None:
        """Fill in what was left empty: today, and the usual time from then."""
        today = timezone.localdate()
        before = self.instance.reviewed_on
        said = cleaned.get("reviewed_on")
        if said is None or said == before:  # ticked, and no other day named
            said = today
        if said > today:
            self.add_error("reviewed_on", _("A review cannot have been in the future."))
        if not cleaned.get("reviewer"):
            self.add_error("reviewer", _("Say who reviewed the page."))
        due = cleaned.get("next_review_on")
        if due is None or due == self.instance.next_review_on:
            due = months_after(said, ReviewSettings.ours().months)
        if due <= said:
            self.add_error("next_review_on", _("The next review comes after the last."))
        cleaned["reviewed_on"], cleaned["next_review_on"] = said, due

    def is_not_reviewed(self, cleaned: dict[str, Any]) -> None:
        """The days and the name stay as they were; an earlier day for the next review may always be set."""
        for name in ("reviewed_on", "reviewer"):
            if name in cleaned and cleaned[name] != getattr(self.instance, name):
                self.add_error(name, _("This changes only when the whole page was reviewed: then tick that box."))
        due, before = cleaned.get("next_review_on"), self.instance.next_review_on
        if before is not None and (due is None or due > before):
            self.add_error("next_review_on", _("Only a review moves this to a later day: then tick the box above."))

    def save(self, commit: bool = True) -> Any:
        """Remember which words were reviewed."""
        if self.cleaned_data.get("whole_page_was_reviewed"):
            self.instance.reviewed_words = self.instance.words_digest()
        return super().save(commit=commit)


class ReviewMixin(models.Model):
    """A page that somebody who knows reads as a whole every few years."""

    reviewed_on = models.DateField(_("last reviewed on"), null=True, blank=True)
    next_review_on = models.DateField(
        _("next review by"),
        null=True,
        blank=True,
        help_text=_("If left empty: as long after the last as Settings, Reviews says."),
    )
    reviewer = models.ForeignKey(
        "content.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("reviewed by"), help_text=_("The clinician who answers for what the page says."),
    )  # fmt: skip
    authors = ParentalManyToManyField("content.Person", blank=True, related_name="+", verbose_name=_("written by"))
    lay_reviewers = ParentalManyToManyField(
        "content.Person", blank=True, related_name="+", verbose_name=_("read by people who live with this")
    )
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("looked after by"),
        help_text=_("Hears in time that a review is due. Whoever made the page, if left empty."),
    )  # fmt: skip
    reviewed_words = models.CharField(max_length=64, blank=True, editable=False)  # what `words_digest` was that day

    needs_review = False  # whether a page of this kind says so if nobody has reviewed it yet
    base_form_class = ReviewedPageForm
    review_panels = [
        MultiFieldPanel(
            [
                HelpPanel(
                    _("Readers see these at the foot of the page. If the date is missed, the page stays and says so.")
                ),
                FieldPanel("whole_page_was_reviewed"),
                FieldPanel("reviewed_on"),
                FieldPanel("reviewer"),
                FieldPanel("next_review_on"),
                FieldPanel("authors"),
                FieldPanel("lay_reviewers"),
                FieldPanel("keeper"),
            ],
            heading=_("Review"),
        )
    ]

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(next_review_on__isnull=True)
                | Q(reviewed_on__isnull=True)
                | Q(next_review_on__gt=F("reviewed_on")),
                name="%(class)s_is_reviewed_again_later",
                violation_error_message=_("The next review comes after the last."),
            ),
            models.CheckConstraint(
                condition=Q(reviewed_on__isnull=True) | Q(reviewer__isnull=False),
                name="%(class)s_is_reviewed_by_somebody",
                violation_error_message=_("Say who reviewed the page."),
            ),
        ]

    def mark_reviewed(self: Self, *, by: Any, on: date, next_on: date | None = None) -> None:
        """The page as it now reads was reviewed as a whole by this Person. The caller saves it."""
        self.reviewed_on, self.reviewer = on, by
        self.next_review_on = next_on or months_after(on, ReviewSettings.ours().months)
        self.reviewed_words = self.words_digest()

    def words_digest(self) -> str:
        """What the page says now, in a few letters."""
        fields = {name: self._meta.get_field(name) for name in WHAT_IS_REVIEWED}
        return digest_of({name: field.value_to_string(self) for name, field in fields.items()})  # type: ignore[union-attr]  # all are columns

    @property
    def named_reviewer(self) -> Any:
        """Who reviewed it, if we may name them."""
        return self.reviewer if self.reviewer is not None and self.reviewer.may_be_shown else None

    @property
    def named_authors(self) -> list[Any]:
        """Who wrote it, of those whom we may name."""
        return [person for person in self.authors.select_related("consent") if person.may_be_shown]

    @property
    def named_lay_reviewers(self) -> list[Any]:
        """Who read it and lives with this. To name them says that they are ill, so a consent has to stand."""
        return [each for each in self.lay_reviewers.select_related("consent") if each.consent and each.may_be_shown]

    @property
    def is_overdue(self) -> bool:
        """Whether the day of the next review has passed."""
        return self.next_review_on is not None and self.next_review_on < timezone.localdate()

    @property
    def has_changed_since(self) -> bool:
        """Whether what stands here is not, word for word, what was reviewed."""
        return bool(self.reviewed_words) and self.reviewed_words != self.words_digest()

    @property
    def says_when_reviewed(self) -> bool:
        """Whether the foot of the page speaks of reviews."""
        return self.needs_review or self.reviewed_on is not None or self.next_review_on is not None
