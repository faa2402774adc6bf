"""What the rooms of content add to the admin: their menus, and their reports."""

from django.urls import URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.snippets.models import register_snippet

from content.staff import reviews
from content.staff.endings import EndingsSet
from content.staff.health import HealthGroup
from content.staff.trust import Trust

register_snippet(HealthGroup)
register_snippet(Trust)
endings_set = EndingsSet()


@hooks.register("register_admin_urls")
def add_the_queue_of_reviews() -> list[URLResolver]:
    """/admin/reviews/"""
    return [path("reviews/", include((reviews.urls(), "content_reviews")))]


@hooks.register("register_reports_menu_item")
def list_the_queue_of_reviews() -> MenuItem:
    """First among the reports."""
    return reviews.menu_item()


@hooks.register("register_admin_viewset")
def what_runs_out() -> ViewSet:
    """The report “What runs out”."""
    return endings_set


@hooks.register("register_reports_menu_item")
def what_runs_out_among_the_reports() -> MenuItem:
    """Its entry in the menu, for those who may open it."""
    return endings_set.menu_item_class("What runs out", reverse("what_runs_out:index"), icon_name="date", order=650)
