"""The back office of content: health words in the menu, the queue of reviews among the reports."""

from django.urls import URLResolver, include, path
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from content.staff import reviews
from content.staff.health import HealthGroup

register_snippet(HealthGroup)


@hooks.register("register_admin_urls")
def add_the_queue_of_reviews() -> list[URLResolver]:
    """/admin/reviews/"""
    return [path("reviews/", include((reviews.urls(), "content_reviews")))]


@hooks.register("register_reports_menu_item")
def list_the_queue_of_reviews() -> MenuItem:
    """First among the reports."""
    return reviews.menu_item()
