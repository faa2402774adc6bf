"""Every step that a thing can take, as rows: from which states, to which, and who may. Nothing else changes a state."""

from typing import NamedTuple

from django.utils.translation import gettext

from grants.exceptions import NotNow

ENTER = "grants.enter_application"
OPEN = "grants.open_resolution"
MAKE = "grants.make_award"
REQUEST = "grants.request_instalment"
AUTHORISE = "grants.authorise_instalment"
CONFIRM = "grants.confirm_payment"
FOLLOWS = ""  # it follows from something else that was allowed: a vote, the deadline, a payment


class Step(NamedTuple):
    """One row."""

    noun: str
    action: str
    from_: tuple[str, ...]
    to: str
    permission: str


STEPS = [
    Step("application", "enter", ("",), "submitted", ENTER),
    Step("application", "correct", ("submitted",), "submitted", ENTER),
    Step("application", "decide", ("submitted",), "decided", FOLLOWS),
    Step("application", "withdraw", ("submitted",), "withdrawn", ENTER),
    Step("resolution", "draft", ("",), "drafting", OPEN),
    Step("resolution", "redraft", ("drafting",), "drafting", OPEN),
    Step("resolution", "open", ("drafting",), "open", OPEN),
    Step("resolution", "revise", ("open",), "open", OPEN),
    Step("resolution", "reconsider", ("open",), "open", OPEN),
    Step("resolution", "count", ("open",), "open", FOLLOWS),
    Step("resolution", "carry", ("open",), "carried", FOLLOWS),
    Step("resolution", "lose", ("open",), "lost", FOLLOWS),
    Step("resolution", "defer", ("open",), "deferred", FOLLOWS),
    Step("resolution", "end_inquorate", ("open",), "inquorate", FOLLOWS),
    Step("resolution", "withdraw", ("drafting", "open"), "withdrawn", OPEN),
    Step("award", "make", ("",), "resolved", FOLLOWS),
    Step("award", "bring_in", ("",), "resolved", MAKE),
    Step("award", "offer", ("resolved",), "offered", MAKE),
    Step("award", "accept", ("offered",), "accepted", MAKE),
    Step("award", "lapse", ("resolved", "offered"), "lapsed", MAKE),
    Step("award", "pay", ("accepted", "active"), "active", FOLLOWS),
    Step("award", "recover", ("active",), "active", CONFIRM),
    Step("award", "close", ("active",), "closed", MAKE),
    Step("instalment", "plan", ("",), "planned", REQUEST),
    Step("instalment", "reschedule", ("planned", "held"), "planned", REQUEST),
    Step("instalment", "hold", ("planned",), "held", REQUEST),
    Step("instalment", "free", ("held",), "planned", REQUEST),
    Step("instalment", "meet_condition", ("planned",), "planned", AUTHORISE),
    Step("instalment", "request", ("planned",), "due", REQUEST),
    Step("instalment", "authorise", ("due",), "authorised_once", AUTHORISE),
    Step("instalment", "authorise", ("authorised_once",), "authorised_twice", AUTHORISE),
    Step("instalment", "send_back", ("due", "authorised_once", "authorised_twice"), "planned", AUTHORISE),
    Step("instalment", "confirm", ("authorised_twice",), "confirmed", CONFIRM),
    Step("instalment", "bounce", ("confirmed",), "planned", CONFIRM),
    Step("instalment", "cancel", ("planned", "held"), "cancelled", REQUEST),
]


def find(noun: str, action: str, state: str) -> Step:
    """The step that this action takes from this state. Raises NotNow."""
    for step in STEPS:
        if (step.noun, step.action) == (noun, action) and state in step.from_:
            return step
    raise NotNow(gettext("This cannot be done now: somebody may have been quicker. Look at how it stands."))


def permission_for(noun: str, action: str) -> str:
    """Who may take this step; the same from every state."""
    return next(step.permission for step in STEPS if (step.noun, step.action) == (noun, action))


def open_to(noun: str, state: str) -> set[str]:
    """The actions that this state allows, whoever asks."""
    return {step.action for step in STEPS if step.noun == noun and state in step.from_}
