"""The site as it is, but for Stripe: its payment page is there before it is asked for. What is left is our own work."""

import itertools
import os
from typing import Any

from almoner.wsgi import application
from donations import gateway

__all__ = ["application"]
_numbers = itertools.count()


def _opened(*, reference: str, **asked: Any) -> gateway.Checkout:
    number = f"{os.getpid()}_{next(_numbers)}"
    return gateway.Checkout(f"cs_test_{number}", f"https://checkout.stripe.com/c/pay/cs_test_{number}")


gateway.open_checkout = _opened
