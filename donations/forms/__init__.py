"""What a donor is asked, a form a question. Whatever is typed wrongly meets a sentence beside its field."""

from donations.forms.amount import OTHER, AmountForm
from donations.forms.asking import Asked
from donations.forms.at_once import AtOnceForm
from donations.forms.check import CheckForm
from donations.forms.contact import ContactForm
from donations.forms.details import DetailsForm
from donations.forms.gift_aid import GiftAidForm, HomeForm
from donations.forms.tribute import TributeForm

__all__ = [
    "OTHER",
    "AmountForm",
    "Asked",
    "AtOnceForm",
    "CheckForm",
    "ContactForm",
    "DetailsForm",
    "GiftAidForm",
    "HomeForm",
    "TributeForm",
]
