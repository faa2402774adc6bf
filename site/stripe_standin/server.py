"""The HTTP server: loopback only, a thread a connection, connections kept open."""

import contextlib
import json
import socket
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from stripe_standin import pages
from stripe_standin.account import Account
from stripe_standin.answering import Desk, Reply, Trouble
from stripe_standin.deliveries import Post
from stripe_standin.pages.reply import Page
from stripe_standin.wire import ApiError

LARGEST = 1_000_000  # bytes of a request's body


class Server(ThreadingHTTPServer):
    """Listens on loopback and nowhere else."""

    daemon_threads = True
    block_on_close = False  # a connection that the other side keeps open must not hold up the end
    request_queue_size = 128
    account: Account
    desk: Desk
    post: Post

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self.started, self.closing, self.ended = (threading.Event() for _ in range(3))

    def give(self, account: Account, desk: Desk, post: Post) -> None:
        """What the requests are about."""
        self.account, self.desk, self.post = account, desk, post

    def run(self) -> None:
        """Serve until closed."""
        self.started.set()
        while not self.closing.is_set():
            self.handle_request()
        self.ended.set()

    def close(self) -> None:
        """Stop serving; may be called from any thread but the serving one."""
        self.closing.set()
        if self.started.is_set():
            with contextlib.suppress(OSError):  # somebody comes in, so that it looks up at once
                socket.create_connection(("127.0.0.1", self.server_address[1]), timeout=1).close()
            self.ended.wait(timeout=10)
        self.server_close()

    def handle_error(self, request: object, client_address: object) -> None:
        """A caller that went away is no news."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # as socketserver calls it


class Handler(BaseHTTPRequestHandler):
    """Reads one request after another from a connection, and sends each to the API or to a page."""

    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "stripe-standin"
    sys_version = ""
    timeout = 60

    def setup(self) -> None:
        """Answers go out at once."""
        super().setup()
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def log_message(self, format: str, *args: object) -> None:
        """Requests are not logged: the operator's page shows what matters."""

    def do_GET(self) -> None:
        self._handle()

    do_POST = do_DELETE = do_HEAD = do_GET

    def _handle(self) -> None:
        body = self._body()
        if body is None:
            return
        address = urlsplit(self.path)
        method = "GET" if self.command == "HEAD" else self.command
        if address.path.startswith(("/v1/", "/v2/")):
            self._answer_api(method, address.path, address.query, body)
        else:
            self._send_page(pages.answer(self.server, method, address.path, address.query, body, self.headers))

    def _body(self) -> str | None:
        """The request's body; None where it was refused."""
        length = self.headers.get("Content-Length", "0")
        if "Transfer-Encoding" in self.headers or not length.isdigit() or int(length) > LARGEST:
            self.close_connection = True
            self._send_json(Reply(413, ApiError(413, "The request is too large, or its length is not given.").body))
            return None
        try:
            return self.rfile.read(int(length)).decode("utf-8")
        except UnicodeDecodeError:
            self._send_json(Reply(400, ApiError(400, "The request is not UTF-8.").body))
            return None

    def _answer_api(self, method: str, path: str, query: str, body: str) -> None:
        trouble = self.server.desk.struck(method)
        if trouble and not trouble.after:
            self._be_troubled(trouble)
            return
        reply = self.server.desk.answer(method, path, query, body, self.headers)
        self.server.post.look()
        if trouble:
            self._be_troubled(trouble)
            return
        self._send_json(reply)

    def _be_troubled(self, trouble: Trouble) -> None:
        """Say nothing for a while and hang up, or say that something is wrong."""
        if trouble.silent:
            time.sleep(trouble.silent)
            self.close_connection = True
            return
        kind = "rate_limit" if trouble.status == 429 else ""
        error = ApiError(
            trouble.status, "Something went wrong at the stand-in, as was asked.", kind="api_error", code=kind
        )
        self._send_json(Reply(trouble.status, error.body, {"Stripe-Should-Retry": "false"} if trouble.final else {}))

    def _send_json(self, reply: Reply) -> None:
        headers = {"Content-Type": "application/json", "Cache-Control": "no-store"} | reply.headers
        self._send(reply.status, headers, json.dumps(reply.body).encode())

    def _send_page(self, page: Page) -> None:
        self._send(page.status, page.headers, page.body)

    def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
