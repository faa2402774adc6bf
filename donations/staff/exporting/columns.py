"""What can be asked for about a donation."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from donations.models import Donation

Cell = str | Decimal | date


@dataclass(frozen=True)
class ExportColumn:
    """One column; `personal` ones are never chosen beforehand."""

    name: str
    label: str
    value: Callable[[Donation], Cell]
    personal: bool = False


ALL = [
    ExportColumn("reference", "Reference", lambda gift: gift.reference),
    ExportColumn("received_on", "Received on", lambda gift: gift.received_on),
    ExportColumn("amount", "Amount in pounds", lambda gift: Decimal(gift.pence).scaleb(-2)),
    ExportColumn("method", "Method", lambda gift: gift.get_method_display()),
    ExportColumn("fund", "Fund", lambda gift: gift.fund.name),
    ExportColumn("purpose", "Purpose", lambda gift: gift.purpose.name),
    ExportColumn("appeal", "Appeal", lambda gift: gift.appeal.name if gift.appeal else ""),
    ExportColumn("donor_name", "Donor’s name", lambda gift: gift.donor_name, personal=True),
    ExportColumn("donor_email", "Donor’s email", lambda gift: gift.donor.email if gift.donor else "", personal=True),
    ExportColumn("source", "Imported from", lambda gift: gift.source),
    ExportColumn("external_id", "Number there", lambda gift: gift.external_id),
    ExportColumn("payment_intent", "Stripe’s number", lambda gift: gift.payment.payment_intent if gift.payment else ""),
    ExportColumn("note", "Note", lambda gift: gift.note, personal=True),
]
BY_NAME = {column.name: column for column in ALL}
FIRST_CHOICE = ["reference", "received_on", "amount", "method", "fund", "appeal"]
