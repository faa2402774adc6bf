"""Money is looked at, never edited: not by anybody, superusers included. What is wrong is put right by an action."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Protocol

from django.contrib.admin.utils import unquote
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.timezone import localtime
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy


class Amount(Protocol):
    """Whatever can be said to the penny."""

    @property
    def exact(self) -> str:
        """“£1,234.00”."""


class ReadOnlyPolicy(ModelPermissionPolicy):
    """Whoever holds the view permission may look; nobody may do anything else."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Only “view” can be granted."""
        return action == "view" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        """Only “view” counts among them."""
        return any(self.user_has_permission(user, action) for action in actions)

    def users_with_any_permission(self, actions: Iterable[str]) -> "QuerySet[Any]":
        """Those who may look, if looking is among them; else nobody."""
        if "view" in actions:
            return super().users_with_any_permission(["view"])
        return get_user_model().objects.none()


class ListView(generic.IndexView):
    """A list whose rows come with all that is shown of them, in the same number of queries however many they are."""

    FORMATS = ()  # ?export=csv is answered like any other list: there is one way out, and it is logged
    related: tuple[str, ...] = ()
    title_class = ""  # “code” keeps a reference on one line

    def _get_title_column(self, field_name: str, column_class: type[Column] = TitleColumn, **kwargs: Any) -> Column:
        """The first column, which leads to the row's page."""
        return super()._get_title_column(field_name, column_class, classname=self.title_class, **kwargs)

    def get_base_queryset(self) -> "QuerySet[Any]":
        """The rows, with what their columns name."""
        return super().get_base_queryset().select_related(*self.related)


class MoneyList(ListView):
    """A list of money: a row leads to its page, and there is no menu of things to do with it."""

    def get_list_more_buttons(self, instance: Any) -> list[Any]:
        """None."""
        return []


class InspectView(generic.InspectView):
    """One row, field by field."""

    related: tuple[str, ...] = ()

    def get_page_title(self) -> str:
        """“Donation”, before its reference."""
        return capfirst(str(self.model._meta.verbose_name))

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Ask for the permission before the row is looked for, so that nobody learns which rows exist."""
        if not self.permission_policy.user_has_permission(request.user, "view"):
            raise PermissionDenied
        super().setup(request, *args, **kwargs)

    def get_object(self, queryset: "QuerySet[Any] | None" = None) -> Any:
        """The row with what is shown of it."""
        rows = self.model._default_manager.all() if queryset is None else queryset
        return get_object_or_404(rows.select_related(*self.related), pk=unquote(str(self.pk)))


class ReadOnlyViewSet(ModelViewSet):
    """A list and a page for each row. Nothing can be added, changed, copied or deleted."""

    index_view_class = MoneyList
    inspect_view_class = InspectView
    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = False
    list_per_page = 50

    @cached_property
    def permission_policy(self) -> ReadOnlyPolicy:
        """Looking only. Wagtail 7.4 has no registry of policies, so each set of views carries its own."""
        return ReadOnlyPolicy(self.model)

    def get_form_class(self, for_update: bool = False) -> None:
        """No form: there is no page that would show one."""
        return

    def get_permissions_to_register(self) -> "QuerySet[Permission]":
        """What an administrator may give to a group: looking, and our own verbs; the rest would promise too much."""
        wanted = super().get_permissions_to_register()
        return wanted.exclude(codename__regex=r"^(add|change|delete)_")

    def get_urlpatterns(self) -> list[URLPattern]:
        """The list and the page of a row. There is no address at which anything could be changed."""
        converter = self.pk_path_converter
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path(f"<{converter}:pk>/", self.inspect_view, name="inspect"),
        ]


class MoneyColumn(Column):
    """An amount in pounds and pence, set as a figure."""

    def __init__(self, name: str, *, amount: Callable[[Any], Amount], **kwargs: Any) -> None:
        super().__init__(name, accessor=lambda row: amount(row).exact, classname="figure", **kwargs)


class DayColumn(Column):
    """A day, written out; of a moment, its day in London."""

    def __init__(self, name: str, **kwargs: Any) -> None:
        super().__init__(name, classname="day", **kwargs)

    def get_value(self, instance: Any) -> str:
        """“31 March 2026”."""
        value = super().get_value(instance)
        return date_format(localtime(value) if isinstance(value, datetime) else value, "j F Y") if value else ""
