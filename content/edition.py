"""What pages are made of is changed by who publishes, now and then; in between each process keeps what it made of it.

The database notes each transaction that changes a page, a person, a picture or whatever else pages are made of
(content/edition.sql), and so knows their *edition*. A request asks which one it is; what was made of an earlier one is
made anew. Nothing has to be forgotten by whoever publishes, and nothing is stale for longer than it takes to ask. What
lives by the minute, as totals do, is not kept here, and a preview keeps nothing. A day is an edition of its own, since
permissions and consents end on one.
"""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from django.db.models import Exists, Func, TextField
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from wagtail.models import Site

from almoner.kit.briefly import briefly
from content.models.notice import Notice

T = TypeVar("T")

MOST = 500  # things of one edition; then all are made again


class Edition:
    """What this process has made of one edition, and the sites as they were when it was asked for."""

    def __init__(self, mark: Hashable = None, sites: list[Site] | None = None) -> None:
        self.mark = mark
        self.sites = sites or []
        self.made: dict[tuple[Hashable, ...], Any] = {}

    def kept(self, make: Callable[[], T], *of: Hashable) -> T:
        """What was made of these; made now if it was not. Whoever gets it shares it, and leaves it as it is.

        None, for what was not found, is not kept.
        """
        key = (get_language(), *of)
        found: T | None = self.made.get(key)
        if found is not None:
            return found
        made = make()
        if made is not None:
            if len(self.made) >= MOST:
                self.made.clear()
            self.made[key] = made
        return made


_present = Edition()


def of(request: HttpRequest) -> Edition:
    """The edition that this request is answered from: asked for once. A preview has one for itself."""
    global _present
    found: Edition | None = getattr(request, "_edition", None)
    if found is None:
        sites = _sites()
        mark = (sites[0].edition if sites else "", timezone.localdate())
        if getattr(request, "is_preview", False):
            found = Edition(mark, sites)
        else:
            if mark != _present.mark:
                _present = Edition(mark, sites)
            found = _present
        request._edition = found  # type: ignore[attr-defined]  # for as long as the request lives
    return found


def forget() -> None:
    """All that this process has made, so that the next page is made as after a publication. For tests."""
    global _present
    _present = Edition()


@briefly
def _sites() -> list[Any]:
    """All sites with their charities, the edition, and whether any notice is to be looked for: on most days none is."""
    known = Site.objects.select_related("root_page", "charitysettings__logo", "charitysettings__favicon")
    now = Func(function="content_edition", output_field=TextField())
    return list(known.annotate(edition=now, has_notices=Exists(Notice.objects.filter(live=True))))
