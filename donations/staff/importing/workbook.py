"""Reading .xlsx: a zip of XML, looked over for bombs before anything is unpacked."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook

from donations.staff.importing.limits import (
    MAX_COLUMNS,
    MAX_ELEMENTS,
    MAX_EMPTY,
    MAX_PARTS,
    MAX_ROWS,
    MAX_UNPACKED,
    CannotRead,
)

STEP = 65_536  # bytes
ELEMENT = re.compile(rb"<(?:\w+:)?(?:c|row|si|xf)[\s/>]")  # cells, lines, texts, styles
NO_WORKBOOK = _("This is no spreadsheet that can be read here. Save it as .xlsx or CSV.")


def rows(content: bytes) -> Iterator[tuple[int, Sequence[str]]]:
    """The first sheet's rows as text, with their numbers. Raises CannotRead."""
    look_over(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what a file says of its own size is not believed
        yield from _rows_of(sheet)
    except CannotRead:
        raise
    except Exception as wrong:  # openpyxl raises a dozen kinds for files that are not quite spreadsheets
        raise CannotRead(NO_WORKBOOK) from wrong


def look_over(content: bytes) -> None:
    """Refuse, before unpacking, what would unpack to too much or brings its own XML entities. Raises CannotRead."""
    too_much = CannotRead(gettext("This spreadsheet unpacks to far more than a list of gifts. Save it as CSV."))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parcel:
            parts = parcel.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise too_much
            if "xl/workbook.xml" not in parcel.namelist():
                raise CannotRead(NO_WORKBOOK)
            elements = 0
            for part in parts:
                text = unpack(parcel, part).replace(b"\0", b"")  # as if UTF-16 were ASCII
                if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                    raise CannotRead(
                        gettext("This spreadsheet holds XML entities, which no spreadsheet needs. Save it as CSV.")
                    )
                elements += sum(1 for _ in ELEMENT.finditer(text))
                if elements > MAX_ELEMENTS:
                    raise too_much
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as wrong:
        raise CannotRead(gettext("This spreadsheet is damaged or has a password. Save it again, or as CSV.")) from wrong


def unpack(parcel: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """A part's bytes, in small steps: one that lies about its size is found out before it fills the memory."""
    text = bytearray()
    with parcel.open(part) as packed:
        while step := packed.read(STEP):
            text += step
    return bytes(text)


def _rows_of(sheet: object) -> Iterator[tuple[int, Sequence[str]]]:
    empty = 0
    for number, cells in enumerate(sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS + 1), start=1):  # type: ignore[attr-defined] # openpyxl has no types
        texts = [as_text(cell) for cell in cells]
        if any(texts):
            yield number, texts
            continue
        empty += 1
        if empty > MAX_EMPTY + MAX_ROWS:
            raise CannotRead(
                gettext("This sheet goes on for thousands of empty lines. Delete them, or save it as CSV.")
            )


def as_text(value: object) -> str:
    """A cell as a person would read it. Numbers never become money through a float: their digits are parsed later."""
    if value is None:
        return ""
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y") if not isinstance(value, datetime) else value.isoformat(sep=" ")
    if isinstance(value, float):
        return format(value, ".15g")  # what a spreadsheet itself shows: 0.1 + 0.2 is 0.3
    return str(value)
