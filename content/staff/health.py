"""Where editors keep the words, sources, subjects and centres of health information."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from content.models import CancerSite, Centre, GlossaryTerm, MedicineTerm, Reference, Specialty, Stage


class GlossaryViewSet(SnippetViewSet):
    """Words in plain English."""

    model = GlossaryTerm
    icon = "openquote"
    list_display = ["term", "meaning"]


class MedicineViewSet(SnippetViewSet):
    """Medicines, by what is in them."""

    model = MedicineTerm
    icon = "openquote"
    list_display = ["generic_name", "brand_names", "meaning"]


class ReferenceViewSet(SnippetViewSet):
    """What pages rest on."""

    model = Reference
    icon = "link"
    list_display = ["title", "publisher", "year", "read_on"]


class CentreViewSet(SnippetViewSet):
    """Hospitals and clinics."""

    model = Centre
    icon = "home"
    list_display = ["name", "postcode", "nation"]
    list_filter = ["nation"]


class SubjectViewSet(SnippetViewSet):
    """A short list of ours."""

    icon = "tag"
    list_display = ["name", "words", "order"]
    ordering = ["order", "name"]


class CancerSiteViewSet(SubjectViewSet):
    """Where cancers begin."""

    model = CancerSite


class StageViewSet(SubjectViewSet):
    """Where on the journey somebody is."""

    model = Stage


class SpecialtyViewSet(SubjectViewSet):
    """Disciplines."""

    model = Specialty


class HealthGroup(SnippetViewSetGroup):
    """One entry in the menu for all of them."""

    menu_label = _("Health words")
    menu_icon = "clipboard-list"
    menu_order = 160
    items: Any = (
        *(GlossaryViewSet, MedicineViewSet, ReferenceViewSet, CentreViewSet),
        *(CancerSiteViewSet, StageViewSet, SpecialtyViewSet),
    )
