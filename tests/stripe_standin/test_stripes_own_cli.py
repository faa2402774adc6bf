"""Stripe's own command line program, which we did not write, takes the stand-in for Stripe.

It sends no version, and the parameters of old ones. Its fixtures cover most kinds of event that Almoner hears; of the
others it has none: charge.updated, refund.updated and refund.failed, charge.dispute.funds_withdrawn and
.funds_reinstated, payout.paid, .failed and .reconciliation_completed, mandate.updated, which at Stripe come of time or
of a bank. Some of them are side effects of those that it has, and are looked for below.
"""

import os
import subprocess

import pytest

from tests import tools

# What is triggered, and what must be heard of it beside the event of that name.
TRIGGERS = {
    "charge.dispute.closed": ["charge.dispute.created"],
    "charge.dispute.created": ["payment_intent.succeeded"],
    "charge.dispute.updated": [],
    "charge.refund.updated": ["refund.created", "refund.updated"],
    "charge.refunded": ["refund.created", "refund.updated"],
    "checkout.session.async_payment_failed": ["payment_intent.payment_failed"],
    "checkout.session.async_payment_succeeded": ["payment_intent.processing", "mandate.updated"],
    "checkout.session.completed": ["payment_intent.succeeded"],
    "checkout.session.expired": [],
    "customer.subscription.created": ["invoice.paid"],
    "customer.subscription.deleted": [],
    "customer.subscription.updated": [],
    "invoice.paid": ["payment_intent.succeeded"],
    "invoice.payment_action_required": ["payment_intent.requires_action"],
    "invoice.payment_failed": ["payment_intent.payment_failed"],
    "payment_intent.payment_failed": ["charge.failed"],
    "payment_intent.processing": ["charge.pending"],
    "payment_intent.succeeded": ["charge.succeeded"],
    "payout.created": [],
    "payout.updated": [],
}

pytestmark = pytest.mark.skipif(
    tools.stripe_cli() is None,
    reason="Stripe's CLI is not installed: npm has no binary for this machine, or its registry was not reachable",
)


def trigger(standin, event, home):
    """`stripe trigger` against the stand-in: its exit status, and what it said."""
    words = [tools.stripe_cli(), "trigger", event, "--api-base", standin.url, "--api-key", standin.key]
    nowhere = "http://127.0.0.1:1"  # it looks for newer versions of itself: not from a test
    quiet = {"STRIPE_CLI_TELEMETRY_OPTOUT": "1", "HTTPS_PROXY": nowhere, "HTTP_PROXY": nowhere, "NO_PROXY": "127.0.0.1"}
    env = {"HOME": str(home), "PATH": os.environ["PATH"], **quiet}
    ran = subprocess.run(words, env=env, capture_output=True, text=True, timeout=60)
    return ran.returncode, ran.stdout + ran.stderr


@pytest.mark.parametrize("event", TRIGGERS)
def test_its_trigger_succeeds_and_its_events_arrive(standin, listener, tmp_path, event):
    standin.webhook_url = listener.url
    assert trigger(standin, event, tmp_path)[0] == 0
    standin.move_clock(2)  # a bank that answers within a second
    standin.wait_until_delivered()
    assert {event, *TRIGGERS[event]} <= set(listener.kinds)
    assert not standin.violations


def test_what_the_stand_in_refuses_it_reports(standin, tmp_path):
    status, said = trigger(standin, "transfer.created", tmp_path)
    assert status != 0
    assert "does not implement POST /v1/accounts" in said
    standin.forgive(["/v1/accounts"])
