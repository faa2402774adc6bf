"""How much a page asks of the database."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from content import edition


def queries_of(client: Client, path: str) -> int:
    """How many queries a page takes that is made anew, after it was read once: its pictures are drawn."""
    assert client.get(path).status_code == 200
    edition.forget()
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return len(asked)
