"""A donor who walks through the pages of a gift."""

import pytest

from tests.donations.journey.walker import Walker


@pytest.fixture
def walker(client, nurse_appeal) -> Walker:
    """Somebody at the first page."""
    return Walker(client)
