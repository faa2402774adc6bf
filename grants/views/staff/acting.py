"""One action on one thing: said first what it will do, done by a POST, refused in words. Lists nobody can edit."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.functional import cached_property
from wagtail.admin import messages

from almoner.accounts.models import User, person
from almoner.kit.staff.read_only import InspectView, ReadOnlyPolicy, ReadOnlyViewSet
from almoner.kit.staff.screens import Screen
from donations.ledger.exceptions import LedgerError
from grants import rights, transitions
from grants.exceptions import GrantsError, NotComplete
from grants.models import Event

Facts = list[tuple[str, object]]


class Act(Screen):
    """A page that does one thing. Whoever may not gets 403; where it cannot be done now, the thing's page says so."""

    template_name = "grants/staff/act.html"
    model: Any
    action: str  # in the table of transitions
    address: str  # the last part of the page's address, and its name
    views: str  # the name of the set of views that it belongs to
    title: str
    button: str
    explains = ""
    form_class: type[forms.Form] = forms.Form
    danger = False
    header_icon = "clipboard-list"

    @classmethod
    def permission_needed(cls) -> str:
        """As the table of transitions says."""
        return transitions.permission_for(str(cls.model._meta.model_name), cls.action)

    @classmethod
    def is_offered(cls, thing: Any, user: User) -> bool:
        """Whether the thing's page shows the button, the permission apart."""
        return cls.action in transitions.open_to(str(cls.model._meta.model_name), thing.state)

    def admits(self, user: Any) -> bool:
        """Those whose role says so; being a superuser is not enough."""
        return rights.may(user, self.permission_needed())

    def get_page_title(self) -> str:
        """What the button says."""
        return self.title

    @cached_property
    def thing(self) -> Any:
        """What is acted on."""
        return get_object_or_404(self.model, pk=self.kwargs["pk"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What will happen, and what must be said."""
        if not self.is_offered(self.thing, person(request)):
            messages.warning(request, "This cannot be done now: see how it stands.")
            return redirect(self.back)
        return self.show(self.make_form(None))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it, or give the page back with what is wrong."""
        form = self.make_form(request.POST)
        if form.is_valid():
            try:
                done = self.act(form, person(request))
            except (GrantsError, LedgerError) as refusal:
                field = refusal.field if isinstance(refusal, NotComplete) else ""
                form.add_error(field if field in form.fields else None, refusal.sentence)
            else:
                messages.success(request, done)
                return redirect(self.back)
        return self.show(form, status=422)

    def make_form(self, data: Any) -> Any:
        """The form, empty or filled in."""
        return self.form_class(data, initial=self.initial()) if data is None else self.form_class(data)

    def initial(self) -> dict[str, Any]:
        """What stands in the form at first."""
        return {}

    def act(self, form: Any, by: User) -> str:
        """Do it; a sentence about what was done."""
        raise NotImplementedError

    def facts(self) -> Facts:
        """What somebody should see before pressing."""
        return []

    def show(self, form: Any, status: int = 200) -> HttpResponse:
        """The page."""
        return self.render_to_response(self.get_context_data(form=form), status=status)

    @property
    def back(self) -> str:
        """Where it leads afterwards."""
        return reverse(f"{self.views}:inspect", args=[self.thing.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The thing, what will happen to it, and the way back."""
        return {
            **super().get_context_data(**kwargs), "thing": self.thing, "facts": self.facts(), "explains": self.explains,
            "button": self.button, "danger": self.danger, "back": self.back,
        }  # fmt: skip

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the list, the thing, this page."""
        return [
            *self.breadcrumbs_items,
            {
                "url": reverse_lazy(f"{self.views}:index"),
                "label": str(self.model._meta.verbose_name_plural).capitalize(),
            },
            {"url": self.back, "label": str(self.thing)},
            {"url": "", "label": self.title},
        ]


class ThingPage(InspectView):
    """One thing, its history, and the actions that this person may take on it now."""

    acts: Sequence[type[Act]] = ()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The buttons, and every step taken so far."""
        events = Event.objects.filter(noun=self.model._meta.model_name, number=self.object.pk)
        return {
            **super().get_context_data(**kwargs),
            "buttons": self.buttons(),
            "events": events.select_related("actor"),
        }

    def buttons(self) -> list[tuple[type[Act], str]]:
        """Each with its address."""
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


class ActingViewSet(ReadOnlyViewSet):
    """A list and a page for each row; beneath the page, one address for each action."""

    acts: Sequence[type[Act]] = ()
    search_backend_name = None

    def get_inspect_view_kwargs(self) -> dict[str, Any]:
        """The page knows its actions."""
        return {**super().get_inspect_view_kwargs(), "acts": self.acts}

    def get_urlpatterns(self) -> list[URLPattern]:
        """The list, the page, the actions."""
        more = [path(f"<int:pk>/{act.address}/", act.as_view(), name=act.address) for act in self.acts]
        return super().get_urlpatterns() + more
