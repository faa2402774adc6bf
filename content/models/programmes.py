"""Programmes as they are told. What they give for, their fund and their rounds live in grants, and only there."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from content.blocks.bodies import Body, InfoBody
from content.models.base import BasePage
from grants import publishing


class ProgrammeIndexPage(BasePage):
    """All programmes, and which of them take applications today."""

    kind = _("Grants")
    standfirst = models.TextField(max_length=300, blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("standfirst")]
    template = "content/programme_index_page.html"
    parent_page_types = ["content.HomePage"]
    subpage_types = ["content.ProgrammePage"]
    max_count = 1

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Every programme with its rounds, in a constant number of queries."""
        context = super().get_context(request, *args, **kwargs)
        pages = ProgrammePage.objects.child_of(self).live().select_related("programme").defer("body")
        rounds = publishing.rounds(timezone.localdate())
        context["programmes"] = [(page, rounds.of(page.programme_id)) for page in pages]
        return context


class ProgrammePage(BasePage):
    """The story of one programme, its rounds, what it has given, and how to ask."""

    kind = _("Grants")
    programme = models.ForeignKey("grants.Programme", on_delete=models.PROTECT, related_name="+")
    standfirst = models.TextField(max_length=300, help_text=_("What it gives for, and to whom."))
    how_to_apply = RichTextField(
        features=["bold", "ol", "ul", "link", "document-link"], help_text=_("Shown while a round is open or announced.")
    )
    body = Body(InfoBody(), blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("programme"),
        FieldPanel("standfirst"),
        FieldPanel("body"),
        FieldPanel("how_to_apply"),
    ]
    template = "content/programme_page.html"
    parent_page_types = ["content.ProgrammeIndexPage"]
    subpage_types: list[str] = []

    @classmethod
    def for_reading(cls) -> "models.QuerySet[ProgrammePage]":
        """The page with its programme, fund and purpose."""
        return super().for_reading().select_related("programme__fund", "programme__purpose")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The rounds as they stand today, and the awards."""
        context = super().get_context(request, *args, **kwargs)
        rounds = publishing.rounds(timezone.localdate()).of(self.programme_id)
        context["rounds"] = rounds
        context["rounds_by_state"] = [
            (_("Open now"), rounds.open),
            (_("To come"), rounds.to_come),
            (_("Past rounds"), rounds.past),
        ]
        context["awards"] = [award for award in publishing.awards() if award.programme == self.programme.name]
        return context
