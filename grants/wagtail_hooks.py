"""The back office of grants: one group in the menu."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from grants.views.staff.applications import ApplicationViewSet, EnterApplicationSet
from grants.views.staff.awards import AwardViewSet
from grants.views.staff.panels import add_grants_panel
from grants.views.staff.payments import InstalmentViewSet
from grants.views.staff.resolutions import ResolutionViewSet
from grants.views.staff.rules import BoardViewSet, ProgrammeViewSet, RoundViewSet


class Grants(ViewSetGroup):
    """Money that is given."""

    menu_label = _("Grants")
    menu_icon = "clipboard-list"
    menu_order = 155
    items = (
        *(EnterApplicationSet, ApplicationViewSet, ResolutionViewSet, AwardViewSet, InstalmentViewSet),
        *(ProgrammeViewSet, RoundViewSet, BoardViewSet),
    )


@hooks.register("register_admin_viewset")
def grants() -> Grants:
    """The menu “Grants”."""
    return Grants()


hooks.register("construct_homepage_panels", add_grants_panel)


@hooks.register("insert_global_admin_css")
def stylesheet() -> SafeString:
    """Our few additions to those of giving."""
    return format_html('<link rel="stylesheet" href="{}">', static("grants/staff.css"))
