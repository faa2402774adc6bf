"""What the rooms of content add to the admin."""

from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.snippets.models import register_snippet

from content.staff.endings import EndingsSet
from content.staff.trust import Trust

register_snippet(Trust)
endings_set = EndingsSet()


@hooks.register("register_admin_viewset")
def what_runs_out() -> ViewSet:
    """The report “What runs out”."""
    return endings_set


@hooks.register("register_reports_menu_item")
def what_runs_out_among_the_reports() -> MenuItem:
    """Its entry in the menu, for those who may open it."""
    return endings_set.menu_item_class("What runs out", reverse("what_runs_out:index"), icon_name="date", order=650)
