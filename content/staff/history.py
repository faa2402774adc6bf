"""What the history of a page says of those who read it without an account."""

from typing import Any

from wagtail.log_actions import LogActionRegistry, LogFormatter

from content.actions.answering import ANSWERED
from content.actions.inviting import INVITED
from content.actions.reviewing import REVIEWED
from content.models.review_link import Verdict


def register(actions: LogActionRegistry) -> None:
    """Three lines for the log."""

    @actions.register_action(INVITED)
    class Invited(LogFormatter):
        label = "Ask a clinician"

        def format_message(self, log_entry: Any) -> str:
            """Who was asked."""
            return f"Asked {log_entry.data.get('for_whom', 'somebody')} to read this revision through a link"

    @actions.register_action(ANSWERED)
    class Answered(LogFormatter):
        label = "Answer through a link"

        def format_message(self, log_entry: Any) -> str:
            """The name as it was typed: nobody signed in."""
            data = log_entry.data
            did = "approved this revision" if data.get("verdict") == Verdict.APPROVED else "commented on this revision"
            asked = f"the link was made for {data.get('for_whom')}"
            return f"{data.get('name')} {did} through a link, without an account ({asked})"

        def format_comment(self, log_entry: Any) -> str:
            """What they said."""
            return str(log_entry.data.get("comment", ""))

    @actions.register_action(REVIEWED)
    class Reviewed(LogFormatter):
        label = "Record a review"

        def format_message(self, log_entry: Any) -> str:
            """Who read the whole page, as it now says itself."""
            return f"Reviewed as a whole by {log_entry.data.get('name')}: the page was approved by a clinician"
