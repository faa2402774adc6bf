"""What content adds to the admin: snippets, panels, checks, links for clinicians, the first day."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.snippets.models import register_snippet

from content.snippets import Voices
from content.staff import checks, first_day, history, panels, publishing, review_links

register_snippet(Voices)

hooks.register("construct_homepage_panels", panels.add)
hooks.register("construct_page_action_menu", publishing.offer)
hooks.register("before_create_page", publishing.keep_as_draft)
hooks.register("register_log_actions", history.register)
hooks.register("register_help_menu_item", first_day.menu_item)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """The screens that belong to no list."""
    return [*review_links.urlpatterns, *checks.urlpatterns, *first_day.urlpatterns]


@hooks.register("register_page_header_buttons")
def ask_a_clinician(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """In the menu of a page, for those who may ask."""
    if user.has_perm("content.add_reviewlink") and page.permissions_for_user(user).can_edit():
        yield Button("Ask a clinician", reverse("ask_a_clinician", args=[page.pk]), icon_name="link", priority=68)


@hooks.register("insert_global_admin_css")
def stylesheet() -> SafeString:
    """Our few additions."""
    return format_html('<link rel="stylesheet" href="{}">', static("content/staff.css"))


@hooks.register("insert_editor_js")
def script() -> SafeString:
    """The checks follow each save."""
    return format_html('<script src="{}" defer></script>', static("content/checks.js"))


@hooks.register("after_create_page")
def lay_out_templates(request: HttpRequest, page: Any) -> None:
    """A site that has its home page has examples to begin from."""
    from content.actions.laying_out import lay_out
    from content.models import HomePage

    if isinstance(page, HomePage):
        lay_out(page, by=request.user)
