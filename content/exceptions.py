"""What can be wrong with a link by which a clinician reads a page. Each says so without a word about the page."""


class LinkIsOfNoUse(Exception):
    """The link leads to nothing that may be read."""

    status = 410


class LinkIsUnknown(LinkIsOfNoUse):
    """We do not know this link. Perhaps it was not copied to its end."""

    status = 404


class LinkWasUsed(LinkIsOfNoUse):
    """This link has done its work: an answer was sent by it. Thank you."""


class LinkHasRunOut(LinkIsOfNoUse):
    """This link has run out. Whoever sent it to you can send another."""


class PageHasChanged(LinkIsOfNoUse):
    """The page was changed after this link was sent. Whoever sent it to you can send one to the page as it is now."""


class NothingToRead(Exception):
    """There is no saved draft of this page that somebody could read."""
