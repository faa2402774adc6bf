"""Pages handed out at the door of a real gunicorn: at once, to each visitor their own, and nothing else."""

import contextlib
import http.client
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest
from django.conf import settings

from tests.almoner.at_the_door import BUSY_SECONDS, LARGE

TOKEN = re.compile(r"token ([0-9a-f-]{36})")
NUMBER = re.compile(r"page (\d+)")
THREADS = 2


@pytest.fixture(scope="module")
def port(tmp_path_factory) -> Iterator[int]:
    """One process of two threads, whose memory lasts longer than the tests."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number = probe.getsockname()[1]
    words = ["tests.almoner.at_the_door", "--worker-class", "almoner.porter.Porter", "--threads", str(THREADS)]
    words += ["--bind", f"127.0.0.1:{number}", "--keep-alive", "30", "--graceful-timeout", "1", "--no-control-socket"]
    paths = os.pathsep.join([str(settings.ROOT), str(settings.ROOT / "site")])
    lasting = {"PAGES_FRESH_SECONDS": "60", "PAGES_KEPT_SECONDS": "60", "PYTHONPATH": paths}
    log = tmp_path_factory.mktemp("porter") / "log"
    with log.open("wb") as said:
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", *words], env=os.environ | lasting, stderr=said, cwd=settings.ROOT
        )
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", number)) == 0:
                    break
            assert server.poll() is None, log.read_text()
            time.sleep(0.05)
        yield number
    finally:
        server.terminate()
        server.wait(10)


class Visitor:
    """Somebody with a connection that stays open."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)

    def get(self, path: str = "/known/", method: str = "GET", **more) -> tuple[http.client.HTTPResponse, str]:
        self.connection.request(method, path, **more)
        answer = self.connection.getresponse()
        return answer, answer.read().decode()

    def number(self, *asked: str, **more) -> int:
        return int(NUMBER.search(self.get(*asked, **more)[1])[1])


@pytest.fixture
def visitor(port) -> Visitor:
    """Somebody for whom a page is at hand."""
    somebody = Visitor(port)
    somebody.get()
    return somebody


@contextlib.contextmanager
def every_thread_busy(port: int) -> Iterator[None]:
    """Inside the block nobody is left to be passed to."""
    busy = [threading.Thread(target=Visitor(port).get, args=(f"/busy/?{number}",)) for number in range(THREADS)]
    for each in busy:
        each.start()
    time.sleep(0.3)
    yield
    for each in busy:
        each.join(10)


def talk(port: int, *said: bytes, until: bytes = b"") -> bytes:
    """What a server answers to these very bytes, said with a pause between."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        for words in said:
            line.sendall(words)
            time.sleep(0.1)
        heard = b""
        while part := line.recv(65536):
            heard += part
            if until and heard.count(until) >= 1 and heard.endswith(until):
                break
        return heard


def test_a_known_page_is_handed_out_while_every_thread_is_busy(port, visitor):
    with every_thread_busy(port):
        began = time.monotonic()
        pages = [visitor.get() for _ in range(5)] + [Visitor(port).get() for _ in range(5)]
        assert time.monotonic() - began < BUSY_SECONDS / 2
    assert {NUMBER.search(body)[1] for _, body in pages} == {str(visitor.number())}
    assert len({TOKEN.search(body)[1] for _, body in pages}) == 10, "each visitor has a token of their own"


def test_it_is_the_page_that_a_thread_would_give_with_all_its_headers(port, visitor):
    at_the_door, _ = visitor.get()
    by_a_thread, _ = visitor.get("/known/?another")
    told = [dict(answer.getheaders()) | {"Date": ""} for answer in (at_the_door, by_a_thread)]
    assert told[0] == told[1]
    assert told[0]["Content-Security-Policy"] == "default-src 'none'"
    assert told[0]["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(
    "asked",
    [
        {"headers": {"Cookie": "sessionid=abc"}},
        {"headers": {"Authorization": "Basic abc"}},
        {"method": "POST", "body": "words"},
        {"path": "/giving/"},
    ],
)
def test_whoever_asks_for_something_else_is_answered_by_a_thread(visitor, asked):
    known = visitor.number()
    assert visitor.number(**asked) != visitor.number(**asked)
    assert visitor.number() == known


def test_a_head_has_no_body_and_the_connection_goes_on(visitor):
    answer, body = visitor.get(method="HEAD")
    assert (answer.status, body) == (200, "")
    assert int(answer.getheader("Content-Length")) > 0
    assert visitor.get()[0].status == 200


def test_a_request_that_arrives_in_pieces_is_answered_all_the_same(port, visitor):
    heard = talk(port, b"GET /known/ HTTP/1.1\r\nHo", b"st: 127.0.0.1:%d\r\nConnection: close\r\n\r\n" % port)
    assert heard.startswith(b"HTTP/1.1 200 OK")
    assert b"Connection: close" in heard


def test_two_requests_in_one_breath_have_two_answers(port, visitor):
    once = b"GET /known/ HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n" % port
    assert talk(port, once + b"\r\n" + once + b"Connection: close\r\n\r\n").count(b"HTTP/1.1 200 OK") == 2


def test_a_body_where_none_belongs_does_not_become_the_next_request(port, visitor):
    once = b"GET /known/ HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n" % port
    heard = talk(port, once + b"Content-Length: 5\r\n\r\n", b"words" + once + b"Connection: close\r\n\r\n")
    assert heard.count(b"HTTP/1.1 200 OK") == 2
    assert heard.count(b"HTTP/1.1") == 2


@pytest.mark.parametrize("wrong", [b"GET /known/ HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", b"GET /known/ WRONG\r\n\r\n"])
def test_what_is_no_request_is_refused(port, visitor, wrong):
    assert talk(port, wrong).startswith(b"HTTP/1.1 400")
    assert visitor.get()[0].status == 200


def test_a_slow_reader_has_the_whole_page_and_keeps_nobody_waiting(port, visitor):
    visitor.get("/large/")
    with socket.socket() as slow:
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        slow.settimeout(10)
        slow.connect(("127.0.0.1", port))
        slow.sendall(b"GET /large/ HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n\r\n" % port)
        time.sleep(0.2)
        assert visitor.get()[0].status == 200
        heard = bytearray()
        while part := slow.recv(65536):
            heard += part
    assert heard.endswith(b" the end")
    assert len(heard) > LARGE


def test_whoever_says_nothing_keeps_no_thread_waiting(port, visitor):
    with contextlib.ExitStack() as stack:
        for _ in range(THREADS * 2):
            stack.enter_context(socket.create_connection(("127.0.0.1", port)))
        time.sleep(0.1)
        began = time.monotonic()
        assert visitor.number(method="POST", body="words")
        assert time.monotonic() - began < 1


def test_whoever_hangs_up_leaves_no_trace(port, visitor):
    for _ in range(20):
        with socket.create_connection(("127.0.0.1", port)) as line:
            line.sendall(b"GET /large/ HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n" % port)
    assert visitor.get()[0].status == 200
