"""How much of a file is looked at, and the one way of saying no to it."""

MAX_BYTES = 5_000_000
MAX_ROWS = 2_000  # what one transaction posts while a person waits; a longer history comes in several files
MAX_COLUMNS = 40
MAX_CELL = 1_000  # letters
MAX_PARTS = 200  # of the zip that an .xlsx is
MAX_UNPACKED = 15_000_000  # bytes in all; 2,000 gifts take about two million
MAX_ELEMENTS = 250_000  # cells, lines and texts in all: a parser makes far more of each than it takes in the file
MAX_EMPTY = 20_000  # formatted lines without a value


class CannotRead(Exception):
    """The file cannot be taken; the message is a sentence for the person who chose it."""
