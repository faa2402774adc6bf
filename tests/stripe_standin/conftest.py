"""The stand-in alone, with Stripe's own client, as a stranger would use it."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import stripe

from stripe_standin import Standin


@pytest.fixture
def standin():
    """A running stand-in. What it found wrong fails the test, unless the test planted it and forgives it."""
    with Standin() as running:
        yield running
        assert not running.violations, "\n".join(map(str, running.violations))


@pytest.fixture
def client(standin):
    """Stripe's own library, speaking to the stand-in."""
    return client_of(standin.url, standin.key)


def client_of(url, key="sk_test_1", retries=0, version=None):
    """Stripe's own library with an address and a key."""
    return stripe.StripeClient(
        key,
        base_addresses={"api": url},
        http_client=stripe.RequestsClient(timeout=10),
        max_network_retries=retries,
        stripe_version=version,
    )


def a_gift(**changes):
    """What opens a payment page for £25."""
    return {
        "mode": "payment",
        "submit_type": "donate",
        "line_items": [
            {
                "quantity": 1,
                "price_data": {"currency": "gbp", "unit_amount": 2500, "product_data": {"name": "A nurse"}},
            }
        ],
        "customer_email": "ada@example.org",
        "client_reference_id": "G-1",
        "metadata": {"reference": "G-1"},
        "payment_intent_data": {"metadata": {"reference": "G-1"}},
        "success_url": "http://127.0.0.1:9/thanks?session={CHECKOUT_SESSION_ID}",
        "cancel_url": "http://127.0.0.1:9/nurse",
    } | changes


def a_paid_gift(standin, pence=2500):
    """A gift by card that has been paid: its PaymentIntent."""
    line = a_gift()["line_items"][0]
    line["price_data"]["unit_amount"] = pence
    session = client_of(standin.url, standin.key).v1.checkout.sessions.create(a_gift(line_items=[line]))
    paid = standin.pay(session.id)
    return standin.account.need(paid["payment_intent"], "payment_intent")


def kinds_of(standin, start=""):
    """The types of the events so far, in order, that begin like this."""
    return [event["type"] for event in standin.events if event["type"].startswith(start)]


def a_regular_gift(every="month", **changes):
    """What opens a payment page for £10 every month."""
    gift = a_gift(mode="subscription", subscription_data={"metadata": {"reference": "G-1"}, "description": "A nurse"})
    del gift["payment_intent_data"]
    gift["line_items"][0]["price_data"] |= {"unit_amount": 1000, "recurring": {"interval": every}}
    return gift | changes


def kinds_since(standin, count):
    """The types of the events after the first `count`, in order."""
    return [event["type"] for event in standin.events[count:]]


class Listener(ThreadingHTTPServer):
    """Somebody who hears of events: keeps what arrives, and answers as told."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Ear)
        self.url = f"http://127.0.0.1:{self.server_address[1]}/hook"
        self.heard = []  # (body, signature)
        self.answers = []  # statuses to give before 200
        self.lock = threading.Lock()

    @property
    def kinds(self):
        """The types of the events that were taken in, in order."""
        import json

        return [json.loads(body)["type"] for body, _ in self.heard]


class _Ear(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        with self.server.lock:
            status = self.server.answers.pop(0) if self.server.answers else 200
            if status == 200:
                self.server.heard.append((body, self.headers["Stripe-Signature"]))
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        """Quiet."""


@pytest.fixture
def listener():
    """A listener on loopback."""
    with Listener() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()
