"""Totals, kept by the database inside the posting transaction. Python reads them and never writes or adds one up."""

from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import CombinedExpression
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from donations.ledger.models.account import Account
from donations.ledger.models.fund import Fund, Purpose


def _available() -> CombinedExpression:
    """What a decision may still use: money that has come in, less what is spent, awaited or given away."""
    return F("raised") + F("moved") - F("spent") - F("awaited") - F("reserved") - F("awarded")


class Totals(models.Model):
    """The nine running totals, in pence; each is fed by the accounts that name it."""

    raised = models.BigIntegerField(default=0, db_default=0)
    moved = models.BigIntegerField(default=0, db_default=0)
    spent = models.BigIntegerField(default=0, db_default=0)
    awaited = models.BigIntegerField(default=0, db_default=0)
    pledged = models.BigIntegerField(default=0, db_default=0)
    reserved = models.BigIntegerField(default=0, db_default=0)
    awarded = models.BigIntegerField(default=0, db_default=0)
    paid = models.BigIntegerField(default=0, db_default=0)
    owed = models.BigIntegerField(default=0, db_default=0)
    # Made by facts, cured by money, never deepened by a decision.
    shortfall = models.BigIntegerField(default=0, db_default=0)
    available = models.GeneratedField(expression=_available(), output_field=models.BigIntegerField(), db_persist=True)

    class Meta:
        abstract = True


class FundPosition(Totals):
    """A fund's running totals, in pence. Whoever holds this row's lock may touch the fund's other totals."""

    fund = models.OneToOneField(Fund, on_delete=models.PROTECT, primary_key=True, related_name="position")

    class Meta:
        db_table = "ledger_fund_position"
        constraints = [
            models.CheckConstraint(condition=Q(available__gte=-F("shortfall")), name="no_over_allocation"),
            models.CheckConstraint(condition=Q(shortfall__gte=0), name="fund_shortfall_not_negative"),
            models.CheckConstraint(condition=Q(owed=F("awarded") - F("paid")), name="fund_owed_is_awarded_less_paid"),
            models.CheckConstraint(condition=Q(paid__gte=0, paid__lte=F("awarded")), name="fund_paid_within_awarded"),
            models.CheckConstraint(condition=Q(reserved__gte=0), name="fund_reserved_not_negative"),
        ]

    def __str__(self) -> str:
        return f"position of {self.fund}"


class PurposePosition(Totals):
    """A purpose's running totals inside one fund, in pence."""

    pk = models.CompositePrimaryKey("fund_id", "purpose_id")
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="purpose_positions", db_index=False)
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="positions", db_index=False)

    class Meta:
        db_table = "ledger_purpose_position"
        constraints = [
            models.CheckConstraint(condition=Q(available__gte=-F("shortfall")), name="no_over_allocation_for_purpose"),
            models.CheckConstraint(condition=Q(shortfall__gte=0), name="purpose_shortfall_not_negative"),
            models.CheckConstraint(
                condition=Q(owed=F("awarded") - F("paid")), name="purpose_owed_is_awarded_less_paid"
            ),
            models.CheckConstraint(
                condition=Q(paid__gte=0, paid__lte=F("awarded")), name="purpose_paid_within_awarded"
            ),
            models.CheckConstraint(condition=Q(reserved__gte=0), name="purpose_reserved_not_negative"),
        ]

    def __str__(self) -> str:
        return f"position of {self.purpose} in {self.fund}"


class AwardPosition(models.Model):
    """An award's running totals inside one fund, in pence: no award is paid from another's room."""

    pk = models.CompositePrimaryKey("award", "fund_id")
    award = models.CharField(max_length=40)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="award_positions", db_index=False)
    reserved = models.BigIntegerField(default=0, db_default=0)
    awarded = models.BigIntegerField(default=0, db_default=0)
    paid = models.BigIntegerField(default=0, db_default=0)
    owed = models.BigIntegerField(default=0, db_default=0)

    class Meta:
        db_table = "ledger_award_position"
        constraints = [
            # The memo “paid” is tied to the debit on Grants payable.
            models.CheckConstraint(condition=Q(owed=F("awarded") - F("paid")), name="award_owed_is_awarded_less_paid"),
            models.CheckConstraint(condition=Q(paid__gte=0, paid__lte=F("awarded")), name="award_paid_within_awarded"),
            models.CheckConstraint(condition=Q(reserved__gte=0), name="award_reserved_not_negative"),
        ]

    def __str__(self) -> str:
        return f"position of {self.award} in {self.fund}"


class Balance(models.Model):
    """Debits and credits of one month, for reports, in pence."""

    pk = models.CompositePrimaryKey("fund_id", "account_id", "month", "purpose_id", "kind")
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    month = models.DateField(help_text=_("Its first day."))
    purpose = models.ForeignKey(
        Purpose, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    kind = models.CharField(max_length=20)
    debits = models.BigIntegerField(default=0, db_default=0)
    credits = models.BigIntegerField(default=0, db_default=0)
    lines = models.BigIntegerField(default=0, db_default=0)

    class Meta:
        indexes = [models.Index(fields=["month", "account"], name="balance_month_account")]  # a year by heading
        constraints = [
            models.CheckConstraint(condition=Q(debits__gte=0, credits__gte=0), name="balance_not_negative"),
        ]

    def __str__(self) -> str:
        return gettext("%(account)s in %(fund)s, %(month)s") % {
            "account": self.account,
            "fund": self.fund,
            "month": f"{self.month:%B %Y}",
        }
