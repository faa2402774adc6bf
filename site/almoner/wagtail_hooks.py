"""The dashboard: whether the books are proven and the worker works; Wagtail's own summary is for editors."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.permissions import page_permission_policy

from almoner import dashboards
from almoner.kit import jobs
from almoner.views import PROOF_IS_OLD_AFTER
from content.staff.panels import reviews
from donations.ledger import proving


class HealthPanel(Component):
    """The last proof of the books, and the worker."""

    name = "health"
    template_name = "almoner/staff/panel_health.html"
    order = 110

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        """What /healthz tells machines, for people."""
        proof = proving.latest()
        fresh = proof is not None and proof.proved_at > timezone.now() - PROOF_IS_OLD_AFTER
        return {"proof": proof, "fresh": fresh, "worker": jobs.worker_is_alive()}


@hooks.register("construct_homepage_panels")
def add_health_panel(request: HttpRequest, panels: list[Component]) -> None:
    """For those who may see proofs."""
    if request.user.has_perm("ledger.view_proof"):
        panels.append(HealthPanel())


hooks.register("construct_homepage_panels", dashboards.add)


@hooks.register("construct_homepage_panels")
def keep_pages_for_those_who_edit_them(request: HttpRequest, panels: list[Component]) -> None:
    """Without a right on any page, Wagtail's panels about pages say nothing; reviewers see what waits for them."""
    if not edits_pages(request):
        kept = WorkflowObjectsToModeratePanel if reviews(request.user) else ()
        panels[:] = [
            panel for panel in panels if isinstance(panel, kept) or not type(panel).__module__.startswith("wagtail.")
        ]


@hooks.register("construct_homepage_summary_items", order=1000)
def hide_summary_from_all_others(request: HttpRequest, items: list[Any]) -> None:
    """Wagtail's summary counts pages and pictures."""
    if not edits_pages(request):
        items.clear()


def edits_pages(request: HttpRequest) -> bool:
    """Whether this person adds, changes or publishes pages anywhere."""
    return bool(page_permission_policy.user_has_any_permission(request.user, ["add", "change", "publish"]))
