"""Donors who are signed in, and a life with the stand-in to do things to."""

from collections.abc import Callable

import pytest
from django.test import Client

from donations.actions import opening
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

    def sign_in(donor: Donor, **more: object) -> Client:
        browser = Client(**more)
        address = new_key(donor)
        assert opening.fits(key=address.split("/")[-2])
        browser.handler.enforce_csrf_checks, strict = False, browser.handler.enforce_csrf_checks
        assert browser.post(address).status_code == 302
        browser.handler.enforce_csrf_checks = strict
        return browser

    return sign_in


@pytest.fixture
def ada(nurse_appeal: Appeal) -> Donor:
    """Ada Periwinkle, who gave £25 once."""
    return payments.gift(nurse_appeal).donor


@pytest.fixture
def elis(nurse_appeal: Appeal) -> Donor:
    """Elis Dab, who gave £40 once."""
    return payments.gift(nurse_appeal, 4000, name="Elis Dab").donor
