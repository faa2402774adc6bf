"""Gifts that the back office looks at."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from almoner.accounts.models import User
from donations.actions import receiving
from donations.ledger.models import Fund
from donations.ledger.money import Money
from donations.models import Donation
from donations.models.donation import Method
from tests.factories import funds
from tests.people import Cast

Gives = Callable[..., Donation]


@pytest.fixture
def nurse_fund(db: None) -> Fund:
    """Restricted to specialist nurses."""
    return funds.nurse_fund()


@pytest.fixture
def gives(people: Cast, nurse_fund: Fund) -> Gives:
    """Records a gift: gives("£25", "Ada Periwinkle")."""
    made = iter(range(1, 10_000))

    def give(amount: str = "£25", name: str = "Ada Periwinkle", email: str = "", **more: object) -> Donation:
        number = next(made)
        donor = receiving.find_donor(name=name, email=email) if email else None
        asked: dict[str, object] = {
            "fund": nurse_fund,
            "method": Method.CHEQUE,
            "received_on": date(2026, 3, 31),
            "key": f"gift:test:{number}",
            "by": people.finance_officer,
        }
        return receiving.record_gift(amount=Money.pounds(amount), donor=donor, donor_name=name, **{**asked, **more})

    return give


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """A browser in which this person is signed in."""

    def sign_in(person: User) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return sign_in
