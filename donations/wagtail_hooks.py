"""The back office of giving: two groups in the menu, a panel on the dashboard, words for the log."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.log_actions import LogActionRegistry

from donations.staff import panels
from donations.staff.appeals import AppealViewSet
from donations.staff.events import StripeEventViewSet
from donations.staff.exporting.screens import ExportLogViewSet, ExportSet
from donations.staff.funds import EntryViewSet, FundViewSet
from donations.staff.gifts import DonationViewSet, DonorViewSet
from donations.staff.importing.screens import ImportSet
from donations.staff.recording import RecordGiftSet


class Giving(ViewSetGroup):
    """Money that comes in."""

    menu_label = "Giving"
    menu_icon = "tag"
    menu_order = 150
    items = (
        *(DonationViewSet, DonorViewSet, AppealViewSet, RecordGiftSet, ImportSet, ExportSet),
        *(ExportLogViewSet, StripeEventViewSet),
    )


class Funds(ViewSetGroup):
    """Where it stands."""

    menu_label = "Funds"
    menu_icon = "folder-open-inverse"
    menu_order = 160
    items = (FundViewSet, EntryViewSet)


@hooks.register("register_admin_viewset")
def giving() -> Giving:
    """The menu “Giving”."""
    return Giving()


@hooks.register("register_admin_viewset")
def funds() -> Funds:
    """The menu “Funds”."""
    return Funds()


hooks.register("construct_homepage_panels", panels.add_events_panel)


@hooks.register("insert_global_admin_css")
def stylesheet() -> SafeString:
    """Our few additions."""
    return format_html('<link rel="stylesheet" href="{}">', static("donations/staff.css"))


@hooks.register("register_log_actions")
def words_for_the_log(actions: LogActionRegistry) -> None:
    """What the log of the admin says of our actions."""
    actions.register_action("donations.try_again", "Try an event again", "Had an event tried again")
    actions.register_action("donations.import", "Import past gifts", "Brought in past gifts")


@hooks.register("register_permissions")
def permissions_without_a_list() -> "QuerySet[Permission]":
    """Rights that belong to no list above, so that a group of the charity's own can have them too."""
    return Permission.objects.filter(codename__in=["approve_suggestedamount", "prove"])
