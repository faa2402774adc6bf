"""Funds that the ledger's tests speak of."""

from collections.abc import Iterator
from copy import deepcopy

import pytest

from donations.ledger.models import Fund, Purpose
from tests.donations.ledger.refusing import Stage, set_the_stage
from tests.factories import funds
from tests.people import Cast
from tests.staging import set_once


@pytest.fixture
def nurse_fund(db: None) -> Fund:
    return funds.nurse_fund()


@pytest.fixture
def general(db: None) -> Fund:
    return funds.general_fund()


@pytest.fixture
def nurses(db: None) -> Purpose:
    return funds.purpose("nurses")


def set_a_stage() -> Stage:
    """Where laws are broken."""
    by = Cast().finance_officer
    return set_the_stage(funds.general_fund(), funds.nurse_fund(), funds.purpose("nurses"), by=by)


@pytest.fixture(scope="module")
def standing(django_db_setup: object, django_db_blocker: object) -> Iterator[Stage]:
    """It is set once for all the tests of a module."""
    with set_once(django_db_blocker, set_a_stage) as stage:
        yield stage


@pytest.fixture
def stage(standing: Stage, db: None) -> Stage:
    """Where this test breaks a law, with objects of its own."""
    return deepcopy(standing)
