"""What people see of the stand-in: the donor's payment page, the operator's page, and the same facts as JSON."""

from __future__ import annotations

from email.message import Message
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from stripe_standin.pages import bank, operator, payment, portal
from stripe_standin.pages.reply import Page, plain

if TYPE_CHECKING:
    from stripe_standin.server import Server

STATIC = Path(__file__).parent / "static"
OURSELVES = {"127.0.0.1", "localhost", "::1"}


def answer(server: Server, method: str, path: str, query: str, body: str, headers: Message) -> Page:
    """The page at `path`."""
    if urlsplit(f"//{headers.get('Host', '')}").hostname not in OURSELVES:
        return plain(421, "The stand-in answers on this machine only.")  # no other name may be pointed at it
    form = dict(parse_qsl(body, keep_blank_values=True))
    if method == "POST" and _is_from_elsewhere(headers):
        return plain(403, "This form was sent by another site.")
    if path.startswith("/c/pay/"):
        return payment.answer(server, method, path.removeprefix("/c/pay/"), form)
    if path.startswith("/c/bank/"):
        return bank.answer(server, method, path.removeprefix("/c/bank/"), form)
    if path.startswith("/p/session/"):
        return portal.answer(server, method, path.removeprefix("/p/session/"), form)
    if path.startswith("/i/"):
        return bank.invoice(server, path.removeprefix("/i/"))
    if path == "/_standin/standin.css":
        return Page(200, (STATIC / "standin.css").read_bytes(), {"Content-Type": "text/css; charset=utf-8"})
    if path == "/" or path.startswith("/_standin/"):
        as_json = "application/json" in headers.get("Accept", "")
        return operator.answer(server, method, path, form | dict(parse_qsl(query)), as_json=as_json)
    if path == "/favicon.ico":
        return Page(204, b"", {})
    return plain(404, "There is no such page.")


def _is_from_elsewhere(headers: Message) -> bool:
    """Whether a browser says that another site sent this."""
    origin = headers.get("Origin", "")
    if origin and origin != "null":
        return urlsplit(origin).netloc != headers.get("Host")
    return headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}
