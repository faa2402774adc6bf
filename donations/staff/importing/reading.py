"""From an uploaded file to lines of text. Whatever a file may be, it costs little time and memory to say no."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext

from donations.staff.exporting.harmless import original
from donations.staff.importing import workbook
from donations.staff.importing.limits import MAX_BYTES, MAX_CELL, MAX_COLUMNS, MAX_ROWS, CannotRead

REQUIRED = ["source", "external_id", "date", "amount", "fund", "method"]
OPTIONAL = ["purpose", "donor name", "email", "note"]
COLUMNS = ["source", "external_id", "date", "amount", "fund", "purpose", "method", "donor name", "email", "note"]


@dataclass
class Sheet:
    """The lines of a file that hold anything: each with its number in the file and its cells by column."""

    columns: list[str]
    lines: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    surplus: set[int] = field(default_factory=set)  # lines with more cells than there are columns


def read(content: bytes, filename: str) -> Sheet:
    """The lines of a CSV or XLSX file, told apart by what is in it. Raises CannotRead."""
    if len(content) > MAX_BYTES:
        raise CannotRead(
            gettext("This file is larger than %(value)s MB. Split it, and bring in the parts.")
            % {"value": MAX_BYTES // 1_000_000}
        )
    if not content.strip():
        raise CannotRead(gettext("This file is empty."))
    if content.startswith(b"PK"):
        return arrange(workbook.rows(content))
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise CannotRead(
            gettext("This is an old or password-protected spreadsheet. Save it as .xlsx or CSV, without password.")
        )
    if content.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf", b"<!DOCTYPE", b"<html")):
        raise CannotRead(gettext("This is no spreadsheet. Save yours as .xlsx or CSV."))
    return arrange(csv_rows(decode(content)))


def decode(content: bytes) -> str:
    """The text of a CSV file: UTF-8, UTF-16 with its mark, or the Windows code page. Raises CannotRead."""
    encodings = ["utf-8-sig", "cp1252"]
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text
    raise CannotRead(gettext("The letters in this file cannot be read. Save it as “CSV UTF-8”, and try again."))


def csv_rows(text: str) -> Iterator[tuple[int, Sequence[str]]]:
    """Rows with the number of their first line; commas, semicolons or tabs, whatever the line ends."""
    first = text.lstrip().split("\n", 1)[0].split("\r", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 1
    try:
        for row in reader:
            yield number, row
            number = reader.line_num + 1
    except csv.Error as wrong:
        raise CannotRead(
            gettext("Line %(number)s cannot be read: a quotation mark is open, or a cell is too long.")
            % {"number": number}
        ) from wrong


def arrange(rows: Iterable[tuple[int, Sequence[str]]]) -> Sheet:
    """The header, then every line that is not empty. Raises CannotRead for wrong columns and too much of anything."""
    sheet: Sheet | None = None
    for number, row in rows:
        if len(row) > MAX_COLUMNS and any(cell.strip() for cell in row[MAX_COLUMNS:]):
            raise CannotRead(
                gettext("Line %(number)s has more than %(max_columns)s columns. Use the template.")
                % {"number": number, "max_columns": MAX_COLUMNS}
            )
        cells = [cell.strip() for cell in row[:MAX_COLUMNS]]
        if not any(cells):
            continue
        if any(len(cell) > MAX_CELL for cell in cells):
            raise CannotRead(
                gettext("Line %(number)s has a cell of more than %(max_cell)s letters.")
                % {"number": number, "max_cell": f"{MAX_CELL:,}"}
            )
        if sheet is None:
            sheet = Sheet(header(cells))
            continue
        if len(sheet.lines) == MAX_ROWS:
            raise CannotRead(
                gettext("This file has more than %(max_rows)s lines. Split it, and bring in the parts.")
                % {"max_rows": f"{MAX_ROWS:,}"}
            )
        width = len(sheet.columns)
        if any(cells[width:]):
            sheet.surplus.add(number)
        padded = [original(cell) for cell in cells[:width]] + [""] * (width - len(cells))
        sheet.lines.append((number, dict(zip(sheet.columns, padded, strict=True))))
    if sheet is None:
        raise CannotRead(gettext("This file is empty."))
    if not sheet.lines:
        raise CannotRead(gettext("This file has a header and no gifts."))
    return sheet


def header(cells: Sequence[str]) -> list[str]:
    """The columns by our names, however they are capitalised. Raises CannotRead, naming what is wrong."""
    ours = {plain(name): name for name in COLUMNS}
    while cells and not cells[-1]:
        cells = cells[:-1]
    found = [ours.get(plain(cell), "") for cell in cells]
    unknown = [
        cell[:40] or gettext("a column without a name") for cell, name in zip(cells, found, strict=True) if not name
    ]
    missing = [name for name in REQUIRED if name not in found]
    twice = sorted({name for name in found if name and found.count(name) > 1})
    wrong = []
    if missing:
        wrong.append(gettext("These columns are missing: %(columns)s.") % {"columns": ", ".join(missing)})
    if unknown:
        wrong.append(gettext("These are not known: %(columns)s.") % {"columns": ", ".join(unknown)})
    if twice:
        wrong.append(gettext("These are there twice: %(columns)s.") % {"columns": ", ".join(twice)})
    if wrong:
        raise CannotRead(" ".join([*wrong, gettext("The first line must name the columns as the template does.")]))
    return found


def plain(name: str) -> str:
    """A column's name without capitals, underscores and doubled spaces."""
    return " ".join(name.replace("_", " ").lower().split())
