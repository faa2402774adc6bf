"""The post: signed events, carried to each endpoint on threads of their own, again and again until they are taken."""

import contextlib
import hashlib
import hmac
import http.client
import json
import random
import threading
import time
from collections.abc import Callable
from urllib.parse import SplitResult, urlsplit

from stripe_standin import debits, payments, payouts, refunds, renewals, subscriptions, thin
from stripe_standin.account import Account
from stripe_standin.api.webhook_endpoints import secret_of
from stripe_standin.store import Row

TIMEOUT = 15  # seconds that an endpoint has to answer
DELAYS = (1, 2, 5, 15, 60, 300, 1800, 7200)  # seconds before each further attempt; then every six hours
LAST = 21_600
GIVEN_UP = 3 * 86_400  # seconds after which Stripe stops trying
VERBS: dict[str, Callable[[Account, str], object]] = {
    "settle": payments.settle,
    "expire": payments.expire,
    "renew": renewals.due,
    "retry": renewals.retry,
    "resume": subscriptions.resume,
    "settle_bacs": debits.settle_if_waiting,
    "fail_bacs": debits.fail_if_waiting,
    "refund_succeeds": refunds.succeed,
    "refund_fails": refunds.fail,
    "payout_leaves": payouts.leave,
    "payout_arrives": payouts.arrive,
    "pay_out_each_day": payouts.pay_out_each_day,
}
LATE = 2  # seconds after which what was due is done as of then: the clock was moved, or nobody was here


def sign(body: bytes, secret: str, at: int | None = None) -> str:
    """The Stripe-Signature header of a message: `t` in real time, and HMAC-SHA256 of "t.body"."""
    stamp = str(int(time.time()) if at is None else at)
    digest = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return f"t={stamp},v1={digest}"


def written(event: Row, *, thinly: bool = False) -> bytes:
    """An event as it is sent, whole or thin. The bytes matter: the signature is over them."""
    return json.dumps(thin.notification(event) if thinly else event, ensure_ascii=False).encode()


