"""A receipt sent once more, marked as a copy."""

import uuid
from typing import Any

from django import forms

from almoner.kit.staff.acting import Act, Facts
from donations import letters
from donations.models import Donation


class ResendForm(forms.Form):
    """Nothing to fill in: the token makes a form that is sent twice one copy."""

    token = forms.UUIDField(widget=forms.HiddenInput)


class SendReceiptAgain(Act):
    """Send a receipt again."""

    model = Donation
    address = "resend"
    views = "donations_list"
    title = "Send the receipt again"
    button = "Send a copy"
    permission = "donations.resend_receipt"
    header_icon = "mail"
    form_class = ResendForm
    explains = "The copy says that it is one, in its subject and on its paper. The gift is not counted again."

    @classmethod
    def is_offered(cls, thing: Any, user: Any) -> bool:
        """Where an address is known."""
        return bool(thing.donor and thing.donor.email)

    def initial(self) -> dict[str, Any]:
        """A token of its own for each page that is opened."""
        return {"token": uuid.uuid4()}

    def facts(self) -> Facts:
        """Whose it is, and where it goes."""
        gift = self.thing
        return [("Gift", gift.amount.exact), ("From", gift.donor_name), ("It goes to", gift.donor.email)]

    def act(self, form: Any, by: Any) -> str:
        """Write the letter; the worker sends it."""
        if not self.is_offered(self.thing, by):
            return "No address is known, so nothing was sent."
        letters.send_receipt_again(self.thing, token=form.cleaned_data["token"])
        return f"A copy of the receipt goes to {self.thing.donor.email}."
