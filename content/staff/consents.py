"""Consents in the back office: recorded, looked at, withdrawn; never deleted."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from wagtail.admin.auth import require_admin_access
from wagtail.snippets.views.snippets import SnippetViewSet

from almoner.kit.staff.acting import Act, Facts
from content.actions import consenting
from content.exceptions import ContentError
from content.models import ConsentRecord

VIEWS = "wagtailsnippets_content_consentrecord"


class WithdrawForm(forms.Form):
    """Why."""

    because = forms.CharField(
        label="What they told us, and how",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="“Rang on Monday; does not want to be found by a new employer.” Only staff see it.",
    )


class Withdraw(Act):
    """Record a withdrawal: everything is down when the page comes back."""

    model = ConsentRecord
    address = "withdraw"
    views = VIEWS
    permission = "content.withdraw_consentrecord"
    title = "Record a withdrawal"
    button = "Take everything down now"
    explains = (
        "The story, the pictures, the endorsement and the name that hold this consent leave the site at once, and "
        "search with them. The words are removed from earlier versions too. This cannot be undone."
    )
    form_class = WithdrawForm
    danger = True
    refusals = (ContentError,)

    @classmethod
    def is_offered(cls, thing: Any, user: Any) -> bool:
        """Once."""
        return thing.withdrawn_at is None

    def act(self, form: Any, by: Any) -> str:
        """Take it all down."""
        consenting.withdraw(consent=self.thing, by=by, because=form.cleaned_data["because"])
        return _("Withdrawn. Everything that it covered is down.")

    def facts(self) -> Facts:
        """What will go."""
        consent = self.thing
        named = [
            (_("Stories"), [str(each) for each in consent.stories.all()]),
            (_("Endorsements"), [each.speaker for each in consent.endorsements.all()]),
            (_("People"), [each.name for each in consent.people.all()]),
            (_("Pictures"), [each.title for each in consent.pictures.all()]),
        ]
        return [(what, ", ".join(names)) for what, names in named if names]

    @property
    def back(self) -> str:
        """The consent itself."""
        return reverse(f"{VIEWS}:edit", args=[self.thing.pk])


@require_admin_access
def evidence(request: HttpRequest, pk: str) -> FileResponse:
    """The signed form, as a download: it is never shown inside a page."""
    if not request.user.has_perm("content.change_consentrecord"):
        raise PermissionDenied
    consent = get_object_or_404(ConsentRecord, pk=pk)
    if not consent.evidence:
        raise Http404
    answer = FileResponse(consent.evidence.open("rb"), as_attachment=True, filename=f"consent-{consent.pk}")
    answer["Cache-Control"] = "private, no-store"
    return answer


class ConsentViewSet(SnippetViewSet):
    """The list, a page each, and the one thing that can be done to it."""

    model = ConsentRecord
    icon = "key"
    list_display = ["name", "given_on", "expires_on", "withdrawn_at"]
    list_filter = ["reached_us_by", "covers_health"]
    ordering = ["-given_on"]
    search_fields = ["name"]
    copy_view_enabled = False

    def get_urlpatterns(self) -> list[URLPattern]:
        """With the withdrawal and the evidence."""
        ours = [
            path("<int:pk>/withdraw/", Withdraw.as_view(), name="withdraw"),
            path("<int:pk>/evidence/", evidence, name="evidence"),
        ]
        return [*super().get_urlpatterns(), *ours]
