"""People, organisations and endorsements in the admin: one entry in the menu, “Voices”."""

from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from content.models import Endorsement, Organisation, Person


class EndorsementViewSet(SnippetViewSet):
    """Who stands behind us, in their own words."""

    model = Endorsement
    icon = "openquote"
    menu_label = "Endorsements"
    list_display = ["__str__", "kind", Column("permission_expires_on", label="Permission ends"), "live"]
    list_filter = ["kind", "live"]
    list_per_page = 50


class PersonViewSet(SnippetViewSet):
    """Somebody who is named on our pages."""

    model = Person
    icon = "user"
    menu_label = "People"
    list_display = ["name", "role", "affiliation", "live"]
    list_per_page = 50


class OrganisationViewSet(SnippetViewSet):
    """A charity, hospital, society or company."""

    model = Organisation
    icon = "group"
    menu_label = "Organisations"
    list_display = ["name", "parent", "is_industry", "live"]
    list_per_page = 50


class Voices(SnippetViewSetGroup):
    """Who speaks on our pages."""

    menu_label = "Voices"
    menu_icon = "openquote"
    menu_order = 120
    items = (EndorsementViewSet, PersonViewSet, OrganisationViewSet)
