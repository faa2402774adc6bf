"""What the lives have in common: a donor gives, Stripe tells, the worker works, and in the end the books are right."""

import json
import random
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import stripe
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django import app

from donations import gateway
from donations.actions import sending
from donations.ledger import balances, proving
from donations.ledger.models import Entry, Fund
from donations.ledger.posting import Via
from donations.models import Donation, Letter, Payment, Pledge, RegularGift
from stripe_standin import Standin, balance

Row = dict[str, Any]


class Life:
    """One site, one stand-in, and what happens between them, in a single transaction that the test rolls back."""

    def __init__(self, client: Client, standin: Standin) -> None:
        self.client = client
        self.standin = standin
        self.told: set[str] = set()

    # ---- donors

    def asks(self, pounds: str = "25", *, every: str = "once", name: str = "Ada Periwinkle") -> Pledge:
        """Somebody sends the form, and is led to Stripe's page."""
        email = f"{name.split()[0].lower()}@example.org"
        typed = {"every": every, "choice": "other", "other": pounds, "name": name, "email": email, "gift_aid": "no"}
        answer = self.client.post(reverse("donations:give_at_once", args=["nurse"]), {**typed, "token": str(uuid4())})
        assert answer.status_code == 302, answer.content.decode()
        return Pledge.objects.get(checkout_url=answer["Location"])

    def gives(self, pounds: str = "25", *, card: str = "succeeds", **more: str) -> Pledge:
        """The same, and pays there; we have heard of it."""
        pledge = self.asks(pounds, **more)
        self.standin.pay(pledge.checkout_session, card=card)
        self.hears()
        pledge.refresh_from_db()
        return pledge

    def begins(self, pounds: str = "10", *, every: str = "month", card: str = "succeeds") -> RegularGift:
        """Somebody begins to give regularly; by a Direct Debit the first payment is still on its way."""
        pledge = self.gives(pounds, every=every, card=card)
        return RegularGift.objects.get(pledge=pledge)

    def intent(self, pledge: Pledge) -> str:
        """Stripe's number of the payment of a pledge."""
        return Payment.objects.filter(pledge=pledge).latest("pk").payment_intent

    # ---- what others do on the same account

    def stripes_own_client(self) -> stripe.StripeClient:
        """Another program that uses the same account, with Stripe's own library."""
        return stripe.StripeClient(self.standin.key, base_addresses={"api": self.standin.url})

    def strange_line(self, pence: int, category: str = "other_adjustment") -> None:
        """Stripe moves money for a reason of its own."""
        balance.make_line(
            self.standin.account, category=category, type="adjustment", amount=pence, fee=0, source=None,
            currency="gbp", description="An adjustment",
        )  # fmt: skip

    # ---- what Stripe tells, and the worker

    def news(self) -> list[Row]:
        """The events of the subscribed kinds that have not been brought yet, oldest first."""
        return [
            event
            for event in self.standin.events
            if event["type"] in gateway.SUBSCRIBED and event["id"] not in self.told
        ]

    def hears(self, events: Sequence[Row] | None = None, *, times: int = 1, thin: bool = False) -> None:
        """Everything that is new is brought, and obeyed."""
        self.brings(self.news() if events is None else events, times=times, thin=thin)
        self.works()

    def brings(self, events: Sequence[Row], *, times: int = 1, thin: bool = False) -> None:
        """Events come to the webhook; each is taken."""
        for event in events:
            for _ in range(times):
                assert self.status_of(*self.standin.signed(event, thin=thin)) == 200
            self.told.add(event["id"])

    def status_of(self, body: bytes, signature: str) -> int:
        """What the webhook answers to a message."""
        headers = {"HTTP_STRIPE_SIGNATURE": signature}
        address = reverse("donations:webhook")
        return self.client.post(address, body, content_type="application/json", **headers).status_code

    def hears_in_disorder(self, seed: int, *, lost: float = 0.0, twice: float = 0.5) -> None:
        """Everything that is new comes in an order of chance, some of it twice, some of it never."""
        chance = random.Random(seed)
        events = [event for event in self.news() if chance.random() >= lost]
        events += [event for event in events if chance.random() < twice]
        chance.shuffle(events)
        for event in events:
            self.brings([event])
            self.works()
        self.told |= {event["id"] for event in self.news()}

    def loses_what_is_new(self) -> int:
        """Nothing that is new will ever be brought. How many events that are."""
        lost = {event["id"] for event in self.news()}
        self.told |= lost
        return len(lost)

    def works(self) -> int:
        """Every job that waits is done, as the worker would, but in the test's own transaction; then the post leaves.

        How much was done. That transaction is never committed, so that no letter asks for its job.
        """
        done = 0
        while jobs := self._waiting():
            for number, name, arguments in jobs:
                app.tasks[name].func(**arguments)
                self._mark(number)
                done += 1
        return done + sending.send_what_waits()

    def _waiting(self) -> list[tuple[int, str, Row]]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, task_name, args FROM procrastinate_jobs WHERE status = 'todo' ORDER BY id")
            return [(number, name, json.loads(arguments)) for number, name, arguments in cursor.fetchall()]

    def _mark(self, number: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [number])

    # ---- what came of it

    @property
    def letters(self) -> list[str]:
        """The kinds of the letters that were written, in order; each has been sent, and each cause had one."""
        assert not Letter.objects.filter(sent_at=None).exists(), "a letter waits"
        assert len(mail.outbox) == Letter.objects.count()
        return list(Letter.objects.order_by("pk").values_list("kind", flat=True))

    def entries(self) -> list[tuple[str, int]]:
        """What was posted: each entry's kind, and what it put on Stripe's account, in order."""
        found = []
        for entry in Entry.objects.order_by("pk"):
            lines = entry.lines.filter(account__code=Via.STRIPE).values_list("amount", flat=True)
            found.append((entry.kind_id, sum(lines)))
        return found

    def stands(self) -> None:
        """In the end: the proof holds, one donation a payment, and our clearing account is Stripe's balance."""
        proof = proving.prove()
        assert proof.holds, list(proving.differences())
        held = sum(balances.held_on(Via.STRIPE).values())
        assert held == gateway.fetch_balance().total_pence, self.entries()
        paid = Payment.objects.succeeded().ours()
        assert paid.count() == Donation.objects.filter(payment__isnull=False).count()
        receipts = Letter.objects.filter(kind=Letter.Kind.RECEIPT)
        assert receipts.count() == Donation.objects.exclude(donor=None).count()


def raised(fund: Fund) -> int:
    """What a fund has raised, in pence."""
    return balances.of_fund(fund).raised.pence


def ledger() -> list[tuple[str, str, list[tuple[str, int, int]]]]:
    """The whole of the books, in a form that can be compared: cause, kind and lines of every entry."""
    return sorted(
        (
            entry.source_key,
            entry.kind_id,
            sorted(entry.lines.values_list("account__code", "fund_id", "amount")),
        )
        for entry in Entry.objects.all()
    )
