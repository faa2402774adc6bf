"""The web server's worker that hands out known pages at the door: gunicorn … --worker-class almoner.porter.Porter

gunicorn's thread worker passes each request to a thread and takes it back, which is most of the work of a page from
memory. This one looks at what has arrived first: where that is one whole request for a page that is known and fresh,
it is answered at once by gunicorn's own reader and writer, without waiting for anybody. What was only looked at is
still there for the thread that everything else is passed to, just as if nobody had looked.
"""

import selectors
import socket
import time
from concurrent.futures import Future
from datetime import datetime
from functools import partial
from typing import Any

from gunicorn.http import RequestParser, wsgi
from gunicorn.workers.gthread import DEFAULT_WORKER_DATA_TIMEOUT, ThreadWorker

from almoner import memory

MOST = 8192  # bytes of a request; a longer one is a thread's
END = b"\r\n\r\n"
PAGES = (b"GET /", b"HEAD /")
ELSEWHERE = tuple(start + place[1:].encode() for start in PAGES for place in memory.NEVER)
MORE = {"CONTENT-LENGTH", "TRANSFER-ENCODING", "EXPECT", "UPGRADE"}  # what asks for more than a page
AT_ONCE = socket.MSG_DONTWAIT  # the loop waits for nobody


class Gathered:
    """Where an answer is written in a socket's place, so that it leaves in one piece."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def sendall(self, part: bytes) -> None:
        """Write some more."""
        self.parts.append(part)


class Porter(ThreadWorker):
    """gunicorn's thread worker, but for pages from memory."""

    def enqueue_req(self, conn: Any) -> None:
        """Called in the worker's own loop for a new connection, and for one on which something has arrived."""
        asked = self.seen(conn)
        if asked is None and not conn.initialized and self.alive:
            self.listen_to(conn)
            return
        try:
            answer = self.answer(asked, conn) if asked else None
        except Exception:  # a thread finds out the same, and says so
            answer = None
        if asked is None or answer is None:
            super().enqueue_req(conn)
        else:
            conn.sock.recv(len(asked))
            conn.init()
            self.send(conn, *answer)

    def seen(self, conn: Any) -> bytes | None:
        """What has arrived, left where it is: one whole request for what may be a page, else b""; None: nothing yet."""
        plain = not self.cfg.is_ssl and self.cfg.protocol == "http" and self.cfg.http2_cleartext == "off"
        was_read_ahead = conn.parser is not None and conn.parser.unreader.buf.getvalue()
        if not plain or not self.alive or was_read_ahead:
            return b""
        try:
            arrived: bytes = conn.sock.recv(MOST, socket.MSG_PEEK | AT_ONCE)
        except BlockingIOError:
            return None
        except OSError:
            return b""
        is_one = arrived.startswith(PAGES) and arrived.find(END) == len(arrived) - len(END)
        return arrived if is_one and not arrived.startswith(ELSEWHERE) else b""

    def listen_to(self, conn: Any) -> None:
        """Whoever connects and says nothing yet keeps no thread waiting; gunicorn would lend one for five seconds."""
        conn.timeout = time.monotonic() + DEFAULT_WORKER_DATA_TIMEOUT
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def answer(self, asked: bytes, conn: Any) -> tuple[bytes, bool] | None:
        """A page from memory, and whether the connection stays open; None where no page is at hand."""
        request = next(RequestParser(self.cfg, iter([asked]), conn.client))
        if self.nr + 1 >= self.max_requests or any(name in MORE for name, _ in request.headers):
            return None
        began, gathered = datetime.now(), Gathered()  # noqa: DTZ005 - as gunicorn's own log
        response, environ = wsgi.create(request, gathered, conn.client, conn.server, self.cfg)
        kept = memory.fresh(environ)
        if kept is None:
            return None
        self.nr += 1
        if not self.cfg.keepalive or len(self.keepalived_conns) >= self.max_keepalived:
            response.force_close()
        for part in memory.handed_out(kept, environ, response.start_response):
            response.write(part)
        response.close()
        self.log.access(response, request, environ, datetime.now() - began)  # noqa: DTZ005
        return b"".join(gathered.parts), not response.should_close()

    def send(self, conn: Any, answer: bytes, goes_on: bool) -> None:
        """Send what the network takes at once; the rest, if any, is a thread's."""
        try:
            sent = conn.sock.send(answer, AT_ONCE)
        except OSError:
            sent = 0
        if sent < len(answer):
            rest = self.tpool.submit(self.send_rest, conn, answer[sent:], goes_on)
            rest.add_done_callback(lambda done: self.method_queue.defer(self.finish_request, conn, done))
            return
        done: Future[bool] = Future()
        done.set_result(goes_on)
        self.finish_request(conn, done)

    @staticmethod
    def send_rest(conn: Any, rest: bytes, goes_on: bool) -> bool:
        """Wait for a slow reader."""
        conn.sock.setblocking(True)
        conn.sock.sendall(rest)
        return goes_on
