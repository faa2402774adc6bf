"""“Before you publish”: the checks beside the page that is being edited, anew after every save."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_safe
from wagtail.admin.panels import Panel
from wagtail.models import Page


class ChecksPanel(Panel):
    """What may have been overlooked, under the title."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "content/staff/checks_panel.html"

        def is_shown(self) -> bool:
            """A page that was never saved has nothing to look at yet."""
            return bool(super().is_shown() and self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """The findings, and where newer ones are asked for."""
            from content import checking

            more = {
                "findings": checking.findings(self.instance),
                "address": reverse("page_checks", args=[self.instance.pk]),
            }
            return {**super().get_context_data(parent_context), **more}


@require_safe
def page_checks(request: HttpRequest, page_id: int) -> HttpResponse:
    """The findings of the draft as it is saved now, for those who may edit it."""
    from content import checking

    page = get_object_or_404(Page, pk=page_id).specific
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    draft = page.get_latest_revision_as_object()
    return render(request, "content/staff/checks.html", {"findings": checking.findings(draft)})


urlpatterns = [path("pages/<int:page_id>/checks/", page_checks, name="page_checks")]
