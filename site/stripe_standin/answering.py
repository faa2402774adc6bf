"""One API request, from key to answer: who asks, is it well formed, was it asked before, what comes of it."""

import hashlib
import json
import re
import secrets
import threading
import traceback
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message

from stripe_standin import api, wire
from stripe_standin.account import Account, Asking
from stripe_standin.api.calls import Call, expand
from stripe_standin.specification import VERSION, Fault, Routes
from stripe_standin.store import Row
from stripe_standin.wire import ApiError, Params, RefusedPayment

Headers = Mapping[str, str] | Message
ROUTES = Routes()  # what it reads of the package never changes
KEY_LIVES = 86_400  # seconds: Stripe forgets idempotency keys after a day
TEST_KEY = re.compile(r"(sk|rk)_test_\w+\Z")


@dataclass(frozen=True)
class Reply:
    """An answer on its way."""

    status: int
    body: Row
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Trouble:
    """Something that is to go wrong with the next API requests: for tests of what cannot be waited for."""

    status: int = 503
    times: int = 1
    after: bool = False  # the work is done, and only its answer is lost
    method: str = "POST"  # "any" for all
    silent: float = 0.0  # seconds of silence instead of an answer
    final: bool = False  # say that it is no use to ask again, so that nobody waits

    def strikes(self, method: str) -> bool:
        """Whether this request is one of those."""
        if self.times < 1 or self.method not in {method, "any"}:
            return False
        self.times -= 1
        return True


