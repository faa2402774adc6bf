"""A receipt sent once more, marked as a copy."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

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
    title = _("Send the receipt again")
    button = _("Send a copy")
    permission = "donations.resend_receipt"
    header_icon = "mail"
    form_class = ResendForm
    explains = _("The copy says that it is one, in its subject and on its paper. The gift is not counted again.")

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
        return [
            (gettext("Gift"), gift.amount.exact),
            (gettext("From"), gift.donor_name),
            (gettext("It goes to"), gift.donor.email),
        ]

    def act(self, form: Any, by: Any) -> str:
        """Write the letter; the worker sends it."""
        if not self.is_offered(self.thing, by):
            return gettext("No address is known, so nothing was sent.")
        letters.send_receipt_again(self.thing, token=form.cleaned_data["token"])
        return gettext("A copy of the receipt goes to %(email)s.") % {"email": self.thing.donor.email}
