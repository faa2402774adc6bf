"""The nouns of the ledger. Their laws are in migrations/*.sql; only posting.py writes entries and lines."""

from donations.ledger.models.account import Account, Kind
from donations.ledger.models.entry import Entry, Line
from donations.ledger.models.fund import Fund, FundClass, FundPurpose, Purpose
from donations.ledger.models.position import AwardPosition, Balance, FundPosition, PurposePosition
from donations.ledger.models.seal import Proof, Seal

__all__ = [
    "Account",
    "AwardPosition",
    "Balance",
    "Entry",
    "Fund",
    "FundClass",
    "FundPosition",
    "FundPurpose",
    "Kind",
    "Line",
    "Proof",
    "Purpose",
    "PurposePosition",
    "Seal",
]
