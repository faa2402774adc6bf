"""Text that a spreadsheet would run as a formula gains a leading ', and loses it again when it comes back."""

# OWASP's list for CSV injection, and the full-width signs that some spreadsheets take for the plain ones.
FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def would_run(text: str) -> bool:
    """Whether a spreadsheet may take the text for a formula, now or after one more round of quoting."""
    bare = text.lstrip("'")
    return bare.startswith(FORMULA_BEGINS) or bare.lstrip().startswith(FORMULA_BEGINS)


def harmless(text: str) -> str:
    """The text as it may stand in a cell: `=1+1` becomes `'=1+1`."""
    return f"'{text}" if would_run(text) else text


def original(text: str) -> str:
    """The text that `harmless` was given: `'=1+1` becomes `=1+1`; every other text stays as it is."""
    return text[1:] if text.startswith("'") and would_run(text) else text
