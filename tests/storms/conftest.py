"""Thousands of receipts leave in the storms, so none has its paper: papers have tests of their own."""

from collections.abc import Iterator

import pytest

from donations import outbox


@pytest.fixture(autouse=True, scope="package")
def no_papers() -> Iterator[None]:
    """A letter goes without its PDF."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(outbox, "papers_of", lambda letter: [])
        yield
