"""A mailbag of Stripe's: gifts that were paid at a stand-in, and its events about them, signed as they are sent."""

import http.client
import multiprocessing
import random
import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from donations.ledger.models import Fund, FundClass, FundPurpose, Purpose
from donations.models import Appeal, Pledge
from donations.models.pledge import PledgeState
from stripe_standin import Standin, deliveries, payments

SECRET = "whsec_demo"
CLIENTS = 8
TOLD = ("charge.succeeded", "payment_intent.succeeded", "checkout.session.completed")


def make_appeals(count: int) -> list[Appeal]:
    """So many funds, each with an appeal that asks for it; the first fund is the general one and bears the fees."""
    anything = Purpose.objects.get(code="any")
    funds = Fund.objects.bulk_create(
        Fund(code=f"F{n}", name=f"Fund {n}", fund_class=FundClass.UNRESTRICTED, opened=date(2010, 4, 1))
        for n in range(count + 1)
    )
    FundPurpose.objects.bulk_create(FundPurpose(fund=fund, purpose=anything, usual=True) for fund in funds)
    return Appeal.objects.bulk_create(
        Appeal(name=f"Appeal {n}", slug=f"appeal-{n}", fund=fund, purpose=anything, opens_on=date(2010, 4, 1))
        for n, fund in enumerate(funds[1:], start=1)
    )


@dataclass(frozen=True)
class Paid:
    """A gift that was paid at the stand-in: what a pledge of ours must say for it."""

    reference: str
    pence: int
    session: str


def fill(folder: Path, gifts: int) -> tuple[list[Paid], list[bytes]]:
    """Have so many gifts paid at a stand-in, which remembers them in `folder`; and the events about them, shuffled."""
    chance = random.Random(gifts)
    paid = []
    with Standin(secret=SECRET, state=str(folder / "stripe")) as standin:
        for number in range(gifts):
            reference, pence = f"G-{number:08d}", chance.randint(200, 20_000)
            session = standin.desk.answer("POST", "/v1/checkout/sessions", "", _form(reference, pence), _KEY).body
            payments.pay(standin.account, session["id"])
            paid.append(Paid(reference, pence, session["id"]))
        bodies = [deliveries.written(event) for event in standin.events if event["type"] in TOLD]
    chance.shuffle(bodies)
    return paid, bodies


def promise(paid: Sequence[Paid], appeals: Sequence[Appeal]) -> None:
    """The pledges of those gifts, each to one of these appeals."""
    chance = random.Random(len(paid))
    pledges = []
    for number, gift in enumerate(paid):
        appeal = chance.choice(appeals)
        pledges.append(
            Pledge(
                reference=gift.reference,
                appeal=appeal,
                fund_id=appeal.fund_id,
                purpose_id=appeal.purpose_id,
                pence=gift.pence,
                name="Ada Periwinkle",
                email=f"ada{number}@example.org",
                state=PledgeState.AT_CHECKOUT,
                checkout_session=gift.session,
            )
        )
    Pledge.objects.bulk_create(pledges, batch_size=2_000)


_KEY = {"Authorization": "Bearer sk_test_bench"}


def _form(reference: str, pence: int) -> str:
    return urlencode(
        {
            "mode": "payment",
            "client_reference_id": reference,
            "success_url": "http://127.0.0.1/thanks/",
            "line_items[0][quantity]": 1,
            "line_items[0][price_data][currency]": "gbp",
            "line_items[0][price_data][unit_amount]": pence,
            "line_items[0][price_data][product_data][name]": "A gift",
            "payment_intent_data[metadata][reference]": reference,
        }
    )


def post(port: int, bodies: Sequence[bytes], seconds: float) -> tuple[int, float, list[float]]:
    """Send events through eight connections for some seconds: how many were taken, the seconds, and each one's wait.

    Raises RuntimeError where one was refused.
    """
    processes = multiprocessing.get_context("fork")
    ready, done = processes.Barrier(CLIENTS + 1), processes.SimpleQueue()
    children = [
        processes.Process(target=_send, args=(port, bodies[n::CLIENTS], seconds, ready, done), daemon=True)
        for n in range(CLIENTS)
    ]
    for child in children:
        child.start()
    ready.wait(timeout=60)
    began = time.monotonic()
    waits = [wait for _ in children for wait in done.get()]
    took = time.monotonic() - began
    for child in children:
        child.join()
    if any(child.exitcode for child in children):
        raise RuntimeError("an event was refused: the client's words are above")
    return len(waits), took, waits


def _send(port: int, bodies: Sequence[bytes], seconds: float, ready: Any, done: Any) -> None:
    """One connection, in a process of its own."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    waits: list[float] = []
    ready.wait(timeout=60)
    began = time.monotonic()
    for body in bodies:
        headers = {"Content-Type": "application/json", "Stripe-Signature": deliveries.sign(body, SECRET)}
        asked = time.monotonic()
        connection.request("POST", "/stripe/webhook/", body, headers)
        answer = connection.getresponse()
        answer.read()
        waits.append(time.monotonic() - asked)
        if answer.status != 200:
            done.put(waits)
            raise RuntimeError(f"an event was answered {answer.status}")
        if time.monotonic() - began > seconds:
            break
    done.put(waits)
