"""UK postcodes, as HMRC’s own form takes them: ZZ99 3VZ, which means “no fixed abode” elsewhere, is none."""

import re

POSTCODE = re.compile(
    r"(GIR ?0AA|(?:[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d(?:\d|[ABEHMNPRV-Y])?|\d[A-HJKPS-UW])) ?\d[ABD-HJLNP-UW-Z]{2})"
)
ISLANDS = ("JE", "GY", "IM")  # Jersey, Guernsey, Isle of Man: not in the UK


def tidied(typed: str) -> str:
    """“NE1 4LP”, however somebody typed it; nothing of what is no postcode."""
    plain = "".join(typed.upper().split())
    return f"{plain[:-3]} {plain[-3:]}" if POSTCODE.fullmatch(plain) else ""


def is_of_the_islands(typed: str) -> bool:
    """Whether a postcode is one of the Channel Islands or the Isle of Man."""
    return tidied(typed).startswith(ISLANDS)
