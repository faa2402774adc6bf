"""The dashboard's first panel: what each person may do here. The only one that knows more than one room."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component
from wagtail.images.permissions import permission_policy as pictures
from wagtail.permissions import page_permission_policy

from almoner.kit.words import Words
from grants import rights


def writes(user: Any) -> bool:
    """Whether this person writes pages anywhere."""
    return bool(page_permission_policy.user_has_any_permission(user, ["add", "change"]))


def adds_pictures(user: Any) -> bool:
    """Pictures carry their permissions by collection, as pages by place."""
    return bool(pictures.user_has_permission(user, "add"))


class Task(NamedTuple):
    """Something that can be done, where, and who may: a permission, or whoever passes."""

    words: Words
    explains: Words
    address: str
    who: str | Callable[[Any], bool]

    def is_for(self, user: Any) -> bool:
        """Whether this person may; of grants, being a superuser is not enough."""
        if not isinstance(self.who, str):
            return self.who(user)
        return rights.may(user, self.who) if self.who.startswith("grants.") else bool(user.has_perm(self.who))


TASKS = [
    Task(
        _("Write a page"), _("Find its place in the tree, and add a page there."), "wagtailadmin_explore_root", writes
    ),
    Task(
        _("Record an endorsement"),
        _("Their words, with the permission on file."),
        "wagtailsnippets_content_endorsement:list",
        "content.add_endorsement",
    ),
    Task(_("Add a picture"), _("With credit, and consent of whoever is in it."), "wagtailimages:index", adds_pictures),
    Task(_("Record a gift"), _("A cheque, cash, money at the bank."), "record_gift:form", "donations.record_gift"),
    Task(_("Look at gifts"), _("What came in, and for what."), "donations_list:index", "donations.view_donation"),
    Task(_("Look after an appeal"), _("Target, dates, amounts."), "appeals:index", "donations.change_appeal"),
    Task(
        _("Bring in past gifts"),
        _("Checked first, then confirmed."),
        "import_gifts:upload",
        "donations.import_donation",
    ),
    Task(_("Compare with Stripe"), _("Payouts, fees, differences."), "comparisons:index", "donations.reconcile"),
    Task(_("Enter an application"), _("As it came."), "enter_application:form", "grants.enter_application"),
    Task(_("Look after awards"), _("Instalments and reports."), "awards:index", "grants.make_award"),
    Task(_("Authorise a payment"), _("Asked for by others."), "instalments:index", "grants.authorise_instalment"),
    Task(_("Look after people"), _("Accounts and roles."), "wagtailusers_users:index", "accounts.add_user"),
]


class WelcomePanel(Component):
    """What this person may do, and the guide to the first day."""

    name = "welcome"
    template_name = "almoner/staff/panel_welcome.html"
    order = 10

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        """Permissions only."""
        user = parent_context["request"].user
        return {"user": user, "tasks": [(task, reverse(task.address)) for task in offered_to(user)]}


def offered_to(user: Any) -> list[Task]:
    """The tasks that this person may begin."""
    return [task for task in TASKS if task.is_for(user)]


def add(request: HttpRequest, panels: list[Component]) -> None:
    """For everybody: the rooms add what is theirs."""
    panels.append(WelcomePanel())
