"""What Wagtail calls when the last step of a workflow was taken: see content.actions.reviewing."""

from typing import Any


def finish(workflow_state: Any, user: Any = None) -> None:
    """Record the review and publish. Wagtail reads this module while its own models are made, so it imports late."""
    from content.actions import reviewing

    reviewing.finish(workflow_state, user)
