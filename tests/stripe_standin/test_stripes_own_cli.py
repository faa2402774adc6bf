"""Stripe's own command line program, which we did not write, takes the stand-in for Stripe.

It sends no version, and the parameters of old ones. Its own fixtures cover most kinds of event that Almoner hears. For
the others it is given fixtures of ours (triggers/), which ask the API for what leads to them; what only time or a bank
can add, the stand-in's clock and its dashboard do.
"""

import os
import subprocess
from pathlib import Path

import pytest

from donations.gateway.endpoints import SUBSCRIBED
from tests import tools

OURS = Path(__file__).parent / "triggers"

DAY = 86_400
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
    "payment_intent.canceled": [],
    "payment_intent.payment_failed": ["charge.failed"],
    "payment_intent.processing": ["charge.pending"],
    "payment_intent.succeeded": ["charge.succeeded"],
    "payout.created": [],
    "payout.updated": [],
}

# What happens after our own fixtures, and what must be heard of it beside the event that gave the file its name.
AFTERWARDS = {
    "charge.dispute.funds_reinstated": (lambda standin: None, ["charge.dispute.closed"]),
    "charge.dispute.funds_withdrawn": (lambda standin: None, ["charge.dispute.created"]),
    "charge.updated": (lambda standin: standin.move_clock(DAY), []),
    "payout.failed": (
        lambda standin: standin.fail_payout(standin.events_of("payout.created")[0]["data"]["object"]),
        [],
    ),
    "payout.paid": (lambda standin: standin.move_clock(3 * DAY), []),
    "payout.reconciliation_completed": (lambda standin: standin.pay_out(), ["payout.created"]),
    "refund.failed": (lambda standin: standin.move_clock(2), ["refund.created", "refund.updated"]),
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


@pytest.mark.parametrize("event", AFTERWARDS)
def test_with_a_fixture_of_ours_it_triggers_the_rest(standin, listener, tmp_path, event):
    standin.webhook_url = listener.url
    if event == "charge.updated":
        standin.fees_after(1)  # as at Stripe, where it tells of the fee
    happens, heard = AFTERWARDS[event]
    status, said = trigger(standin, str(OURS / f"{event}.json"), tmp_path)
    assert status == 0, said
    happens(standin)
    standin.wait_until_delivered()
    assert {event, *heard} <= set(listener.kinds)
    assert not standin.violations


def test_every_kind_that_we_subscribe_to_is_triggered():
    heard = {*TRIGGERS, *AFTERWARDS}.union(*TRIGGERS.values(), *(more for _, more in AFTERWARDS.values()))
    assert set(SUBSCRIBED) <= heard


def test_what_the_stand_in_refuses_it_reports(standin, tmp_path):
    status, said = trigger(standin, "transfer.created", tmp_path)
    assert status != 0
    assert "does not implement POST /v1/accounts" in said
    standin.forgive(["/v1/accounts"])
