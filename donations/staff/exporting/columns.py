"""What can be asked for about a donation."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from almoner.kit.words import Words
from donations.models import Donation

Cell = str | Decimal | date


@dataclass(frozen=True)
class ExportColumn:
    """One column; `personal` ones are never chosen beforehand."""

    name: str
    label: Words
    value: Callable[[Donation], Cell]
    personal: bool = False


ALL = [
    ExportColumn("reference", _("Reference"), lambda gift: gift.reference),
    ExportColumn("received_on", _("Received on"), lambda gift: gift.received_on),
    ExportColumn("amount", _("Amount in pounds"), lambda gift: Decimal(gift.pence).scaleb(-2)),
    ExportColumn("method", _("Method"), lambda gift: gift.get_method_display()),
    ExportColumn("fund", _("Fund"), lambda gift: gift.fund.name),
    ExportColumn("purpose", _("Purpose"), lambda gift: gift.purpose.name),
    ExportColumn("appeal", _("Appeal"), lambda gift: gift.appeal.name if gift.appeal else ""),
    ExportColumn("donor_name", _("Donor’s name"), lambda gift: gift.donor_name, personal=True),
    ExportColumn("donor_email", _("Donor’s email"), lambda gift: gift.donor.email if gift.donor else "", personal=True),
    ExportColumn("source", _("Imported from"), lambda gift: gift.source),
    ExportColumn("external_id", _("Number there"), lambda gift: gift.external_id),
    ExportColumn(
        "payment_intent", _("Stripe’s number"), lambda gift: gift.payment.payment_intent if gift.payment else ""
    ),
    ExportColumn("note", _("Note"), lambda gift: gift.note, personal=True),
]
BY_NAME = {column.name: column for column in ALL}
FIRST_CHOICE = ["reference", "received_on", "amount", "method", "fund", "appeal"]
