"""Evidence: a file that only whoever looks after the thing may open, as a download."""

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from wagtail.admin.auth import require_admin_access
from wagtail.snippets.views.snippets import SnippetViewSet


class WithEvidence(SnippetViewSet):
    """A kind of snippet whose rows may hold a private file."""

    evidence_field = "evidence"

    def get_urlpatterns(self) -> list[URLPattern]:
        """With the file of each."""
        handed_out = require_admin_access(self.hand_out)
        return [*super().get_urlpatterns(), path("<int:pk>/evidence/", handed_out, name="evidence")]

    def hand_out(self, request: HttpRequest, pk: int) -> FileResponse:
        """The file, never shown inside a page and never kept on the way."""
        if not self.permission_policy.user_has_permission(request.user, "change"):
            raise PermissionDenied
        file = getattr(get_object_or_404(self.model, pk=pk), self.evidence_field)
        if not file:
            raise Http404
        answer = FileResponse(file.open("rb"), as_attachment=True, filename=f"evidence-{pk}")
        answer["Cache-Control"] = "private, no-store"
        return answer
