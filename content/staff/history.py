"""What the history of a page says of those who read it without an account."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry, LogFormatter

from content.actions.answering import ANSWERED
from content.actions.inviting import INVITED
from content.actions.reviewing import REVIEWED
from content.models.review_link import Verdict


def register(actions: LogActionRegistry) -> None:
    """Three lines for the log."""

    @actions.register_action(INVITED)
    class Invited(LogFormatter):
        label = _("Ask a clinician")

        def format_message(self, log_entry: Any) -> str:
            """Who was asked."""
            return gettext("Asked %(whom)s to read this revision through a link") % {
                "whom": log_entry.data.get("for_whom", "somebody")
            }

    @actions.register_action(ANSWERED)
    class Answered(LogFormatter):
        label = _("Answer through a link")

        def format_message(self, log_entry: Any) -> str:
            """The name as it was typed: nobody signed in."""
            data = log_entry.data
            did = "approved this revision" if data.get("verdict") == Verdict.APPROVED else "commented on this revision"
            asked = gettext("the link was made for %(whom)s") % {"whom": data.get("for_whom")}
            return gettext("%(name)s %(did)s through a link, without an account (%(asked)s)") % {
                "name": data.get("name"),
                "did": did,
                "asked": asked,
            }

        def format_comment(self, log_entry: Any) -> str:
            """What they said."""
            return str(log_entry.data.get("comment", ""))

    @actions.register_action(REVIEWED)
    class Reviewed(LogFormatter):
        label = _("Record a review")

        def format_message(self, log_entry: Any) -> str:
            """Who read the whole page, as it now says itself."""
            return gettext("Reviewed as a whole by %(name)s: the page was approved by a clinician") % {
                "name": log_entry.data.get("name")
            }
