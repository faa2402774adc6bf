"""Donors who are signed in, and a life with the stand-in to do things to."""

from collections.abc import Callable

import pytest
from django.test import Client

from donations.ledger.models import Fund
from donations.links import new_key
from donations.models import Appeal, Donor
from stripe_standin import Standin
from tests.donations.lives.life import Life
from tests.factories import funds, payments


@pytest.fixture
def general(nurse_appeal: Appeal) -> Fund:
    """The general fund, which bears Stripe's fees unless an appeal says otherwise."""
    return funds.general_fund()


@pytest.fixture
def life(client: Client, general: Fund, standin: Standin) -> Life:
    """A life that is about to begin."""
    return Life(client, standin)


@pytest.fixture
def as_donor() -> Callable[..., Client]:
    """A browser in which this donor is signed in, by a key as from a letter."""

    def sign_in(donor: Donor, *, enforce_csrf_checks: bool = False) -> Client:
        plain, strict = Client(), Client(enforce_csrf_checks=True)
        assert plain.post(new_key(donor)).status_code == 302
        strict.cookies = plain.cookies
        return strict if enforce_csrf_checks else plain

    return sign_in


@pytest.fixture
def ada(nurse_appeal: Appeal) -> Donor:
    """Ada Periwinkle, who gave £25 once."""
    return payments.gift(nurse_appeal).donor


@pytest.fixture
def elis(nurse_appeal: Appeal) -> Donor:
    """Elis Dab, who gave £40 once."""
    return payments.gift(nurse_appeal, 4000, name="Elis Dab").donor
