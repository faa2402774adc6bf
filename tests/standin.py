"""The `standin` fixture: a Stripe of our own for one test, and the settings that lead there.

The test fails if a request, an answer or an event did not agree with Stripe's specification.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from donations import gateway
from stripe_standin import Standin


@pytest.fixture
def standin(settings: Any) -> Iterator[Standin]:
    """A running stand-in, to which the gateway speaks. It sends no events of itself: see `signed` and `webhook_url`."""
    with Standin(secret=settings.STRIPE_WEBHOOK_SECRETS[0]) as running:
        settings.STRIPE_API_BASE = running.url
        gateway.forget_clients()
        yield running
        gateway.forget_clients()
        assert not running.violations, "\n".join(map(str, running.violations))
