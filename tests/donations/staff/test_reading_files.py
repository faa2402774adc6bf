"""Files as people have them: every encoding and line end is read right or refused in words; bombs are refused fast."""

import io
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from donations.staff.importing import limits, reading
from donations.staff.importing.limits import CannotRead

HEADER = ["source", "external_id", "date", "amount", "fund", "method", "donor name"]
LINE = ["old", "1", "31/03/2014", "£25", "NURSE", "cheque", "Zoë Ørsted"]


def text(*lines: list[str], end: str = "\r\n", between: str = ",") -> str:
    return end.join(between.join(cells) for cells in (HEADER, *lines))


def first_line(content: bytes) -> dict[str, str]:
    """The one line of the file."""
    ((number, cells),) = reading.read(content, "gifts.csv").lines
    assert number == 2
    return cells


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_file_is_read_in_every_encoding_that_spreadsheets_write(encoding):
    content = text(LINE).encode(encoding)
    if encoding in ("utf-16-le", "utf-16-be"):
        content = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}[encoding] + content
    cells = first_line(content)
    assert cells["donor name"] == "Zoë Ørsted"
    assert cells["amount"] == "£25"


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_every_line_end_and_every_separator_is_read(end, between):
    assert first_line(text(LINE, end=end, between=between).encode())["fund"] == "NURSE"


def test_mixed_line_ends_and_empty_lines_are_read_with_their_own_line_numbers():
    content = ",".join(HEADER) + "\r\n" + ",".join(LINE) + "\n\n\r" + ",".join(LINE) + "\r"
    lines = reading.read(content.encode(), "gifts.csv").lines
    assert [number for number, _ in lines] == [2, 5]


def test_columns_are_known_however_they_are_written():
    shouted = ["SOURCE", "External ID", " date ", "Amount", "Fund", "Method", "donor_name"]
    content = "\n".join([",".join(shouted), ",".join(LINE)])
    assert first_line(content.encode())["donor name"] == "Zoë Ørsted"


@pytest.mark.parametrize(
    ("header", "sentence"),
    [
        (["source", "external_id", "amount", "fund", "method"], "These columns are missing: date."),
        ([*HEADER, "Amnt"], "These are not known: Amnt."),
        ([*HEADER, "date"], "These are there twice: date."),
    ],
)
def test_wrong_columns_are_named(header, sentence):
    content = "\n".join([",".join(header), ",".join("x" for _ in header)])
    with pytest.raises(CannotRead, match=sentence):
        reading.read(content.encode(), "gifts.csv")


def test_a_line_that_is_wider_than_the_header_is_noticed():
    sheet = reading.read(text([*LINE, "surplus"]).encode(), "gifts.csv")
    assert sheet.surplus == {2}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file is empty."),
        (b" \r\n\r\n", "This file is empty."),
        (text().encode(), "a header and no gifts"),
        (b"\0" + text(LINE).encode(), "cannot be read. Save it as “CSV UTF-8”"),
        (text(LINE).encode("utf-16-le"), "cannot be read. Save it as “CSV UTF-8”"),
        (b"source\x81\x8d\xff\xfe", "cannot be read. Save it as “CSV UTF-8”"),
        (b"\xff\xfe" + b"a" * 7, "cannot be read. Save it as “CSV UTF-8”"),
        (b"\xd0\xcf\x11\xe0old", "old or password-protected"),
        (b"%PDF-1.7", "This is no spreadsheet"),
        (b"PK\x03\x04 nonsense", "damaged or has a password"),
        (text(LINE).encode() + b'\r\n"open', "Line 3 cannot be read: a quotation mark is open"),
        (text([*LINE[:-1], "A" * 1_001]).encode(), "Line 2 has a cell of more than 1,000 letters."),
        (b"," * 1_000_000 + b"x", "Line 1 has more than 40 columns"),
        (text(*[LINE] * 2_001).encode(), "more than 2,000 lines"),
        (b"x" * (limits.MAX_BYTES + 1), "larger than 5 MB"),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else None,
)
def test_what_cannot_be_read_is_refused_in_words(content, sentence):
    with pytest.raises(CannotRead, match=sentence):
        reading.read(content, "gifts.csv")


