"""The stage of the lives: an appeal, a general fund, a stand-in, and the helper by which all of them are told."""

import pytest
from django.test import Client

from donations.ledger.models import Fund
from donations.models import Appeal
from stripe_standin import Standin
from tests.donations.lives.life import Life
from tests.factories import funds


@pytest.fixture
def general(nurse_appeal: Appeal) -> Fund:
    """The general fund, which bears Stripe's fees unless an appeal says otherwise."""
    return funds.general_fund()


@pytest.fixture
def life(client: Client, nurse_appeal: Appeal, general: Fund, standin: Standin) -> Life:
    """A life that is about to begin."""
    return Life(client, standin)
