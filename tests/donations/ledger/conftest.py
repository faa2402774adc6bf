"""Funds that the ledger's tests speak of."""

import pytest

from donations.ledger.models import Fund, Purpose
from tests.donations.ledger.refusing import Stage, set_the_stage
from tests.factories import funds
from tests.people import Cast


@pytest.fixture
def nurse_fund(db: None) -> Fund:
    return funds.nurse_fund()


@pytest.fixture
def general(db: None) -> Fund:
    return funds.general_fund()


@pytest.fixture
def nurses(db: None) -> Purpose:
    return funds.purpose("nurses")


@pytest.fixture
def stage(people: Cast, general: Fund, nurse_fund: Fund, nurses: Purpose) -> Stage:
    """Where laws are broken."""
    return set_the_stage(general, nurse_fund, nurses, by=people.finance_officer)
