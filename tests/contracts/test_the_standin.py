"""The stand-in keeps the contract: what the gateway expects of Stripe, it finds there."""

import inspect

import pytest

from tests.contracts import expectations
from tests.contracts.expectations import CONTRACT


@pytest.mark.parametrize("expected", CONTRACT, ids=lambda expected: expected.__name__)
def test_the_standin_keeps_the_contract(standin, expected):
    expected()


def test_no_expectation_is_left_out():
    written = [
        name
        for name, thing in vars(expectations).items()
        if inspect.isfunction(thing) and thing.__module__ == expectations.__name__
    ]
    assert {each.__name__ for each in CONTRACT} == set(written) - {"a_page", "a_payment"}
