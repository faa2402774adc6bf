"""One action on one thing, on a page of its own: said first what it will do, done by a POST, refused in words."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext
from wagtail.admin import messages

from almoner.kit.staff.read_only import InspectView, ReadOnlyViewSet
from almoner.kit.staff.screens import Screen
from almoner.kit.words import Words

Facts = list[tuple[str, object]]


class Act(Screen):
    """A page that does one thing. Whoever may not gets 403; where it cannot be done now, the thing's page says so."""

    template_name = "almoner/staff/act.html"
    model: Any
    address: str  # the last part of the page's address, and its name
    views: str  # the name of the set of views that it belongs to
    title: Words
    button: Words
    explains: Words = ""
    form_class: type[forms.Form] = forms.Form
    danger = False
    header_icon = "clipboard-list"
    refusals: tuple[type[Exception], ...] = ()  # what the action may raise, and the person is told

    @classmethod
    def is_offered(cls, thing: Any, user: Any) -> bool:
        """Whether it can be done now, the permission apart."""
        return True

    @classmethod
    def may(cls, user: Any) -> bool:
        """Whether this person has the permission."""
        return bool(user.has_perm(cls.permission))

    def admits(self, user: Any) -> bool:
        """Those who have the permission."""
        return self.may(user)

    def get_page_title(self) -> str:
        """What the button says."""
        return str(self.title)

    @cached_property
    def thing(self) -> Any:
        """What is acted on."""
        return get_object_or_404(self.model, pk=self.kwargs["pk"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What will happen, and what must be said."""
        if not self.is_offered(self.thing, request.user):
            messages.warning(request, gettext("This cannot be done now: see how it stands."))
            return redirect(self.back)
        return self.show(self.make_form(None))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it, or give the page back with what is wrong."""
        form = self.make_form(request.POST)
        if form.is_valid():
            try:
                done = self.act(form, request.user)
            except self.refusals as refusal:
                self.say(form, refusal)
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

    def act(self, form: Any, by: Any) -> str:
        """Do it; a sentence about what was done."""
        raise NotImplementedError

    def say(self, form: Any, refusal: Exception) -> None:
        """The sentence of a refusal, above the form or beside a field."""
        form.add_error(None, str(refusal))

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
        plural = str(self.model._meta.verbose_name_plural)
        return [
            *self.breadcrumbs_items,
            {"url": reverse_lazy(f"{self.views}:index"), "label": plural[:1].upper() + plural[1:]},
            {"url": self.back, "label": str(self.thing)},
            {"url": "", "label": str(self.title)},
        ]


class ActingPage(InspectView):
    """One thing, and the actions that this person may take on it now."""

    acts: Sequence[type[Act]] = ()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The buttons."""
        return {**super().get_context_data(**kwargs), "buttons": self.buttons()}

    def buttons(self) -> list[tuple[type[Act], str]]:
        """Each with its address."""
        user, thing = self.request.user, self.object
        return [
            (act, reverse(f"{act.views}:{act.address}", args=[thing.pk]))
            for act in self.acts
            if act.is_offered(thing, user) and act.may(user)
        ]


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
