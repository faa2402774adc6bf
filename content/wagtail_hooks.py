"""What the rooms of content add to the admin: their menus, and their reports."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets import Button
from wagtail.snippets.models import register_snippet

from content.page_links import Link
from content.staff import checks, first_day, history, panels, publishing, review_links, reviews, searches
from content.staff.endings import EndingsSet
from content.staff.health import HealthGroup
from content.staff.snippets import SupportServiceViewSet, TopicViewSet
from content.staff.trust import Trust

register_snippet(HealthGroup)
register_snippet(Trust)
register_snippet(SupportServiceViewSet)
register_snippet(TopicViewSet)
endings_set = EndingsSet()

hooks.register("construct_homepage_panels", panels.add)
hooks.register("construct_page_action_menu", publishing.offer)
hooks.register("before_create_page", publishing.keep_as_draft)
hooks.register("register_log_actions", history.register)
hooks.register("register_help_menu_item", first_day.menu_item)


@hooks.register("register_admin_urls")
def addresses_of_reports() -> list[URLPattern | URLResolver]:
    """The screens that belong to no list."""
    return [
        *review_links.urlpatterns,
        *checks.urlpatterns,
        *first_day.urlpatterns,
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
    return endings_set.menu_item_class(_("What runs out"), reverse("what_runs_out:index"), icon_name="date", order=650)


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
    return SearchesMenuItem(_("What readers look for"), reverse("searches"), icon_name="search", order=700)


@hooks.register("register_page_header_buttons")
def ask_a_clinician(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """In the menu of a page, for those who may ask."""
    if user.has_perm("content.add_reviewlink") and page.permissions_for_user(user).can_edit():
        yield Button(
            gettext("Ask a clinician"), reverse("ask_a_clinician", args=[page.pk]), icon_name="link", priority=68
        )


@hooks.register("insert_global_admin_css")
def stylesheet() -> SafeString:
    """Our few additions."""
    return format_html('<link rel="stylesheet" href="{}">', static("content/staff.css"))


@hooks.register("insert_editor_js")
def script() -> SafeString:
    """The checks follow each save, and no save gets in the way of publishing."""
    names = [(static(f"content/{name}.js"),) for name in ("checks", "saving")]
    return format_html_join("\n", '<script src="{}" defer></script>', names)


@hooks.register("after_create_page")
def lay_out_templates(request: HttpRequest, page: Any) -> None:
    """A site that has its home page has examples to begin from."""
    from content.actions.laying_out import lay_out
    from content.models import HomePage

    if isinstance(page, HomePage):
        lay_out(page, by=request.user)


@hooks.register("register_rich_text_features", order=1)
def follow_links(features: Any) -> None:
    """Links to pages, as content.page_links reads them; Wagtail's own hook has run before."""
    features.register_link_type(Link)
