"""The nouns of giving, one a file."""

from donations.models.appeal import Appeal, SuggestedAmount
from donations.models.donation import Donation
from donations.models.donor import Donor
from donations.models.letter import Letter
from donations.models.pledge import Pledge
from donations.models.stripe_event import StripeEvent

__all__ = ["Appeal", "Donation", "Donor", "Letter", "Pledge", "StripeEvent", "SuggestedAmount"]
