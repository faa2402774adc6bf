"""What the rooms of content add to the admin: their menus, and their reports."""

from django.db.models import QuerySet
from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.snippets.models import register_snippet

from content.staff import reviews, searches
from content.staff.endings import EndingsSet
from content.staff.health import HealthGroup
from content.staff.snippets import SupportServiceViewSet, TopicViewSet
from content.staff.trust import Trust

register_snippet(HealthGroup)
register_snippet(Trust)
register_snippet(SupportServiceViewSet)
register_snippet(TopicViewSet)
endings_set = EndingsSet()


@hooks.register("register_admin_urls")
def addresses_of_reports() -> list[URLPattern | URLResolver]:
    """/admin/reviews/ and /admin/reports/searches/"""
    return [
        path("reviews/", include((reviews.urls(), "content_reviews"))),
        path("reports/searches/", searches.SearchesView.as_view(), name="searches"),
        path("reports/searches/results/", searches.SearchesView.as_view(results_only=True), name="searches_results"),
    ]


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


@hooks.register("filter_form_submissions_for_user")
def only_whoever_may_read_messages(user: object, forms: QuerySet) -> QuerySet:
    """Changing a form's page is not enough: messages hold names and addresses."""
    return forms if user.has_perm("content.view_formmessage") else forms.none()  # type: ignore[attr-defined]  # a user


class SearchesMenuItem(MenuItem):
    """Shown to those who may open it."""

    def is_shown(self, request: object) -> bool:
        """As the report itself asks."""
        return bool(request.user.has_perm(searches.SEE))  # type: ignore[attr-defined]  # Wagtail hands in a request


@hooks.register("register_reports_menu_item")
def report() -> MenuItem:
    """“What readers look for” among the reports."""
    return SearchesMenuItem("What readers look for", reverse("searches"), icon_name="search", order=700)
