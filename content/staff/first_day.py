"""Two pages to begin with, inside the admin: what there is for this person, and how a page comes to be published."""

from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.permissions import page_permission_policy

from almoner.kit.staff.screens import Screen
from content.reviewing import PUBLISH_HEALTH


class Guide(Screen):
    """For everybody who may sign in here; what it says depends on what they may do."""

    permission = "wagtailadmin.access_admin"
    header_icon = "help"
    under = (_("Dashboard"), "wagtailadmin_home")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, this page."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What this person may do, in words that the page asks for."""
        user = self.request.user
        writes = page_permission_policy.user_has_any_permission(user, ["add", "change"])
        groups = set(user.groups.values_list("name", flat=True))
        may = {
            "writes": writes,
            "publishes_health": user.has_perm(PUBLISH_HEALTH),
            "asks_clinicians": user.has_perm("content.add_reviewlink"),
            "reviews": bool(groups & {"Clinical reviewer", "Lay reviewer"}),
            "fundraises": user.has_perm("donations.change_regulargift_for_donor"),
            "keeps_books": user.has_perm("donations.reconcile"),
            "gives_grants": user.has_perm("grants.request_instalment"),
            "administers": user.has_perm("content.change_charitysettings"),
        }
        return {**super().get_context_data(**kwargs), "may": may, "groups": sorted(groups)}


class FirstDay(Guide):
    """The first page."""

    page_title = _("Your first day")
    template_name = "content/staff/first_day.html"


class Publishing(Guide):
    """The second page."""

    page_title = _("How a page is published")
    template_name = "content/staff/how_a_page_is_published.html"


urlpatterns = [
    path("first-day/", FirstDay.as_view(), name="first_day"),
    path("first-day/publishing/", Publishing.as_view(), name="how_a_page_is_published"),
]


def menu_item() -> MenuItem:
    """Under “Help”."""
    return MenuItem(_("Your first day"), reverse("first_day"), icon_name="help", order=10)
