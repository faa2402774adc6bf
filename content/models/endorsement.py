"""Endorsements: somebody's own words about our work, shown only with permission on file."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Length
from django.db.models.lookups import Exact, LessThanOrEqual
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, PublishingPanel
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin
from wagtail.search import index

from almoner.kit import private
from content import pictures
from content.models.consent import ConsentRecord, kept_as, none_has_fallen
from content.models.permission import EXTRACT, Channel, EndorsementForm, EndorsementKind, words_of
from content.staff.widgets import PrivateFileInput

NEW_LINE = Value("\n", output_field=models.TextField())
LONGEST = 150  # words of a quote: a card that is longer is read by nobody
LONG, OPENING = 280, 140  # letters of a quote from which on it opens in two steps, and at least of the first
SENTENCE_ENDS = re.compile(r"[.!?…](?=\s)")
ALL_WORDS = Concat(F("quote"), NEW_LINE, F("full_text"), NEW_LINE, F("sign_off"))  # as words_of puts them together


@dataclass(frozen=True)
class EndorsementCard:
    """What the public sees of an endorsement: the words, then who said them, once."""

    kind: str
    quote: str
    name: str
    post_nominals: str = ""
    role: str = ""
    organisation: str = ""
    interest_note: str = ""
    full_text: str = ""
    sign_off: str = ""
    picture: Any = None

    @property
    def opening(self) -> str:
        """The words that stand on the card: of a long quote the first sentences."""
        return self.quote[: self._opening_ends].rstrip()

    @property
    def rest(self) -> str:
        """What opens beneath them. Otherwise one long card would leave those beside it half empty."""
        return self.quote[self._opening_ends :].strip()

    @property
    def is_brief(self) -> bool:
        """So few words that they can be set larger: cards of a rail are of one height, and this fills its own."""
        return len(self.opening) < OPENING

    @property
    def _opening_ends(self) -> int:
        if len(self.quote) <= LONG:
            return len(self.quote)
        return next(
            (each.end() for each in SENTENCE_ENDS.finditer(self.quote) if each.end() >= OPENING), len(self.quote)
        )


class EndorsementQuerySet(models.QuerySet["Endorsement"]):
    """Endorsements, asked for in English."""

    def permitted(self, on: date | None = None) -> "EndorsementQuerySet":
        """Published, and with a permission that stands on that day (today, unless said otherwise); a patient's too."""
        day = on or timezone.localdate()
        return self.filter(none_has_fallen(day), live=True, permission_given_on__lte=day).filter(
            Q(permission_expires_on__isnull=True) | Q(permission_expires_on__gte=day)
        )

    def for_cards(self) -> "EndorsementQuerySet":
        """With all that their cards say, in a constant number of queries; whoever shows them asks `may_be_shown`."""
        return self.select_related("person__picture", "organisation", "consent").prefetch_related(
            pictures.of_people("person__picture")
        )


