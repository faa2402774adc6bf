"""A page of our own in the admin: it names the one permission that opens it, and says no in words."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from almoner.kit.words import Words


class Screen(WagtailAdminTemplateMixin, TemplateView):
    """A page for whoever holds `permission`."""

    permission: str
    under: tuple[Words, str]  # the page above it: what it is called, its name

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer those who hold the permission, refuse all others."""
        if not self.admits(request.user):
            return self.refuse(request)
        return super().dispatch(request, *args, **kwargs)

    def admits(self, user: Any) -> bool:
        """Whether this person may open the page."""
        return bool(user.has_perm(self.permission))

    def refuse(self, request: HttpRequest) -> HttpResponse:
        """403, with a sentence."""
        context = {"page_title": gettext("Not for your role"), "wanted": self.get_page_title()}
        return render(request, "almoner/staff/refused.html", context, status=403)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the page above, this page."""
        label, name = self.under
        above = {"url": reverse_lazy(name), "label": label}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.get_page_title()}]


class ScreenSet(ViewSet):
    """One or more screens with an entry in the menu, for those who hold `permission`."""

    permission: str
    views: dict[str, tuple[str, type[Screen]]]  # name: (path, screen)

    def get_urlpatterns(self) -> list[URLPattern]:
        """The screens' addresses."""
        return [path(where, screen.as_view(), name=name) for name, (where, screen) in self.views.items()]

    @cached_property
    def menu_item_class(self) -> type[MenuItem]:
        """An entry that shows only to those who can open what it leads to: the first of the screens."""
        _, first = next(iter(self.views.values()))

        class Permitted(MenuItem):
            def is_shown(self, request: HttpRequest) -> bool:
                return first().admits(request.user)

        return Permitted
