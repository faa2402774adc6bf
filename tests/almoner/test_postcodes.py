"""A postcode, however it is typed; the one pattern there is."""

import pytest

from almoner.kit import postcodes


@pytest.mark.parametrize(
    ("typed", "tidied"),
    [
        ("NE1 4LP", "NE1 4LP"),
        ("ne14lp", "NE1 4LP"),
        (" sw1a  1aa ", "SW1A 1AA"),
        ("M1 1AE", "M1 1AE"),
        ("B33 8TH", "B33 8TH"),
        ("CR2 6XH", "CR2 6XH"),
        ("EC1A 1BB", "EC1A 1BB"),
        ("gir 0aa", "GIR 0AA"),
        ("JE2 3AB", "JE2 3AB"),
    ],
)
def test_it_is_written_as_hmrc_wants_it(typed, tidied):
    assert postcodes.tidied(typed) == tidied


@pytest.mark.parametrize("typed", ["", "NE1", "12345", "ZZ99 3VZ", "NEI 4LP", "NE1 4LPP", "NE1 4CI", "🐚", "QU1 1AA"])
def test_what_is_none_is_nothing(typed):
    assert postcodes.tidied(typed) == ""


@pytest.mark.parametrize("typed", ["JE2 3AB", "gy1 1aa", "IM1 1AA"])
def test_the_islands_have_postcodes_and_are_not_in_the_uk(typed):
    assert postcodes.is_of_the_islands(typed)


@pytest.mark.parametrize("typed", ["NE1 4LP", "JE", "IMAGE", ""])
def test_nothing_else_is_of_the_islands(typed):
    assert not postcodes.is_of_the_islands(typed)
