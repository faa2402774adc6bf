"""Whether the account at Stripe is set up: each thing said in a sentence, and the endpoint put right."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from donations import gateway
from donations.actions import checking

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def over_https(settings):
    """Where the site is."""
    settings.BASE_URL = "https://charity.example"


def checked(*options: str) -> tuple[str, int]:
    """What the command prints, and how it exits."""
    out = StringIO()
    try:
        call_command("check_stripe", *options, stdout=out)
    except CommandError as said:
        return f"{out.getvalue()}{said}", 1
    return out.getvalue(), 0


def test_an_account_without_an_endpoint_is_told_so_and_fix_creates_it_and_shows_its_secret_once(standin, settings):
    said, code = checked()
    assert code == 1
    assert "WRONG  Stripe has no endpoint for https://charity.example/stripe/webhook/." in said
    assert "Stripe recommends a restricted one" in said
    said, code = checked("--fix")
    assert code == 0, said
    (made,) = [each for each in gateway.endpoints() if each.url == checking.address()]
    assert (made.api_version, set(made.kinds)) == (gateway.API_VERSION, set(gateway.SUBSCRIBED))
    secret = next(line for line in said.splitlines() if line.startswith("whsec_"))
    assert secret not in checked("--fix")[0]
    assert len(gateway.endpoints()) == 1, "fixing again creates nothing"
    assert settings.STRIPE_KEY not in said


def test_an_endpoint_that_lacks_kinds_is_named_and_repaired(standin):
    endpoint, _ = gateway.create_endpoint(checking.address())
    standin.account.change(
        standin.account.need(endpoint.endpoint, "webhook_endpoint"), enabled_events=["charge.updated"]
    )
    said, code = checked()
    assert code == 1
    assert "payment_intent.succeeded" in said
    assert checked("--fix")[1] == 0


def test_a_disabled_endpoint_is_enabled(standin):
    endpoint, _ = gateway.create_endpoint(checking.address())
    standin.account.change(standin.account.need(endpoint.endpoint, "webhook_endpoint"), status="disabled")
    assert "is disabled" in checked()[0]
    assert checked("--fix")[1] == 0


def test_an_endpoint_of_another_version_gets_a_new_one_beside_it(standin):
    endpoint, _ = gateway.create_endpoint(checking.address())
    old = standin.account.need(endpoint.endpoint, "webhook_endpoint")
    standin.account.change(old, api_version="2024-04-10")
    assert f"sends version 2024-04-10; this software reads {gateway.API_VERSION}" in checked()[0]
    said, code = checked("--fix")
    assert code == 1, "the old one is still there"
    assert f"Remove {endpoint.endpoint}" in said
    assert "whsec_" in said


def test_without_secrets_every_message_would_be_refused_and_that_is_said(standin, settings):
    settings.STRIPE_WEBHOOK_SECRETS = []
    assert "every message is refused" in checked()[0]
    settings.STRIPE_WEBHOOK_SECRETS = ["whsec_old", "whsec_new"]
    said = checked()[0]
    assert "Webhook secret 1: a message signed with it is taken." in said
    assert "Webhook secret 2: a message signed with it is taken." in said


def test_the_rights_of_a_restricted_key_are_listed_and_those_that_are_missing_named(standin, settings, monkeypatch):
    settings.STRIPE_KEY = "rk_test_almoner"
    said = checked()[0]
    assert "The key is a restricted one, test mode." in said
    assert "Right to write Refunds: held." in said
    monkeypatch.setattr(gateway, "rights", lambda: [gateway.Right("Refunds", "write", False)])
    assert "WRONG  Right to write Refunds: missing" in checked()[0]


def test_a_clock_that_is_off_is_said(standin, monkeypatch):
    monkeypatch.setattr(gateway, "clock_skew", lambda: -95.0)
    assert "WRONG  Our clock is 95 seconds behind Stripe’s." in checked()[0]


def test_while_stripe_is_away_that_is_said(standin):
    with standin.away():
        said, code = checked()
    assert code == 1
    assert "Stripe could not be asked" in said
