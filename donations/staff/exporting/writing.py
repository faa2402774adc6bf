"""Writing an export: CSV as a stream, XLSX as a file. The log learns the hash when the last byte has left."""

import csv
import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import IO, Any

from django.db.models import QuerySet
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from donations.models import Donation, ExportLog
from donations.models.export_log import ExportOutcome
from donations.staff.exporting.columns import Cell, ExportColumn
from donations.staff.exporting.harmless import harmless

AT_ONCE = 500  # donations read from the database together
BLOCK = 65_536  # bytes
POUNDS = "#,##0.00"
KINDS = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def rows(gifts: "QuerySet[Donation]", columns: list[ExportColumn]) -> Iterator[list[Cell]]:
    """Each donation's cells; text is made harmless, amounts stay numbers and days stay days."""
    related = gifts.select_related("fund", "purpose", "appeal", "donor", "payment")
    for gift in related.iterator(chunk_size=AT_ONCE):
        values = (column.value(gift) for column in columns)
        yield [harmless(value) if isinstance(value, str) else value for value in values]


class Line:
    """A file for csv.writer, which keeps nothing: what is written is handed on."""

    def write(self, text: str) -> bytes:
        """The line as it leaves."""
        return text.encode()


def as_csv(gifts: "QuerySet[Donation]", columns: list[ExportColumn], log: ExportLog) -> Iterator[bytes]:
    """The file, piece by piece; the mark at its beginning tells spreadsheets that it is UTF-8."""
    writer = csv.writer(Line())
    count = 0

    def pieces() -> Iterator[bytes]:
        nonlocal count
        yield b"\xef\xbb\xbf" + writer.writerow([str(column.label) for column in columns])
        for row in rows(gifts, columns):
            count += 1
            yield writer.writerow([cell.isoformat() if isinstance(cell, date) else cell for cell in row])

    yield from counted(pieces(), log, lambda: count)


def as_xlsx(gifts: "QuerySet[Donation]", columns: list[ExportColumn], log: ExportLog) -> Iterator[bytes]:
    """The same as a workbook, written to a temporary file first: its index stands at its end."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Donations")
    sheet.append([str(column.label) for column in columns])
    count = 0
    for row in rows(gifts, columns):
        sheet.append([cell_of(sheet, value) for value in row])
        count += 1
    with tempfile.TemporaryFile() as file:
        book.save(file)
        file.seek(0)
        yield from counted(blocks_of(file), log, lambda: count)


def cell_of(sheet: Any, value: Cell) -> Any:
    """A typed cell: text is text whatever it begins with, an amount is a number with two decimals."""
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, Decimal):
        cell.number_format = POUNDS
    elif isinstance(value, date):
        cell.number_format = "DD/MM/YYYY"
    else:
        cell.data_type = "s"
    return cell


def blocks_of(file: IO[bytes]) -> Iterator[bytes]:
    """A file in pieces."""
    while block := file.read(BLOCK):
        yield block


def counted(pieces: Iterable[bytes], log: ExportLog, count: Any) -> Iterator[bytes]:
    """The pieces themselves; after the last one the log learns the hash and how many rows there were."""
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
        yield piece
    ExportLog.objects.filter(pk=log.pk).update(
        outcome=ExportOutcome.GIVEN, digest=digest.hexdigest(), rows=count(), finished_at=timezone.now()
    )
