"""The back office of giving: three groups in the menu, two panels on the dashboard, words for the log."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.log_actions import LogActionRegistry

from donations.staff import income, panels
from donations.staff.appeals import AppealViewSet
from donations.staff.card_testing import CardTestingSet
from donations.staff.comparisons import ComparisonViewSet
from donations.staff.data_requests import DataRequestViewSet
from donations.staff.declarations import DeclarationViewSet
from donations.staff.disputes import DisputeViewSet
from donations.staff.donors import DonorViewSet
from donations.staff.events import StripeEventViewSet
from donations.staff.exporting.screens import ExportLogViewSet, ExportSet
from donations.staff.funds import EntryViewSet, FundViewSet
from donations.staff.gifts import DonationViewSet
from donations.staff.importing.screens import ImportSet
from donations.staff.letter_words import LetterWordsViewSet
from donations.staff.letters import LetterViewSet
from donations.staff.matches import MatchViewSet
from donations.staff.payments import PaymentViewSet
from donations.staff.payouts import PayoutViewSet
from donations.staff.recording import RecordGiftSet
from donations.staff.refunds import RefundViewSet
from donations.staff.regular_gifts import RegularGiftViewSet
from donations.staff.yearly import StatementSet


class Giving(ViewSetGroup):
    """Money that comes in."""

    menu_label = _("Giving")
    menu_icon = "tag"
    menu_order = 150
    items = (
        *(DonationViewSet, RegularGiftViewSet, DonorViewSet, DeclarationViewSet, AppealViewSet, MatchViewSet),
        *(RecordGiftSet, ImportSet, ExportSet, ExportLogViewSet),
        *(LetterViewSet, LetterWordsViewSet, StatementSet, DataRequestViewSet),
    )


class Payments(ViewSetGroup):
    """What Stripe says of it."""

    menu_label = _("Payments")
    menu_icon = "arrow-right-full"
    menu_order = 155
    items = (
        PaymentViewSet,
        RefundViewSet,
        DisputeViewSet,
        PayoutViewSet,
        ComparisonViewSet,
        StripeEventViewSet,
        CardTestingSet,
    )


class Funds(ViewSetGroup):
    """Where it stands."""

    menu_label = _("Funds")
    menu_icon = "folder-open-inverse"
    menu_order = 160
    items = (FundViewSet, EntryViewSet)


@hooks.register("register_admin_viewset")
def giving() -> Giving:
    """The menu “Giving”."""
    return Giving()


@hooks.register("register_admin_viewset")
def payments() -> Payments:
    """The menu “Payments”."""
    return Payments()


@hooks.register("register_admin_viewset")
def funds() -> Funds:
    """The menu “Funds”."""
    return Funds()


hooks.register("construct_homepage_panels", panels.add_payments_panel)
hooks.register("construct_homepage_panels", panels.add_events_panel)
hooks.register("construct_homepage_panels", panels.add_defence_panel)
hooks.register("construct_homepage_panels", income.add_income_panels)


@hooks.register("insert_global_admin_css")
def stylesheet() -> SafeString:
    """Our few additions."""
    return format_html('<link rel="stylesheet" href="{}">', static("donations/staff.css"))


@hooks.register("register_log_actions")
def words_for_the_log(actions: LogActionRegistry) -> None:
    """What the log of the admin says of our actions."""
    actions.register_action("donations.try_again", _("Try an event again"), _("Had an event tried again"))
    actions.register_action("donations.import", _("Import past gifts"), _("Brought in past gifts"))
    actions.register_action("donations.add_scan", _("Add a scan"), _("Added the scan of a paper declaration"))
    actions.register_action("donations.read_scan", _("Read a scan"), _("Read the scan of a paper declaration"))


@hooks.register("register_permissions")
def permissions_without_a_list() -> "QuerySet[Permission]":
    """Rights that no list above offers, so that a group of the charity's own can have them too."""
    more = ("approve_suggestedamount", "change_regulargift_for_donor", "record_contactpermission", "answer_datarequest")
    return Permission.objects.filter(codename__in=[*more, "prove", "view_watchedminute"])
