"""A Gift Aid declaration: what a donor declared, when, how, and in which words. It is cancelled, never edited."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from donations.models.donor import Donor
from donations.models.pledge import Pledge
from donations.models.wording import Wording, digest

TO_CANCEL = timedelta(days=30)  # from when the written record of a spoken declaration was sent (HMRC, RE1841)
PAST_YEARS = 4


class Scope(models.TextChoices):
    """Which gifts a declaration covers."""

    THIS = "this", _("This gift only")
    FUTURE = "future", _("This gift and any that I make later")
    PAST = "past", _("This gift, any that I make later, and those of the past four years")

    @property
    def gifts(self) -> str:
        """How a declaration names them, after HMRC’s model."""
        return {
            "this": "this donation",
            "future": "this donation and any donations I make in the future",
            "past": "this donation and any donations I make in the future or have made in the past 4 years",
        }[self.value]

    @property
    def gifts_without_one(self) -> str:
        """How one names them that was made without a gift of its own."""
        return self.gifts.removeprefix("this donation and ")


class Channel(models.TextChoices):
    """How it was declared."""

    ONLINE = "online", _("Online")
    PAPER = "paper", _("On paper")
    ORAL = "oral", _("Spoken, with a letter that records it")


class Home(models.TextChoices):
    """Where a donor lives, as HMRC asks it."""

    UK = "uk", _("In the UK")
    ISLANDS = "islands", _("In the Channel Islands or on the Isle of Man")
    ABROAD = "abroad", _("Somewhere else")


class DeclarationQuerySet(models.QuerySet["Declaration"]):
    """Declarations, asked for in English."""

    def standing_on(self, day: date) -> "DeclarationQuerySet":
        """Those in force for a gift of that day: not cancelled before it, nor as if never made.

        A spoken one counts once its written record has been sent (HMRC, RE1841).
        """
        recorded = ~Q(channel=Channel.ORAL) | Q(record_sent_on__isnull=False)
        return self.filter(recorded, Q(cancelled_on__isnull=True) | Q(cancelled_on__gt=day), void=False)


class Declaration(models.Model):
    """One declaration, as declared. Name and address are what was declared, whatever becomes of them later."""

    reference = models.CharField(max_length=20, unique=True)
    donor = models.ForeignKey(Donor, on_delete=models.PROTECT, null=True, blank=True, related_name="declarations")
    pledge = models.OneToOneField(Pledge, on_delete=models.PROTECT, null=True, blank=True, related_name="declaration")
    scope = models.CharField(max_length=6, choices=Scope.choices)
    channel = models.CharField(max_length=6, choices=Channel.choices)
    charity_name = models.CharField(max_length=200)
    first_name = models.CharField(max_length=35)
    last_name = models.CharField(max_length=35)
    home = models.CharField(max_length=7, choices=Home.choices)
    address = models.CharField(_("house and street"), max_length=200)
    town = models.CharField(max_length=60, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="+")
    shown = models.CharField(max_length=64, help_text=_("SHA-256 of the words as they were shown."))
    declared_on = models.DateField()
    declared_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        help_text=_("Of one on paper or spoken: who wrote it down."),
    )  # fmt: skip
    token = models.UUIDField(null=True, blank=True, unique=True, help_text=_("One form sent twice is one declaration."))
    record_sent_on = models.DateField(
        null=True, blank=True, help_text=_("Of a spoken one: when the letter that records it was sent.")
    )
    cancelled_on = models.DateField(null=True, blank=True)
    cancelled_because = models.CharField(max_length=300, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    void = models.BooleanField(default=False, help_text=_("A spoken one cancelled within 30 days: as if never made."))

    objects = DeclarationQuerySet.as_manager()

    class Meta:
        ordering = ["-declared_on", "-pk"]
        default_permissions = ("view",)
        permissions = [("record_declaration", "Can record and cancel declarations for donors")]
        constraints = [
            models.CheckConstraint(
                condition=Q(home="uk") & ~Q(postcode="") | ~Q(home="uk") & Q(postcode=""),
                name="declaration_has_a_postcode_in_the_uk_only",
            ),
            models.CheckConstraint(
                condition=~Q(first_name="") & ~Q(last_name="") & ~Q(address="") & ~Q(charity_name=""),
                name="declaration_is_complete",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_on__isnull=True) | Q(cancelled_on__gte=F("declared_on")),
                name="declaration_is_cancelled_after_it_is_made",
            ),
            models.CheckConstraint(
                condition=Q(void=False) | Q(channel="oral", cancelled_on__isnull=False),
                name="only_a_spoken_declaration_is_void",
            ),
            models.CheckConstraint(
                condition=Q(donor__isnull=False) | Q(pledge__isnull=False), name="declaration_is_somebodys"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference}, {self.declared_on:%-d %B %Y}"

    @property
    def words(self) -> str:
        """The words as they were read: whether they named a gift of their own is told by what was kept of them."""
        scope = Scope(self.scope)
        readings = [
            self.wording.shown(charity=self.charity_name, gifts=gifts)
            for gifts in (scope.gifts, scope.gifts_without_one)
        ]
        return next((words for words in readings if digest(words) == self.shown), readings[0])

    @property
    def name(self) -> str:
        """The name as declared."""
        return f"{self.first_name} {self.last_name}"

    @property
    def lines(self) -> list[str]:
        """The address as declared, a line each."""
        return [line for line in (self.address, self.town, self.postcode) if line]

    def covers(self, day: date) -> bool:
        """Whether a gift of that day, other than the one it was made with, falls under it."""
        if self.void or (self.cancelled_on is not None and day >= self.cancelled_on):
            return False
        if day >= self.declared_on:
            return self.scope != Scope.THIS
        return self.scope == Scope.PAST and day >= years_before(self.declared_on, PAST_YEARS)


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)
