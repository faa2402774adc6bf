"""Programmes, their rounds, the rules of decision: entered, changed, never deleted, for what was decided needs them."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from almoner.kit.staff.read_only import ListView
from grants.forms.staff.applications import BoardForm, ProgrammeForm
from grants.models import Board, Programme, Round


class KeepPolicy(ModelPermissionPolicy):
    """As the role says, but nothing is deleted."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Never “delete”."""
        return action != "delete" and super().user_has_permission(user, action)


class ProgrammeList(ListView):
    """Programmes with what they are for."""

    related = ("purpose", "fund")


class ProgrammeViewSet(ModelViewSet):
    """Programmes: facts only. The story is told on a page, which points here."""

    model = Programme
    name = "programmes"
    url_prefix = "grants/programmes"
    menu_label = _("Programmes")
    icon = "folder-open-inverse"
    index_view_class = ProgrammeList
    copy_view_enabled = False
    add_to_reference_index = False
    ordering = ["name"]
    list_display = ["name", Column("purpose", label=_("Purpose")), Column("fund", label=_("Usual fund"))]
    search_fields = ["name", "slug"]
    search_backend_name = None
    inspect_view_enabled = True
    inspect_view_fields = ["name", "slug", "purpose", "fund", "description"]

    @cached_property
    def permission_policy(self) -> KeepPolicy:
        """No deleting."""
        return KeepPolicy(self.model)

    def get_form_class(self, for_update: bool = False) -> type[ProgrammeForm]:
        """One form for both."""
        return ProgrammeForm


class RoundList(ListView):
    """Rounds with their programme."""

    related = ("programme",)


class RoundViewSet(ModelViewSet):
    """Rounds: from when until when a programme takes applications. Its page shows them by itself."""

    model = Round
    name = "rounds"
    url_prefix = "grants/rounds"
    menu_label = _("Rounds")
    icon = "date"
    index_view_class = RoundList
    copy_view_enabled = False
    add_to_reference_index = False
    ordering = ["-opens_on"]
    list_display = ["name", Column("programme", label=_("Programme")), "opens_on", "closes_on", "decided_by"]
    form_fields = ["programme", "name", "opens_on", "closes_on", "decided_by"]
    inspect_view_enabled = True
    inspect_view_fields = ["programme", "name", "opens_on", "closes_on", "decided_by"]

    @cached_property
    def permission_policy(self) -> KeepPolicy:
        """No deleting."""
        return KeepPolicy(self.model)


class BoardViewSet(ModelViewSet):
    """The rules of decision, from the governing document."""

    model = Board
    name = "boards"
    url_prefix = "grants/rules"
    menu_label = _("Rules of decision")
    icon = "group"
    copy_view_enabled = False
    add_to_reference_index = False
    ordering = ["pk"]
    list_display = ["name", Column("quorum", label=_("Quorum")), Column("chair", label=_("Chair"))]
    inspect_view_enabled = True
    inspect_view_fields = ["name", "quorum", "chair", "casting_vote"]

    @cached_property
    def permission_policy(self) -> KeepPolicy:
        """No deleting."""
        return KeepPolicy(self.model)

    def get_form_class(self, for_update: bool = False) -> type[BoardForm]:
        """One form for both."""
        return BoardForm
