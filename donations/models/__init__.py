"""The nouns of giving, one a file."""

from donations.models.appeal import Appeal, SuggestedAmount
from donations.models.contact import ContactPermission, Suppression
from donations.models.correction import Correction
from donations.models.data_request import DataRequest
from donations.models.declaration import Declaration
from donations.models.dispute import Dispute, DisputeMovement
from donations.models.donation import Donation
from donations.models.donor import Donor
from donations.models.donor_key import DonorKey, KeyAsking
from donations.models.draft import Draft
from donations.models.export_log import ExportLog
from donations.models.import_run import ImportRun
from donations.models.letter import Letter
from donations.models.letter_words import LetterWords
from donations.models.match import Match, MatchedGift
from donations.models.payment import Payment
from donations.models.payout import BalanceLine, Payout
from donations.models.pledge import Pledge
from donations.models.reconciliation import Reconciliation
from donations.models.refund import Refund
from donations.models.regular_gift import RegularGift, RegularGiftChange
from donations.models.scan import DeclarationScan
from donations.models.sighting import Sighting, WatchedMinute
from donations.models.stripe_event import StripeEvent
from donations.models.tribute import Tribute
from donations.models.wording import Wording

__all__ = [
    "Appeal",
    "BalanceLine",
    "ContactPermission",
    "Correction",
    "DataRequest",
    "Declaration",
    "DeclarationScan",
    "Dispute",
    "DisputeMovement",
    "Donation",
    "Donor",
    "DonorKey",
    "Draft",
    "ExportLog",
    "ImportRun",
    "KeyAsking",
    "Letter",
    "LetterWords",
    "Match",
    "MatchedGift",
    "Payment",
    "Payout",
    "Pledge",
    "Reconciliation",
    "Refund",
    "RegularGift",
    "RegularGiftChange",
    "Sighting",
    "StripeEvent",
    "SuggestedAmount",
    "Suppression",
    "Tribute",
    "WatchedMinute",
    "Wording",
]
