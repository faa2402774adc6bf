"""The editors' back office: snippets, what readers look for, and who may read what people write to us."""

from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from content.staff import searches
from content.staff.snippets import SupportServiceViewSet, TopicViewSet

register_snippet(SupportServiceViewSet)
register_snippet(TopicViewSet)


@hooks.register("filter_form_submissions_for_user")
def only_whoever_may_read_messages(user: object, forms: QuerySet) -> QuerySet:
    """Changing a form's page is not enough: messages hold names and addresses."""
    return forms if user.has_perm("content.view_formmessage") else forms.none()  # type: ignore[attr-defined]  # a user


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """Our report."""
    return [
        path("reports/searches/", searches.SearchesView.as_view(), name="searches"),
        path("reports/searches/results/", searches.SearchesView.as_view(results_only=True), name="searches_results"),
    ]


class SearchesMenuItem(MenuItem):
    """Shown to those who may open it."""

    def is_shown(self, request: object) -> bool:
        """As the report itself asks."""
        return bool(request.user.has_perm(searches.SEE))  # type: ignore[attr-defined]  # Wagtail hands in a request


@hooks.register("register_reports_menu_item")
def report() -> MenuItem:
    """“What readers look for” among the reports."""
    return SearchesMenuItem("What readers look for", reverse("searches"), icon_name="search", order=700)