class Endorsement(DraftStateMixin, RevisionMixin, PreviewableMixin, index.Indexed, models.Model):
    """Words, who said them in which role, and the permission to show them."""

    kind = models.CharField(max_length=12, choices=EndorsementKind.choices, default=EndorsementKind.PERSON)
    quote = models.TextField(help_text=_("Without quotation marks. Of a letter: an extract of up to 300 letters."))
    full_text = models.TextField(_("full letter"), blank=True)
    sign_off = models.TextField(blank=True, help_text=_("As the letter ends: “With every good wish”."))
    person = models.ForeignKey(
        "content.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="endorsements"
    )
    organisation = models.ForeignKey(
        "content.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="endorsements",
        help_text=_("Where the person works; of a letter, on whose behalf it was written."),
    )
    role = models.CharField(max_length=150, blank=True, help_text=_("As they held it when they said this."))
    affiliation = models.CharField(
        max_length=200, blank=True, help_text=_("Only if it should be worded otherwise than the organisation's name.")
    )
    interest_note = models.CharField(
        max_length=200, blank=True, help_text=_("“Works for a company that makes medicines for this illness.”")
    )
    chosen_name = models.CharField(max_length=80, blank=True, help_text=_("The name under which a patient speaks."))
    consent = models.ForeignKey(
        ConsentRecord, on_delete=models.PROTECT, null=True, blank=True, related_name="endorsements",
        verbose_name=_("lived-experience consent"),
        help_text=_(
            "That this patient agreed that we show their words and say they are one. Health is sensitive data."
        ),
    )  # fmt: skip
    permission_given_on = models.DateField(_("permission given on"), null=True, blank=True)
    permission_channel = models.CharField(
        _("permission reached us by"), max_length=10, choices=Channel.choices, blank=True
    )
    permission_expires_on = models.DateField(
        _("permission ends on"),
        null=True,
        blank=True,
        help_text=_("From the day after, it leaves every page by itself."),
    )

    permission_given_by = models.CharField(
        _("permission given by"), max_length=150, blank=True, help_text=_("Only if it was not the speaker.")
    )
    permission_evidence = models.FileField(
        _("evidence"), storage=private.storage, upload_to=kept_as, blank=True,
        help_text=_("The letter or email. It is kept where no web server looks."),
    )  # fmt: skip
    permission_covers = models.TextField(
        blank=True, editable=False, help_text=_("The exact words that were permitted. Others are not published.")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("who looks after it"),
        help_text=_("Hears 90 and 30 days before permission ends, and on the day."),
    )  # fmt: skip

    objects = EndorsementQuerySet.as_manager()

    base_form_class = EndorsementForm
    panels = [
        FieldPanel("kind"),
        MultiFieldPanel([FieldPanel("quote"), FieldPanel("full_text"), FieldPanel("sign_off")], heading=_("Words")),
        MultiFieldPanel(
            [
                FieldPanel("person"),
                FieldPanel("organisation"),
                FieldPanel("role"),
                FieldPanel("affiliation"),
                FieldPanel("interest_note"),
            ],
            heading=_("Who says this"),
        ),
        MultiFieldPanel([FieldPanel("chosen_name"), FieldPanel("consent")], heading=_("If it is a patient")),
        MultiFieldPanel(
            [
                HelpPanel(
                    _("Nothing is published without permission. If the words change, permission is asked again.")
                ),
                FieldPanel("permission_given_on"),
                FieldPanel("permission_given_by"),
                FieldPanel("permission_channel"),
                FieldPanel("permission_expires_on"),
                FieldPanel("permission_evidence", widget=PrivateFileInput),
                HelpPanel(template="content/staff/evidence_help.html"),
                FieldPanel("owner"),
            ],
            heading=_("Permission on file"),
        ),
        PublishingPanel(),
    ]
    search_fields = [
        index.SearchField("quote"),
        index.AutocompleteField("quote"),
        index.RelatedFields("person", [index.SearchField("name"), index.AutocompleteField("name")]),
        index.RelatedFields("organisation", [index.SearchField("name")]),
    ]

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="person") | Q(person__isnull=False) & ~Q(role=""),
                name="endorsing_person_has_name_and_role",
                violation_error_message=_("Choose the person, and say in which role they speak."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="letter")
                | Q(person__isnull=False, organisation__isnull=False) & ~Q(full_text="") & ~Q(sign_off=""),
                name="endorsing_letter_is_whole",
                violation_error_message=_("A letter needs its writer, on whose behalf, the full text and how it ends."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="organisation") | Q(organisation__isnull=False, person__isnull=True),
                name="endorsing_organisation_stands_alone",
                violation_error_message=_("Choose the organisation, and leave the person empty."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="industry") | Q(person__isnull=False) & ~Q(role="") & ~Q(interest_note=""),
                name="endorsing_company_declares_interest",
                violation_error_message=_("Choose the person and role, and say what their company sells."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="patient")
                | ~Q(chosen_name="")
                & Q(consent__isnull=False, person__isnull=True, organisation__isnull=True)
                & Q(role="", affiliation=""),
                name="endorsing_patient_has_consented",
                violation_error_message=_(
                    "A patient has a chosen name and a consent on file, and nothing else is shown."
                ),
            ),
            models.CheckConstraint(
                condition=Q(live=False) | Q(permission_given_on__isnull=False) & ~Q(permission_channel=""),
                name="endorsement_is_published_with_permission",
                violation_error_message=_("Nothing is published without permission: when, and how it reached us."),
            ),
            models.CheckConstraint(
                condition=Q(permission_expires_on__isnull=True)
                | Q(permission_expires_on__gte=F("permission_given_on")),
                name="endorsement_permission_ends_after_it_begins",
                violation_error_message=_("Permission cannot end before it was given."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="letter") | Q(LessThanOrEqual(Length("quote"), Value(EXTRACT))),
                name="endorsing_letter_has_a_short_extract",
                violation_error_message=format_lazy(_("An extract has up to {most} letters."), most=EXTRACT),
            ),
            models.CheckConstraint(
                condition=Q(live=False)
                | Q(
                    Exact(F("permission_covers"), Concat(F("quote"), NEW_LINE, F("full_text"), NEW_LINE, F("sign_off")))
                ),
                name="endorsement_is_published_in_the_words_permitted",
                violation_error_message=_("The words have changed since permission was given: ask again."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.speaker}: {self.quote[:60]}"

    def clean(self) -> None:
        """An extract is short, a quote not long; permission comes with the way it reached us."""
        super().clean()
        wrong = {}
        if self.kind == EndorsementKind.LETTER and len(self.quote) > EXTRACT:
            wrong["quote"] = gettext("An extract has up to %(extract)s letters; this has %(number)s.") % {
                "extract": EXTRACT,
                "number": len(self.quote),
            }
        elif (number := len(self.quote.split())) > LONGEST:
            wrong["quote"] = gettext(
                "A quote has up to %(longest)s words; this has %(number)s. Shorten it with their "
                "consent, or choose “A letter”: its full text opens beneath an extract."
            ) % {"longest": LONGEST, "number": number}
        if self.permission_given_on and not self.permission_channel:
            wrong["permission_channel"] = gettext("Say how permission reached us.")
        if wrong:
            raise ValidationError(wrong)

    def permit(self, *, on: date, channel: str, until: date | None = None) -> None:
        """Permission was given for the words as they stand here; not saved yet."""
        self.permission_given_on, self.permission_channel, self.permission_expires_on = on, channel, until
        self.permission_covers = self.words

    @classmethod
    def get_indexed_objects(cls) -> Any:
        """What search may find: no patient's words whose consent has fallen."""
        return super().get_indexed_objects().filter(none_has_fallen())

    @property
    def words(self) -> str:
        """All that the speaker said."""
        return words_of(quote=self.quote, full_text=self.full_text, sign_off=self.sign_off)

    @property
    def speaker(self) -> str:
        """Whose words these are."""
        if self.kind == EndorsementKind.PATIENT:
            return self.chosen_name
        return str(self.person or self.organisation or "")

    def may_be_shown(self, on: date | None = None) -> bool:
        """Whether it is published with a permission that stands on that day; what `permitted()` asks, of one row."""
        day = on or timezone.localdate()
        given, ends = self.permission_given_on, self.permission_expires_on
        if self.consent is not None and not self.consent.stands(day):
            return False
        return bool(self.live and given and given <= day and (ends is None or ends >= day))

    @property
    def card(self) -> EndorsementCard:
        """What the public sees."""
        person, kind = self.person, self.kind
        stands_behind = self.affiliation or (str(self.organisation) if self.organisation else "")
        return EndorsementCard(
            kind=kind,
            quote=self.quote,
            name=self.speaker,
            post_nominals=person.post_nominals if person else "",
            role=self.role,
            organisation="" if kind == EndorsementKind.ORGANISATION else stands_behind,
            interest_note=self.interest_note if kind == EndorsementKind.INDUSTRY else "",
            full_text=self.full_text if kind == EndorsementKind.LETTER else "",
            sign_off=self.sign_off if kind == EndorsementKind.LETTER else "",
            picture=person.portrait if person else None,
        )

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        """Shown as on a page, permitted or not: a preview is for us."""
        return "content/snippets/endorsement.html"
