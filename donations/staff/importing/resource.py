"""django-import-export's Resource for past gifts. It reads and compares; what it saves goes through receiving."""

from collections.abc import Collection, Iterable
from typing import Any

import tablib
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import connection
from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from import_export import fields, resources

from almoner.accounts.models import User
from donations.actions import receiving
from donations.ledger.exceptions import FundDoesNotServe, FundIsClosed, LedgerError, PeriodIsSealed
from donations.ledger.models import Fund, FundPurpose, Purpose
from donations.ledger.money import Money
from donations.ledger.posting import Via
from donations.models import Donation, Donor
from donations.models.donation import Method
from donations.staff.importing import cells
from donations.staff.importing.reading import COLUMNS, Sheet

LINE = "line"  # the line's number in the file, carried beside its cells
BESIDE = {PeriodIsSealed: "date", FundIsClosed: "fund", FundDoesNotServe: "purpose"}
Known = tuple[str, str]  # source and number there: what makes a gift the same gift


class PastGifts(resources.ModelResource):
    """Past gifts: one row, one donation with its entry, dated on its own day. No letter is written."""

    source = fields.Field("source", "source", cells.TextCell(40, _("Say which list it comes from."), without=":"))
    external_id = fields.Field(
        "external_id", "external_id", cells.TextCell(100, _("Every gift needs its number there."))
    )
    received_on = fields.Field("received_on", "date", cells.DayCell())
    pence = fields.Field("pence", "amount", cells.PenceCell())
    method = fields.Field("method", "method", cells.MethodCell())
    donor_name = fields.Field("donor_name", "donor name", cells.TextCell(150))
    donor_email = fields.Field("donor_email", "email", cells.EmailCell())
    note = fields.Field("note", "note", cells.TextCell(200))

    class Meta:
        model = Donation
        fields = ("source", "external_id", "received_on", "pence", "method", "donor_name", "donor_email", "note")
        import_id_fields = ("source", "external_id")
        skip_unchanged = True
        skip_diff = True  # the comparison is our own, below: one query for the whole file instead of one a row
        report_skipped = True
        use_transactions = True

    def __init__(self, *, by: User, surplus: Collection[int] = ()) -> None:
        super().__init__()
        self.by = by
        self.surplus = surplus  # lines with more cells than there are columns
        # Funds and purposes are asked for once a file, so their fields are made here and not above.
        self.fields["fund"] = fields.Field("fund", "fund", cells.FundCell())
        self.fields["purpose"] = fields.Field("purpose", "purpose", cells.PurposeCell())
        self.served: set[tuple[int, int]] = set()  # fund, purpose
        self.usual: dict[int, Purpose] = {}  # by fund
        for each in FundPurpose.objects.select_related("purpose"):
            self.served.add((each.fund_id, each.purpose_id))
            if each.usual:
                self.usual[each.fund_id] = each.purpose
        self.donors: dict[str, Donor] = {}  # by email address, those of this file
        self.known: dict[Known, Donation] = {}
        self.seen: dict[Known, dict[str, Any]] = {}
        self.taken: dict[int, tuple[Fund, int]] = {}  # each new line's fund and pence

    def get_import_order(self) -> list[str]:
        """The columns, from the left."""
        return list(self.fields)

    def before_import(self, dataset: tablib.Dataset, **kwargs: Any) -> None:
        """Find, in one query each, the gifts and the donors that are here already."""
        here = zip(*(map(cells_of, dataset[name]) for name in ("source", "external_id")), strict=True)
        keys = {key for key in here if all(key)}
        donations = Donation.objects.select_related("donor", "fund", "purpose").filter(
            source__in={source for source, _ in keys}, external_id__in={number for _, number in keys}
        )
        self.known = {(donation.source, donation.external_id): donation for donation in donations}
        emails = {cells_of(email).lower() for email in dataset["email"]}
        met = Donor.objects.annotate(plain=Lower("email")).filter(plain__in=emails - {""})
        self.donors = {donor.email.lower(): donor for donor in met}

    def before_import_row(self, row: dict[str, Any], **kwargs: Any) -> None:
        """A line that is wider than the header has slipped: none of its cells can be believed."""
        if row[LINE] in self.surplus:
            raise ValidationError({NON_FIELD_ERRORS: gettext("This line has more cells than there are columns.")})

    def get_instance(self, instance_loader: Any, row: dict[str, Any]) -> None:
        """Every row is read into a donation of its own; `skip_row` compares it with the one in the books."""
        return

    def skip_row(
        self, instance: Donation, original: Any, row: dict[str, Any], import_validation_errors: Any = None
    ) -> bool:
        """Whether the gift is in the books, or on an earlier line, just as it stands here. Raises ValidationError."""
        if import_validation_errors:
            return False
        key = (instance.source, instance.external_id)
        if key in self.known:
            self._refuse_changes(instance, self.known[key])
            return True
        earlier = self.seen.setdefault(key, row)
        if earlier is row:
            return False
        if {**earlier, LINE: 0} == {**row, LINE: 0}:
            return True
        raise ValidationError(
            {
                "external_id": gettext("Line %(earlier)s has this number too, for another gift.")
                % {"earlier": earlier[LINE]}
            }
        )

    def _refuse_changes(self, here: Donation, kept: Donation) -> None:
        """What is in the books is not edited by a file."""
        email = kept.donor.email if kept.donor else ""
        pairs = {
            "received_on": (here.received_on, kept.received_on, f"{kept.received_on:%d/%m/%Y}"),
            "pence": (here.pence, kept.pence, str(kept.amount)),
            "fund": (here.fund_id, kept.fund_id, kept.fund.code),
            "method": (here.method, kept.method, kept.method),
            "donor_name": (here.donor_name, kept.donor_name, kept.donor_name or gettext("nobody")),
            "donor_email": (here.donor_email.lower(), email.lower(), email or gettext("none")),  # type: ignore[attr-defined] # set by its field
        }
        if here.purpose_id is not None:
            pairs["purpose"] = (here.purpose_id, kept.purpose_id, kept.purpose.code)
        changed = {
            name: gettext("In the books as %(reference)s this is %(said)s. A file does not change the books.")
            % {"reference": kept.reference, "said": said}
            for name, (new, old, said) in pairs.items()
            if new != old
        }
        if changed:
            raise ValidationError(changed)

    def validate_instance(
        self, instance: Donation, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """What one cell cannot know: whether the fund serves the purpose. Raises ValidationError."""
        errors = dict(import_validation_errors or {})
        if instance.fund_id is not None:
            if instance.purpose_id is None and "purpose" not in errors:
                if instance.fund_id in self.usual:
                    instance.purpose = self.usual[instance.fund_id]
                else:
                    errors["purpose"] = gettext("%(fund)s has no usual purpose: name one.") % {"fund": instance.fund}
            elif instance.purpose_id is not None and (instance.fund_id, instance.purpose_id) not in self.served:
                errors["purpose"] = gettext("%(fund)s may not be used for “%(purpose)s”.") % {
                    "fund": instance.fund,
                    "purpose": instance.purpose,
                }
        if errors:
            raise ValidationError(errors)

    def do_instance_save(self, instance: Donation, is_create: bool) -> None:
        """Record the gift as every gift is recorded. Past money is in the bank by now, however it came."""
        email = instance.donor_email  # type: ignore[attr-defined] # set by its field
        name = instance.donor_name
        try:
            recorded = receiving.record_gift(
                amount=Money(instance.pence),
                fund=instance.fund,
                purpose=instance.purpose,
                method=Method(instance.method),
                received_on=instance.received_on,
                key=f"gift:import:{instance.source}:{instance.external_id}",
                by=self.by,
                donor=self._donor(name or email, email) if email else None,
                donor_name=name,
                source=instance.source,
                external_id=instance.external_id,
                note=instance.note,
                via=Via.BANK,
            )
        except LedgerError as refusal:
            self.donors.pop(email.lower(), None)  # whoever was new goes with the line that was refused
            column = next((name for kind, name in BESIDE.items() if isinstance(refusal, kind)), "amount")
            attribute = next(each.attribute for each in self.fields.values() if each.column_name == column)
            raise ValidationError({attribute: refusal.sentence}) from refusal
        instance.pk = recorded.pk

    def _donor(self, name: str, email: str) -> Donor:
        """The donor of this address, asked for once a file."""
        known = self.donors.get(email.lower())
        if known is None:
            known = self.donors[email.lower()] = receiving.find_donor(name=name, email=email)
        return known

    def after_save_instance(self, instance: Donation, row: dict[str, Any], **kwargs: Any) -> None:
        """Remember what was taken, for the counts."""
        self.taken[row[LINE]] = (instance.fund, instance.pence)

    def after_import(self, dataset: tablib.Dataset, result: Any, **kwargs: Any) -> None:
        """Deferred laws speak now: a dry run is rolled back and would never hear them. Then they wait again."""
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")

    def column_of(self, attribute: str) -> str:
        """The column that an attribute is read from."""
        return next((each.column_name for each in self.fields.values() if each.attribute == attribute), "")


def cells_of(text: Any) -> str:
    """A cell tidied for looking up; one that cannot be is looked up as nothing."""
    try:
        return cells.tidy(text)
    except cells.Unclear:
        return ""


def dataset_of(sheet: Sheet, *, fund_order: dict[str, int]) -> tablib.Dataset:
    """The sheet's lines for the Resource, in order of their funds: a writer takes the locks of funds in that order."""
    dataset = tablib.Dataset(headers=[*COLUMNS, LINE])
    last = len(fund_order)

    def place(each: tuple[int, dict[str, str]]) -> tuple[int, int]:
        number, line = each
        return fund_order.get(line.get("fund", "").strip().lower(), last), number

    rows: Iterable[tuple[int, dict[str, str]]] = sorted(sheet.lines, key=place)
    for number, line in rows:
        dataset.append([*(line.get(column, "") for column in COLUMNS), number])
    return dataset
