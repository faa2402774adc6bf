"""Funds and purposes: a fund is a promise made to donors, with its class and its wording."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Purpose(models.Model):
    """What money is for, in the words of the public page."""

    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=100)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["code"], name="purpose_code_once")]

    def __str__(self) -> str:
        return self.name


class FundClass(models.TextChoices):
    """How freely trustees may use a fund (Charities SORP, module 2)."""

    UNRESTRICTED = "unrestricted", _("Unrestricted")  # for anything within the charity's objects
    DESIGNATED = "designated", _("Designated")  # set aside by trustees, who may undo it
    RESTRICTED = "restricted", _("Restricted")  # for what the donors were told
    # Capital that may be spent, under conditions.
    ENDOWMENT_EXPENDABLE = "endowment_expendable", _("Expendable endowment")
    ENDOWMENT_PERMANENT = "endowment_permanent", _("Permanent endowment")  # capital that is kept


class Fund(models.Model):
    """A promise made to donors. Its class and wording stand still once money has come in."""

    code = models.CharField(max_length=20)
    name = models.CharField(max_length=100)
    fund_class = models.CharField(_("class"), max_length=24, choices=FundClass.choices, db_column="class")
    restriction = models.TextField(blank=True, default="", help_text=_("The binding words."))
    source = models.TextField(
        blank=True, default="", help_text=_("Appeal, letter, will or order: where the words are kept.")
    )
    opened = models.DateField()
    closed = models.DateField(null=True, blank=True)
    purposes = models.ManyToManyField(Purpose, through="FundPurpose", related_name="funds")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="fund_code_once"),
            models.CheckConstraint(condition=Q(fund_class__in=FundClass.values), name="fund_class_known"),
            models.CheckConstraint(
                condition=Q(closed__isnull=True) | Q(closed__gte=F("opened")), name="fund_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=Q(fund_class__in=["unrestricted", "designated"]) | (~Q(restriction="") & ~Q(source="")),
                name="restricted_fund_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_restricted(self) -> bool:
        """Whether donors, not trustees, said what the money is for."""
        return self.fund_class not in (FundClass.UNRESTRICTED, FundClass.DESIGNATED)


class FundPurpose(models.Model):
    """What a fund may be used for; a line outside this list cannot exist."""

    pk = models.CompositePrimaryKey("fund_id", "purpose_id")
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="served")
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="served_by")
    usual = models.BooleanField(default=False, help_text=_("Where a gift lands when nobody says otherwise."))
    authority = models.TextField(
        blank=True,
        default="",
        help_text=_("What lets a restricted fund that already holds money serve one purpose more."),
    )

    class Meta:
        db_table = "ledger_fund_purpose"
        constraints = [
            models.UniqueConstraint(fields=["fund"], condition=Q(usual=True), name="fund_has_one_usual_purpose")
        ]

    def __str__(self) -> str:
        return gettext("%(fund)s for %(purpose)s") % {"fund": self.fund, "purpose": self.purpose}