class Post:
    """Carries deliveries that are due, and does what the account's clock has come round to."""

    def __init__(self, account: Account, carriers: int = 4) -> None:
        self.account = account
        self.carriers = carriers
        self.hurry = 1.0  # tests shorten the delays
        self._wake = threading.Condition()
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []
        self._lines = threading.local()  # a carrier's open connections, by the other side's name

    def start(self) -> None:
        """Begin. What was on its way when the last process ended is sent again."""
        self.account.store.run("UPDATE deliveries SET state = 'waiting' WHERE state = 'going'")
        self.keep_time()  # before anybody asks: what became due meanwhile bears its own date
        self._threads = [
            threading.Thread(target=self._carry, name=f"carrier-{number}", daemon=True)
            for number in range(self.carriers)
        ]
        self._threads.append(threading.Thread(target=self._keep_time, name="clock", daemon=True))
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Finish what is being carried, and stop."""
        self._stopping.set()
        with self._wake:
            self._wake.notify_all()
        for thread in self._threads:
            thread.join(timeout=TIMEOUT)

    def look(self) -> None:
        """Have one carrier look at once whether something is due; whatever else comes wakes another."""
        with self._wake:
            self._wake.notify()

    def carry_one(self, event: Row, endpoint: Row) -> tuple[int, str]:
        """Deliver an event now: the HTTP status of the answer, 0 where there was none, and a word on it."""
        body = written(event, thinly=thin.wanted(self.account, endpoint))
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks; stand-in)",
            "Stripe-Signature": sign(body, secret_of(self.account, endpoint["id"])),
        }
        try:
            return self._send(endpoint["url"], body, headers)
        except (OSError, ValueError, http.client.HTTPException) as error:
            return 0, str(error)

    def _send(self, url: str, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
        """Send a message by the connection that this carrier has kept open, or by a new one.

        Where the other side had closed it meanwhile, the message may come twice, as it always may.
        """
        address = urlsplit(url)
        kept = self._lines.__dict__.pop(address.netloc, None)
        if kept is not None:
            with contextlib.suppress(ConnectionError, http.client.BadStatusLine):
                return self._ask(kept, address, body, headers)
            kept.close()
        secure = address.scheme == "https"
        opens = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        return self._ask(opens(address.netloc, timeout=TIMEOUT), address, body, headers)

    def _ask(
        self, line: http.client.HTTPConnection, to: SplitResult, body: bytes, headers: dict[str, str]
    ) -> tuple[int, str]:
        line.request("POST", to._replace(scheme="", netloc="").geturl(), body, headers)
        answer = line.getresponse()
        answer.read()
        self._lines.__dict__[to.netloc] = line
        return answer.status, f"{answer.status}" if answer.status < 300 else f"{answer.status} {answer.reason}"

    # ---- the threads

    def _carry(self) -> None:
        while not self._stopping.is_set():
            delivery = self._claim()
            if delivery is None:
                with self._wake:
                    self._wake.wait(timeout=0.25)
                continue
            self._deliver(delivery)

    def _claim(self) -> Row | None:
        store = self.account.store
        with store.transaction():
            due = "SELECT * FROM deliveries WHERE state = 'waiting' AND due <= ? ORDER BY due, id LIMIT 1"
            delivery = store.row(due, time.time())
            if delivery is not None:
                store.run("UPDATE deliveries SET state = 'going' WHERE id = ?", delivery["id"])
            return delivery

    def _deliver(self, delivery: Row) -> None:
        store = self.account.store
        event = store.get(delivery["event"], "event")
        endpoint = store.get(delivery["endpoint"], "webhook_endpoint")
        if event is None or endpoint is None:
            store.run("DELETE FROM deliveries WHERE id = ?", delivery["id"])
            return
        status, word = self.carry_one(event, endpoint)
        attempts = delivery["attempts"] + 1
        if 200 <= status < 300:
            state, due = "delivered", time.time()
        else:
            delay = DELAYS[attempts - 1] if attempts <= len(DELAYS) else LAST
            state, due = "held" if held(self.account) else "waiting", time.time() + delay * self.hurry
            if self.account.now() - event["created"] > GIVEN_UP:
                state = "given up"
        store.run(
            "UPDATE deliveries SET state = ?, attempts = ?, due = ?, answer = ? WHERE id = ? AND state = 'going'",
            state,
            attempts,
            due,
            word,
            delivery["id"],
        )

    def _keep_time(self) -> None:
        while not self._stopping.is_set():
            self.keep_time()
            self._stopping.wait(0.1)

    def keep_time(self) -> None:
        """Do what is due by the account's clock, in the order of its dates, and what then becomes due in its turn."""
        store = self.account.store
        done = 0
        with store.transaction():
            now = self.account.now()
            while row := store.row("SELECT * FROM later WHERE due <= ? ORDER BY due, id LIMIT 1", now):
                store.run("DELETE FROM later WHERE id = ?", row["id"])
                with self.account.at(row["due"] if row["due"] < now - LATE else now):
                    self._do(row["verb"], row["subject"])
                done += 1
        if done:
            self.look()

    def _do(self, verb: str, subject: str) -> None:
        with contextlib.suppress(payments.NotOpen):  # paid, or closed by somebody, before its time came
            VERBS[verb](self.account, subject)


def hold(account: Account) -> None:
    """Keep every event back, those that wait too."""
    with account.store.transaction():
        account.store.set("hold", "1")
        account.store.run("UPDATE deliveries SET state = 'held' WHERE state = 'waiting'")


def release(account: Account, *, shuffled: bool = False) -> None:
    """Let the events go that were kept back, in the order in which they happened or in any other."""
    with account.store.transaction():
        account.store.set("hold", "")
        if shuffled:
            shuffle(account)
        now = time.time()
        account.store.run("UPDATE deliveries SET state = 'waiting', due = min(due, ?) WHERE state = 'held'", now)


def shuffle(account: Account) -> None:
    """Put the events that are kept back into an order of chance, in which they will go when they are let go."""
    with account.store.transaction():
        rows = account.store.rows("SELECT id FROM deliveries WHERE state = 'held' ORDER BY id")
        places = list(range(len(rows)))
        random.shuffle(places)
        for row, place in zip(rows, places, strict=True):  # all in the past, so that none waits
            account.store.run("UPDATE deliveries SET due = ? WHERE id = ?", place / 1e6, row["id"])


def drop(account: Account, event: str) -> int:
    """Never deliver an event, which stays in the list of events. Returns how many deliveries that spares."""
    with account.store.transaction():
        which = "event = ? AND state IN ('waiting', 'held')"
        dropped = account.store.rows(f"SELECT id FROM deliveries WHERE {which}", event)
        account.store.run(f"UPDATE deliveries SET state = 'dropped' WHERE {which}", event)
        return len(dropped)


def held(account: Account) -> bool:
    """Whether events are being kept back."""
    return bool(account.store.setting("hold"))
