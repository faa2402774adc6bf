"""The snippets that stand behind our word, in one group of the menu."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from content.models import Accreditation, Endorsement, ImpactItem, Notice, Organisation, Person
from content.staff.choosing import OrganisationChooserViewSet, PersonChooserViewSet
from content.staff.consents import ConsentViewSet
from content.staff.evidence import WithEvidence


class PersonViewSet(SnippetViewSet):
    """People."""

    model = Person
    icon = "user"
    chooser_viewset_class = PersonChooserViewSet
    list_display = ["name", "role", "affiliation", "live"]
    list_filter = ["is_lived_experience"]
    copy_view_enabled = False


class OrganisationViewSet(SnippetViewSet):
    """Organisations."""

    model = Organisation
    icon = "group"
    chooser_viewset_class = OrganisationChooserViewSet
    list_display = ["name", "parent", "is_industry", "live"]
    list_filter = ["is_industry"]
    copy_view_enabled = False


class IsShown(Column):
    """Whether the public sees it today."""

    def get_value(self, instance: Any) -> str:
        """In a word."""
        return gettext("Shown") if instance.may_be_shown() else gettext("Not shown")


class EndorsementViewSet(WithEvidence):
    """Endorsements, with how their permission stands."""

    model = Endorsement
    evidence_field = "permission_evidence"
    icon = "openquote"
    list_display = ["__str__", "kind", "permission_expires_on", IsShown("shown", label=_("On the site"))]
    list_filter = ["kind", "live"]
    copy_view_enabled = False


class AccreditationViewSet(WithEvidence):
    """Accreditations."""

    model = Accreditation
    icon = "success"
    list_display = ["title", "body", "begins_on", "ends_on", "live"]
    copy_view_enabled = False


class ImpactItemViewSet(SnippetViewSet):
    """What was funded."""

    model = ImpactItem
    icon = "pick"
    menu_label = _("What was funded")
    list_display = ["title", "kind", "award", "live"]
    list_filter = ["kind"]
    copy_view_enabled = False


class IsUp(Column):
    """Whether a notice stands now."""

    def get_value(self, instance: Notice) -> str:
        """In a word."""
        if not instance.live:
            return "Draft"
        now = timezone.now()
        if instance.ends_at and instance.ends_at <= now:
            return "Over"
        return gettext("Up") if instance.begins_at <= now else gettext("To come")


class NoticeViewSet(SnippetViewSet):
    """Notices."""

    model = Notice
    icon = "warning"
    list_display = ["title", "section", "begins_at", "ends_at", IsUp("up", label=_("Now"))]
    copy_view_enabled = False


class Trust(SnippetViewSetGroup):
    """Who speaks, with whose consent, and what stands behind it."""

    menu_label = _("Trust")
    menu_icon = "group"
    menu_order = 320
    items = (
        *(PersonViewSet, OrganisationViewSet, EndorsementViewSet, ConsentViewSet),
        *(AccreditationViewSet, ImpactItemViewSet, NoticeViewSet),
    )
