"""What changes once a week and is asked at every request, known for a moment by each process: an appeal, the menu.

Nothing that must be true to the second is asked through here: no total, no permission, nothing of one person's.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.conf import settings
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache

P = ParamSpec("P")
T = TypeVar("T")

LONGEST = 5  # seconds

MOST = 200  # answers of one question; then all are forgotten


def briefly(ask: Callable[P, T]) -> Callable[P, T]:
    """Ask again only after KNOWN_SECONDS (0: at every call). What was not found is not remembered.

    Whoever is answered shares the answer with others, and must leave it as it is.
    """
    known: dict[tuple[object, ...], tuple[float, T]] = {}

    @wraps(ask)
    def answer(*asked: P.args, **more: P.kwargs) -> T:
        if not settings.KNOWN_SECONDS:
            return ask(*asked, **more)
        key, now = (*asked, *more.items()), time.monotonic()
        earlier = known.get(key)
        if earlier is not None and now - earlier[0] < settings.KNOWN_SECONDS:
            return earlier[1]
        found = ask(*asked, **more)
        if found is not None:
            if len(known) >= MOST:
                known.clear()
            known[key] = now, found
        return found

    return answer


class BriefCache(LocMemCache):
    """Django's cache in this process, for a moment only: another process cannot be told that something changed.

    Wagtail would keep for an hour where each site begins. Until then a process would give no page an address.
    """

    def get_backend_timeout(self, timeout: float | None = DEFAULT_TIMEOUT) -> float | None:
        """When it is forgotten."""
        asked = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return super().get_backend_timeout(LONGEST if asked is None else min(asked, LONGEST))
