"""Facts that an action meets, one line each. What is said of a clinician's link says no word about the page."""

from typing import Any

from django.utils.translation import gettext_lazy as _


class ContentError(Exception):
    """Something about content that cannot be; the message is a sentence for whoever asked."""


class NoReasonGiven(ContentError):
    """A withdrawal without a word on why."""


class LinkIsOfNoUse(ContentError):
    """The link leads to nothing that may be read. `said` is for whoever opened it."""

    status = 410
    said: Any = ""


class LinkIsUnknown(LinkIsOfNoUse):
    """No link has this secret."""

    said = _("We do not know this link. Perhaps it was not copied to its end.")
    status = 404


class LinkWasUsed(LinkIsOfNoUse):
    """An answer was sent by it already."""

    said = _("This link has done its work: an answer was sent by it. Thank you.")


class LinkHasRunOut(LinkIsOfNoUse):
    """Its days are over, or it was taken back."""

    said = _("This link has run out. Whoever sent it to you can send another.")


class PageHasChanged(LinkIsOfNoUse):
    """The page has a later revision."""

    said = _(
        "The page was changed after this link was sent. Whoever sent it to you can send one to the page as it is now."
    )


class NothingToRead(ContentError):
    """There is no saved draft of this page that somebody could read."""
