"""The database at an address, as Django is told of it."""

from typing import Any

import dj_database_url

PREPARED_AFTER = 5  # times that a connection was asked the same


def database(url: str, *, conn_max_age: int = 0, pooled: bool = False) -> Any:
    """Django's settings for PostgreSQL at this address.

    Values are sent apart from the words, so that a question that comes again is read and planned once a connection:
    for most of ours, planning costs more than answering. `pooled` says that something between us and the server gives
    each transaction another connection, where nothing prepared would be found again.
    """
    found = dj_database_url.parse(url, conn_max_age=conn_max_age)
    found["OPTIONS"] = {
        **found.get("OPTIONS", {}),
        "server_side_binding": True,
        "prepare_threshold": None if pooled else PREPARED_AFTER,
    }
    return found
