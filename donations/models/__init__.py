"""The nouns of giving, one a file."""

from donations.models.appeal import Appeal, SuggestedAmount
from donations.models.donation import Donation
from donations.models.donor import Donor
from donations.models.export_log import ExportLog
from donations.models.import_run import ImportRun
from donations.models.letter import Letter
from donations.models.pledge import Pledge
from donations.models.stripe_event import StripeEvent

__all__ = [
    "Appeal",
    "Donation",
    "Donor",
    "ExportLog",
    "ImportRun",
    "Letter",
    "Pledge",
    "StripeEvent",
    "SuggestedAmount",
]
