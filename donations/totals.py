"""What an appeal has raised: asked of the ledger's positions, never summed here."""

from donations.ledger import balances
from donations.ledger.money import Money
from donations.models import Appeal


def raised_for(appeal: Appeal) -> Money:
    """What has come into the appeal's fund, in pence."""
    return balances.of_fund(appeal.fund).raised
