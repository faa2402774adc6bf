"""Stripe itself keeps the contract. Last run: never. It is left out unless asked for by name:

    STRIPE_TEST_KEY=sk_test_… .venv/bin/python -m pytest -m live_stripe

It makes pages, payments with Stripe's test card, refunds and one endpoint in the test account of that key.
"""

import os
from collections.abc import Iterator
from typing import Any

import pytest

from donations import gateway
from tests.contracts.expectations import CONTRACT

KEY = os.environ.get("STRIPE_TEST_KEY", "")
pytestmark = [
    pytest.mark.live_stripe,
    pytest.mark.skipif(not KEY.startswith(("sk_test_", "rk_test_")), reason="STRIPE_TEST_KEY is no test key"),
]


@pytest.fixture(autouse=True)
def stripe_itself(settings: Any) -> Iterator[None]:
    """The gateway speaks to Stripe, in test mode."""
    settings.STRIPE_KEY, settings.STRIPE_API_BASE = KEY, gateway.STRIPES_OWN
    gateway.forget_clients()
    yield
    gateway.forget_clients()


@pytest.mark.parametrize("expected", CONTRACT, ids=lambda expected: expected.__name__)
def test_stripe_keeps_the_contract(expected):
    expected()