def workbook(*lines: list[object], header: list[str] = HEADER) -> bytes:
    """A spreadsheet of these lines."""
    book = Workbook()
    for cells in (header, *lines):
        book.active.append(cells)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_workbook_is_read_as_people_see_it():
    line = ["old", 1042, date(2014, 3, 31), 0.1 + 0.2, "NURSE", "cheque", "Zoë"]
    cells = first_line(workbook(line))
    assert (cells["external_id"], cells["date"], cells["amount"]) == ("1042", "31/03/2014", "0.3")
    timed = first_line(workbook([*line[:2], datetime(2014, 3, 31, 14, 5), 25.0, *line[4:]]))
    assert (timed["date"], timed["amount"]) == ("2014-03-31 14:05:00", "25")


def parcel(parts: dict[str, bytes], base: bytes | None = None) -> bytes:
    """A zip of these parts, over those of `base`."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        if base:
            with zipfile.ZipFile(io.BytesIO(base)) as old:
                for name in old.namelist():
                    if name not in parts:
                        made.writestr(name, old.read(name))
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


def sheet_xml(inside: str) -> bytes:
    return (
        '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{inside}</sheetData></worksheet>"
    ).encode()


SHEET = "xl/worksheets/sheet1.xml"
ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>'
)


def lying(content: bytes, real: int) -> bytes:
    """The same zip, whose index says that each part of `real` bytes has only ten."""
    said, truth = (10).to_bytes(4, "little"), real.to_bytes(4, "little")
    return content.replace(truth, said)


NOTHING = 300_000_000  # bytes


def good() -> bytes:
    return workbook(LINE)


def sheet_of(inside: str) -> bytes:
    return parcel({SHEET: sheet_xml(inside)}, good())


# Files that are small and would become large, or never end. Each is made when it is wanted: that takes seconds.
BOMBS: dict[str, Callable[[], bytes]] = {
    "300 MB of nothing": lambda: parcel({SHEET: bytes(NOTHING)}, good()),
    "a size that lies": lambda: lying(parcel({SHEET: bytes(NOTHING)}, good()), NOTHING),
    "a zip in a zip": lambda: parcel({"xl/inner.zip": parcel({"bomb": bytes(NOTHING)})}),
    "20,000 parts": lambda: parcel({f"xl/part{number}": b"" for number in range(20_000)}, good()),
    "entities": lambda: parcel({SHEET: ENTITIES}, good()),
    "entities in UTF-16": lambda: parcel({SHEET: ENTITIES.decode().encode("utf-16")}, good()),
    "a million columns": lambda: sheet_of('<row r="1">' + "<c><v>1</v></c>" * 900_000 + "</row>"),
    "a cell of 14 MB": lambda: sheet_of(
        f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"A" * 14_000_000}</t></is></c></row>'
    ),
    "the last line of the sheet": lambda: sheet_of('<row r="1048576"><c r="A1048576"><v>1</v></c></row>'),
    "300,000 lines": lambda: sheet_of(
        "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 300_000))
    ),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_in_words_soon_and_in_little_memory(name):
    content = BOMBS[name]()
    assert len(content) < limits.MAX_BYTES
    began = time.process_time()
    with pytest.raises(CannotRead) as said:
        reading.read(content, "bomb.xlsx")
    took = time.process_time() - began
    assert str(said.value).endswith((".", "template."))
    tracemalloc.start()
    with pytest.raises(CannotRead):
        reading.read(content, "bomb.xlsx")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 150_000_000, f"{name}: {peak:,} bytes"
    print(f"{name}: {took:.2f} s, {peak / 1e6:.0f} MB: {said.value}")
    assert took < 2, name
