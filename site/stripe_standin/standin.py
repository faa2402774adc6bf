"""The stand-in as one object: start it, speak to it, look inside, stop it. What donors do there is in giving.py."""

import sys
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from types import TracebackType

from stripe_standin import deliveries
from stripe_standin.account import Account, Options, Violation
from stripe_standin.answering import Desk, Trouble
from stripe_standin.api.webhook_endpoints import register
from stripe_standin.dashboard import Dashboard
from stripe_standin.deliveries import Post
from stripe_standin.server import Server
from stripe_standin.store import Row, Store
from stripe_standin.thin import set_thin

NAMED = "The endpoint given when the stand-in was started"


class Standin(Dashboard):
    """A running stand-in. `with Standin(webhook_url=…) as standin:` serves at `standin.url` until the block ends.

    port: 0 takes any free one. state: a file, or ":memory:". fee_after: seconds until a fee is known, 0 for at once.
    thin: events name only what changed. pays_out_daily: payouts are made by the account's clock. checks: what is asked
    and answered is compared with Stripe's specification.
    """

    def __init__(
        self,
        port: int = 0,
        *,
        webhook_url: str | None = None,
        secret: str = "whsec_standin",
        state: str = ":memory:",
        name: str = "Example charity",
        fee_after: float = 0.0,
        carriers: int = 4,
        thin: bool = False,
        pays_out_daily: bool = False,
        checks: bool = True,
    ) -> None:
        self.secret = secret
        self.key = "sk_test_standin"
        store = Store(state)
        self._server = Server(port)
        self.url = self._server.url
        account = Account(store, Options(name=name, fee_after=fee_after, base=self.url, checks=checks))
        super().__init__(account, Post(account, carriers))
        self.desk = Desk(self.account)
        self._server.give(self.account, self.desk, self.post)
        self._thread = threading.Thread(target=self._server.run, name="stripe-standin", daemon=True)
        self.kinds = ["*"]
        self._hear(webhook_url)
        if thin:
            self.send_thin()
        if pays_out_daily:
            self.pay_out_daily()

    # ---- starting and stopping

    def start(self) -> "Standin":
        """Serve, on a thread of its own."""
        self.post.start()
        self._thread.start()
        return self

    def stop(self) -> None:
        """Stop serving, finish what is being delivered, and let go of the file."""
        self._server.close()
        self._thread.join(timeout=10)
        self.post.stop()
        self.account.store.close()

    def __enter__(self) -> "Standin":
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def reset(self) -> None:
        """Forget everything but where events are sent."""
        url = self.webhook_url
        self.account.store.empty()
        self._hear(url)

    # ---- where events go

    @property
    def webhook_url(self) -> str | None:
        """Where events are sent; setting it sends later ones elsewhere, or with None nowhere."""
        endpoint = self._endpoint()
        return endpoint["url"] if endpoint else None

    @webhook_url.setter
    def webhook_url(self, url: str | None) -> None:
        self._hear(url)

    def _endpoint(self) -> Row | None:
        found = self.account.store.every("webhook_endpoint", description=NAMED)
        return found[0] if found else None

    def _hear(self, url: str | None) -> None:
        store = self.account.store
        with store.transaction():
            known = self._endpoint()
            if url is None:
                if known:
                    store.run("DELETE FROM objects WHERE id IN (?, ?)", known["id"], f"secret_{known['id']}")
            elif known:
                store.put(known | {"url": url, "enabled_events": self.kinds})
                store.put({"id": f"secret_{known['id']}", "object": "secret", "secret": self.secret})
            else:
                register(self.account, url, self.secret, self.kinds, {"description": NAMED})

    # ---- events

    @property
    def events(self) -> list[Row]:
        """Every event so far, oldest first."""
        return self.account.store.every("event")[::-1]

    def events_of(self, kind: str) -> list[Row]:
        """The events of one kind, oldest first."""
        return [event for event in self.events if event["type"] == kind]

    def signed(
        self, event: Row, *, secret: str | None = None, at: int | None = None, thin: bool = False
    ) -> tuple[bytes, str]:
        """An event as it is sent: the raw body and its Stripe-Signature header, for a test client."""
        body = deliveries.written(event, thinly=thin)
        return body, deliveries.sign(body, secret or self.secret, at)

    def signed_text(self, text: str) -> tuple[bytes, str]:
        """Any text at all, signed as if it were an event."""
        return text.encode(), deliveries.sign(text.encode(), self.secret)

    def deliver(self, event: Row, times: int = 1, *, at_once: bool = False) -> list[int]:
        """Send an event to the endpoint now, whatever is held: the HTTP status of each answer, 0 for none."""
        endpoint = self._endpoint()
        if endpoint is None:
            raise RuntimeError("There is no endpoint: set webhook_url first.")
        with ThreadPoolExecutor(max_workers=times if at_once else 1) as pool:
            return list(pool.map(lambda _: self.post.carry_one(event, endpoint)[0], range(times)))

    def hold(self) -> None:
        """Keep events back."""
        deliveries.hold(self.account)

    def release(self, *, shuffled: bool = False) -> None:
        """Let them go, in their order or in an order of chance."""
        deliveries.release(self.account, shuffled=shuffled)
        self.post.look()

    def shuffle_held(self) -> None:
        """Put the events that are kept back out of order."""
        deliveries.shuffle(self.account)

    def drop(self, event_id: str) -> int:
        """Never deliver an event; the list of events still has it. Returns how many deliveries that spares."""
        return deliveries.drop(self.account, event_id)

    def send_thin(self, *, thin: bool = True) -> None:
        """Whether events go out thin from now on."""
        set_thin(self.account, thin=thin)

    def undelivered(self) -> list[Row]:
        """The deliveries that have not been taken: event, state, attempts, answer."""
        return self.account.store.rows(
            "SELECT * FROM deliveries WHERE state NOT IN ('delivered', 'dropped') ORDER BY id"
        )

    def wait_until_delivered(self, timeout: float = 10.0) -> None:
        """Wait until every event has been taken. TimeoutError, with the last answers, if it takes too long."""
        ends = time.monotonic() + timeout
        while waiting := self.undelivered():
            if time.monotonic() > ends:
                raise TimeoutError(
                    f"Still undelivered: {[(row['event'], row['state'], row['answer']) for row in waiting]}"
                )
            time.sleep(0.02)

    # ---- what goes wrong

    @property
    def violations(self) -> list[Violation]:
        """What did not agree with Stripe's specification, in requests, answers and events. A test wants none."""
        return self.account.violations

    def forgive(self, expected: Iterable[str] = ()) -> None:
        """Strike out the violations that a test planted: those whose text contains one of `expected`, or all."""
        wanted = list(expected)
        for row in self.account.store.rows("SELECT * FROM violations"):
            text = f"{row['place']} {row['path']} {row['detail']}"
            if not wanted or any(part in text for part in wanted):
                self.account.store.run("DELETE FROM violations WHERE id = ?", row["id"])

    def trouble(
        self,
        status: int = 503,
        *,
        times: int = 1,
        after: bool = False,
        method: str = "POST",
        silent: float = 0.0,
        final: bool = False,
    ) -> None:
        """Let the next API requests fail: with a status, or with `silent` seconds of silence.

        after: the work is done first, so that only its answer is lost. final: Stripe's library is told to give up.
        """
        self.desk.trouble = Trouble(status, times, after, method, silent, final)

    @contextmanager
    def away(self) -> Iterator[None]:
        """Inside the block Stripe answers every request with 503 at once; its library makes no second try."""
        self.desk.trouble = Trouble(503, times=sys.maxsize, method="any", final=True)
        try:
            yield
        finally:
            self.desk.trouble = None
