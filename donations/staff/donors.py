"""Donors: what they gave, declared and permitted; what comes on paper or by telephone is recorded here."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from almoner.kit.staff.acting import ActingPage, ActingViewSet
from almoner.kit.staff.read_only import DayColumn
from donations.actions import permitting
from donations.models import Donor
from donations.models.contact import ContactBy
from donations.staff.correcting import CorrectDonor
from donations.staff.declarations import RecordDeclaration
from donations.staff.permissions import RecordPermission

NEWEST = 50


class DonorPage(ActingPage):
    """One donor: gifts, declarations, what they said about being contacted, and what was put right about them."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The newest fifty donations; there is a search for the rest."""
        donor = self.object
        return {
            **super().get_context_data(**kwargs),
            "donations": donor.donations.select_related("fund", "appeal")[:NEWEST],
            "declarations": donor.declarations.all(),
            "permissions": donor.permissions.select_related("by")[:NEWEST],
            "never": [ContactBy(channel).label for channel in permitting.never(donor=donor)],
            "corrections": donor.corrections.filter(done_at__isnull=False).select_related("by")[:NEWEST],
        }


class DonorViewSet(ActingViewSet):
    """Donors. Nobody takes this list away from here: exports have a purpose and a log."""

    model = Donor
    name = "donors_list"
    url_prefix = "giving/donors"
    menu_label = _("Donors")
    icon = "user"
    inspect_view_class = DonorPage
    inspect_template_name = "donations/staff/donor.html"
    ordering = ["name", "pk"]
    list_display = [
        "name",
        Column("email", label=_("Email"), sort_key="email"),
        DayColumn("created_at", label=_("Since")),
    ]
    search_fields = ["name", "email"]
    acts = (RecordDeclaration, RecordPermission, CorrectDonor)
