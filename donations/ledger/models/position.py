"""Totals, kept by the database inside the posting transaction. Python reads them and never writes or adds one up."""

from django.db import models

from donations.ledger.models.fund import Fund, Purpose


class FundPosition(models.Model):
    """A fund's running totals, in pence."""

    fund = models.OneToOneField(Fund, on_delete=models.PROTECT, primary_key=True, related_name="position")
    raised = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"position of {self.fund}"


class PurposePosition(models.Model):
    """A purpose's running totals inside one fund, in pence."""

    pk = models.CompositePrimaryKey("fund_id", "purpose_id")
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="purpose_positions")
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="positions")

    def __str__(self) -> str:
        return f"position of {self.purpose} in {self.fund}"


class AwardPosition(models.Model):
    """An award's running totals inside one fund, in pence."""

    pk = models.CompositePrimaryKey("award", "fund_id")
    award = models.CharField(max_length=40)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="award_positions")

    def __str__(self) -> str:
        return f"position of {self.award} in {self.fund}"


class Balance(models.Model):
    """Debits and credits of one month, for reports, in pence."""

    pk = models.CompositePrimaryKey("fund_id", "account_id", "month", "purpose_id", "kind")
    fund_id = models.IntegerField()
    account_id = models.IntegerField()
    month = models.DateField()
    purpose_id = models.IntegerField()
    kind = models.CharField(max_length=20)

    def __str__(self) -> str:
        return f"{self.month}"
