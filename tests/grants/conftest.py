"""A charity that gives: its board, the nurse fund with £50,000, and the programme that it pays for."""

from collections.abc import Callable

import pytest
from django.test import Client

from almoner.accounts.models import User
from donations.ledger.models import Fund
from grants.models import Board, Programme, Resolution
from tests.factories import funds, grants
from tests.people import Cast


@pytest.fixture
def board(people: Cast) -> Board:
    """Three of five make a quorum; Marina chairs, without a casting vote."""
    return grants.board(people)


@pytest.fixture
def nurse_fund(people: Cast) -> Fund:
    """£50,000, for nurses only."""
    fund = funds.nurse_fund()
    grants.give(fund, "50,000", by=people.finance_officer, key="gift:nurses")
    return fund


@pytest.fixture
def general(people: Cast) -> Fund:
    """£20,000, for anything."""
    fund = funds.general_fund()
    grants.give(fund, "20,000", by=people.finance_officer, key="gift:general")
    return fund


@pytest.fixture
def programme(nurse_fund: Fund) -> Programme:
    """Specialist nurses."""
    return grants.programme(nurse_fund)


@pytest.fixture
def resolution(people: Cast, board: Board, programme: Programme, nurse_fund: Fund) -> Resolution:
    """£12,000 from the nurse fund, before the board."""
    application = grants.proposal(programme, by=people.grants_officer)
    return grants.opened(application, (nurse_fund, "12,000"), by=people.grants_officer)


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """A browser in which this person is signed in."""

    def sign_in(person: User) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return sign_in