class Desk:
    """Answers API requests. Requests are answered one at a time: each is one transaction of the store."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.trouble: Trouble | None = None
        self._trouble_lock = threading.Lock()

    def answer(self, method: str, path: str, query: str, body: str, headers: Headers) -> Reply:
        """The answer to a request. Never raises: whatever is wrong is said in Stripe's shape."""
        asking = Asking(id=f"req_{secrets.token_hex(7)}", key=headers.get("Idempotency-Key"))
        said = {"Request-Id": asking.id or "", "Stripe-Version": headers.get("Stripe-Version", VERSION)}
        if asking.key:
            said["Idempotency-Key"] = asking.key
        try:
            check_key(headers)
            params = wire.decode(query if method in {"GET", "DELETE"} and query else body)
            reply = self._once(method, path, params, asking, strict=headers.get("Stripe-Version") == VERSION)
        except ApiError as error:
            reply = Reply(error.status, error.body)
        except Exception as error:  # a fault of the stand-in's own: told to the caller, to the tests, and in full here
            traceback.print_exc()
            self.account.violated(
                f"{method} {path}", Fault("", "fault", f"The stand-in failed: {type(error).__name__}")
            )
            reply = Reply(500, ApiError(500, "The stand-in failed.", kind="api_error").body)
        return Reply(reply.status, reply.body, said | reply.headers)

    def struck(self, method: str) -> Trouble | None:
        """The trouble that strikes this request, if any does."""
        with self._trouble_lock:
            return self.trouble if self.trouble is not None and self.trouble.strikes(method) else None

    def _once(self, method: str, path: str, params: Params, asking: Asking, *, strict: bool) -> Reply:
        """Answer a request; a POST that carries a key once only, with a replay to whoever repeats it."""
        call, named = self._checked(method, path, params, strict=strict)
        store = self.account.store
        with store.transaction():
            if method != "POST" or not asking.key:
                return self._work(call, named, params, asking, strict=strict)
            asked = hashlib.sha256(json.dumps([method, path, params], sort_keys=True).encode()).hexdigest()
            store.run("DELETE FROM keys WHERE created < ?", self.account.now() - KEY_LIVES)
            before = store.row("SELECT asked, status, body FROM keys WHERE key = ?", asking.key)
            if before is None:
                reply = self._work(call, named, params, asking, strict=strict)
                keep = (asking.key, asked, reply.status, json.dumps(reply.body), self.account.now())
                store.run("INSERT INTO keys VALUES (?, ?, ?, ?, ?)", *keep)
                return reply
        if before["asked"] != asked:
            raise ApiError(
                400,
                "Keys for idempotent requests can only be used with the same parameters they were first used "
                f"with. Try using a key other than '{asking.key}' if you meant to execute a different request.",
                kind="idempotency_error",
            )
        return Reply(before["status"], json.loads(before["body"]), {"Idempotent-Replayed": "true"})

    def _checked(self, method: str, path: str, params: Params, *, strict: bool) -> tuple[Call, dict[str, str]]:
        """The call that is meant, once the request agrees with Stripe's specification and with what is done here."""
        route, found = ROUTES.find(method, path), api.find(method, path)
        if route is None:
            if found is not None and not strict:  # an address that Stripe has and does not publish
                return found
            raise ApiError(404, f"Unrecognized request URL ({method}: {path}).")
        if found is None:
            raise self._not_implemented(route.name, "", f"The stand-in does not implement {route.name}.")
        if strict and route.params and self.account.options.checks:
            self._check(route.name, list(route.params.faults(params, "", wire=True)))
        for name in wire.names(params):
            if not found[0].obeys(name) and (strict or self._is_meant(found[0], route.params, name)):
                message = f"The stand-in does not implement the parameter {name} of {route.name}."
                raise self._not_implemented(route.name, name, message)
        return found

    def _work(self, call: Call, named: dict[str, str], params: Params, asking: Asking, *, strict: bool) -> Reply:
        """Do what is asked, inside the caller's transaction."""
        self.account.asking = asking
        try:
            body = call.answer(self.account, params, **named)
        except RefusedPayment as refusal:
            return Reply(refusal.status, refusal.body)
        finally:
            self.account.asking = Asking()
        body = expand(self.account, body, params.get("expand", []))
        if strict and not body.get("deleted"):
            self.account.check_object(body, f"answer to {call.name}")
        return Reply(200, body)

    @staticmethod
    def _is_meant(call: Call, shape: object, name: str) -> bool:
        """Whether an old caller would miss this parameter: one that today's Stripe has, and of which something comes.

        Others pass, as they do at Stripe.
        """
        first = name.split("[")[0]
        return first not in call.passes_over and first in getattr(shape, "fields", {})

    def _check(self, place: str, faults: list[Fault]) -> None:
        """Write down what is wrong with a request, and refuse it as Stripe would."""
        for fault in faults:
            self.account.violated(place, fault)
        for fault in faults:
            match fault.problem:
                case "unknown" if fault.path == "payment_method_types":
                    code = "payment_method_types_no_longer_supported"
                    raise ApiError(400, "`payment_method_types` is no longer supported.", code=code, param=fault.path)
                case "unknown":
                    message = f"Received unknown parameter: {fault.path}"
                    raise ApiError(400, message, code="parameter_unknown", param=fault.path)
                case "missing":
                    raise wire.missing(fault.path)
                case _:
                    raise ApiError(400, f"Invalid {fault.path}: {fault.detail}", param=fault.path)

    def _not_implemented(self, place: str, name: str, message: str) -> ApiError:
        self.account.violated(place, Fault(name, "not implemented", message))
        return ApiError(400, message, code="standin_not_implemented", param=name)


def check_key(headers: Headers) -> None:
    """Let test keys in. ApiError 401 for any other, which is not repeated in the answer."""
    scheme, _, value = headers.get("Authorization", "").partition(" ")
    if scheme == "Basic":
        try:
            value = b64decode(value).decode().partition(":")[0]
        except ValueError:
            value = ""
    if not value:
        raise ApiError(401, "You did not provide an API key.")
    if not TEST_KEY.match(value):
        kind = "live mode" if value[:8] in {"sk_live_", "rk_live_"} else "unknown"
        raise ApiError(401, f"Invalid API Key provided: the stand-in takes test keys only, and this one is {kind}.")
