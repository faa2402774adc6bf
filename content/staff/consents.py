"""Consents in the back office: recorded, looked at, withdrawn; never deleted."""

from typing import Any

from django import forms
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from almoner.kit.staff.acting import Act, Facts
from content.actions import consenting
from content.exceptions import ContentError
from content.models import ConsentRecord
from content.staff.evidence import WithEvidence

VIEWS = "wagtailsnippets_content_consentrecord"


class WithdrawForm(forms.Form):
    """Why."""

    because = forms.CharField(
        label=_("What they told us, and how"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("“Rang on Monday; does not want to be found by a new employer.” Only staff see it."),
    )


class Withdraw(Act):
    """Record a withdrawal: everything is down when the page comes back."""

    model = ConsentRecord
    address = "withdraw"
    views = VIEWS
    permission = "content.withdraw_consentrecord"
    title = _("Record a withdrawal")
    button = _("Take everything down now")
    explains = _(
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
        return gettext("Withdrawn. Everything that it covered is down.")

    def facts(self) -> Facts:
        """What will go."""
        consent = self.thing
        named = [
            (gettext("Stories"), [str(each) for each in consent.stories.all()]),
            (gettext("Endorsements"), [each.speaker for each in consent.endorsements.all()]),
            (gettext("People"), [each.name for each in consent.people.all()]),
            (gettext("Pictures"), [each.title for each in consent.pictures.all()]),
        ]
        return [(what, ", ".join(names)) for what, names in named if names]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the list, the consent, this page."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse(f"{VIEWS}:list"), "label": gettext("Consents")},
            {"url": self.back, "label": str(self.thing)},
            {"url": "", "label": self.title},
        ]

    @property
    def back(self) -> str:
        """The consent itself."""
        return reverse(f"{VIEWS}:edit", args=[self.thing.pk])


class ConsentViewSet(WithEvidence):
    """The list, a page each, and the one thing that can be done to it."""

    model = ConsentRecord
    icon = "key"
    list_display = ["name", "given_on", "expires_on", "withdrawn_at"]
    list_filter = ["reached_us_by", "covers_health"]
    ordering = ["-given_on"]
    search_fields = ["name"]
    copy_view_enabled = False

    def get_urlpatterns(self) -> list[URLPattern]:
        """With the withdrawal."""
        return [*super().get_urlpatterns(), path("<int:pk>/withdraw/", Withdraw.as_view(), name="withdraw")]
