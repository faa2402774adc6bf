"""Funds that the ledger's tests speak of."""

import pytest

from donations.ledger.models import Fund, Purpose
from tests.factories import funds


@pytest.fixture
def nurse_fund(db: None) -> Fund:
    return funds.nurse_fund()


@pytest.fixture
def general(db: None) -> Fund:
    return funds.general_fund()


@pytest.fixture
def nurses(db: None) -> Purpose:
    return funds.purpose("nurses")
