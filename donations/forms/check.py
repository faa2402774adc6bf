"""Before paying: the one thing left to choose, whether to cover the card's fee."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext

from donations.forms.asking import Asked
from donations.ledger.money import Money
from donations.models import Appeal

EXAMPLE = Money(2500)


def fee_cover(amount: Money) -> Money:
    """What must be added so that the gift is whole after Stripe's fee, in whole pence, rounded up.

    The fee is taken of the sum with what was added, so the part is divided by what is left of a pound.
    """
    parts, of = settings.CARD_FEE_PARTS, 10_000  # 150 of 10,000 is 1.5 %
    return Money(-(-(amount.pence * parts + settings.CARD_FEE_PENCE * of) // (of - parts)))


def fee_in_words() -> str:
    """“1.5% and 20p: on £25 it is £0.59”, for whoever has not chosen an amount yet."""
    parts, pence = settings.CARD_FEE_PARTS, settings.CARD_FEE_PENCE
    part = f"{parts / 100:g}%" if parts else ""
    reckoned = " and ".join(filter(None, (part, f"{pence}p" if pence else "")))
    return gettext("%(reckoned)s: on %(example)s it is %(fee)s") % {
        "reckoned": reckoned,
        "example": EXAMPLE,
        "fee": fee_cover(EXAMPLE).exact,
    }


def fee_label(amount: Money) -> str:
    """“Add £0.59 to cover the card fee: £25.59 in all”."""
    more = fee_cover(amount)
    return gettext("Add %(more)s to cover the card fee: %(sum)s in all") % {
        "more": more.exact,
        "sum": (amount + more).exact,
    }


def is_fee_asked(appeal: Appeal) -> bool:
    """Whether an appeal lets donors cover the fee of a card."""
    return appeal.fee_cover and appeal.by_card


class CheckForm(Asked):
    """The box is there only where the appeal offers it, and never ticked beforehand."""

    fee_cover = forms.BooleanField(required=False)
    doubled = forms.CharField(max_length=12, required=False, widget=forms.HiddenInput)  # pence, as the page said

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_fee_asked(self.appeal) or self.amount is None:
            del self.fields["fee_cover"]
            return
        self.own("fee_cover").label = fee_label(self.amount)

    @property
    def told(self) -> Money:
        """By how much the donor was told that the gift is doubled."""
        said = str(self.cleaned_data.get("doubled") or "")
        return Money(int(said)) if said.isascii() and said.isdigit() and len(said) < 12 else Money(0)

    @property
    def added(self) -> Money:
        """What is added."""
        wanted = self.amount is not None and self.cleaned_data.get("fee_cover")
        return fee_cover(self.amount) if wanted and self.amount is not None else Money(0)
