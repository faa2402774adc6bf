"""One action on one thing, allowed by the table of transitions. Lists nobody can edit."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from almoner.accounts.models import User, person
from almoner.kit.staff import acting
from almoner.kit.staff.acting import ActingViewSet, Facts
from almoner.kit.staff.read_only import ReadOnlyPolicy
from donations.ledger.exceptions import LedgerError
from grants import rights, transitions
from grants.exceptions import GrantsError, NotComplete
from grants.models import Event

__all__ = ["Act", "ActingViewSet", "Facts", "NotForVoters", "ThingPage"]


class Act(acting.Act):
    """A page that takes one step of the table of transitions."""

    action: str  # in the table of transitions
    refusals = (GrantsError, LedgerError)

    @classmethod
    def permission_needed(cls) -> str:
        """As the table of transitions says."""
        return transitions.permission_for(str(cls.model._meta.model_name), cls.action)

    @classmethod
    def is_offered(cls, thing: Any, user: User) -> bool:
        """Whether the thing's page shows the button, the permission apart."""
        return cls.action in transitions.open_to(str(cls.model._meta.model_name), thing.state)

    @classmethod
    def may(cls, user: User) -> bool:
        """Those whose role says so; being a superuser is not enough."""
        return rights.may(user, cls.permission_needed())

    def say(self, form: Any, refusal: Exception) -> None:
        """The refusal's sentence, beside the field that it names."""
        assert isinstance(refusal, GrantsError | LedgerError)
        field = refusal.field if isinstance(refusal, NotComplete) else ""
        form.add_error(field if field in form.fields else None, refusal.sentence)


class ThingPage(acting.ActingPage):
    """One thing, its history, and the actions that this person may take on it now."""

    acts: Sequence[type[Act]] = ()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Every step taken so far."""
        events = Event.objects.filter(noun=self.model._meta.model_name, number=self.object.pk)
        return {**super().get_context_data(**kwargs), "events": events.select_related("actor")}

    def buttons(self) -> list[tuple[type[acting.Act], str]]:
        """Each with its address; every permission is one question to the database, asked once."""
        user, thing = person(self.request), self.object
        offered = [act for act in self.acts if act.is_offered(thing, user)]
        allowed = {needed: rights.may(user, needed) for needed in {act.permission_needed() for act in offered}}
        return [
            (act, reverse(f"{act.views}:{act.address}", args=[thing.pk]))
            for act in offered
            if allowed[act.permission_needed()]
        ]


class NotForVoters(ReadOnlyPolicy):
    """What is being prepared is not for those who vote: they read it on the board's pages, after declaring."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """As the role says, but never for a trustee."""
        return super().user_has_permission(user, action) and not rights.may(user, rights.VOTE)
