"""Facts that an action meets, one line each."""


class ContentError(Exception):
    """Something about content that cannot be; the message is a sentence for whoever asked."""


class NoReasonGiven(ContentError):
    """A withdrawal without a word on why."""
