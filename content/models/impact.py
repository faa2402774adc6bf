"""Where the money goes: every figure from the ledger, and what it pays for."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page

from content.blocks.bodies import Body, StoryBody
from content.blocks.proof import impact_cards
from content.models.base import BasePage
from content.models.impact_item import ImpactItem
from donations.ledger import balances
from grants import publishing

SLUG = "where-your-money-goes"  # printed on paper: it does not change


class ImpactPage(BasePage):
    """Raised, allocated, paid, still to pay, remaining: over all, per purpose, per fund, per award."""

    standfirst = models.TextField(max_length=300, blank=True)
    body = Body(
        StoryBody(), blank=True, help_text=_("Words beneath the figures. The figures themselves are never typed.")
    )

    content_panels = [*BasePage.content_panels, FieldPanel("standfirst"), FieldPanel("body")]
    # Without the slug: this page's address is fixed.
    promote_panels = [
        MultiFieldPanel([FieldPanel("seo_title"), FieldPanel("search_description")], heading=_("Search engines")),
        MultiFieldPanel([FieldPanel("show_in_menus"), FieldPanel("share_picture")], heading=_("On this site")),
    ]
    template = "content/impact_page.html"
    parent_page_types = ["content.HomePage"]
    subpage_types: list[str] = []
    max_count = 1

    def clean(self) -> None:
        """The address is always /where-your-money-goes/."""
        self.slug = SLUG
        super().clean()
        parent: Page | None = self.get_parent() if self.depth else None
        if parent is not None and parent.depth != 2:
            raise ValidationError(gettext("This page stands directly under the home page."))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The ledger's numbers at this moment."""
        context = super().get_context(request, *args, **kwargs)
        context["everything"] = balances.everything()
        context["purposes"] = balances.of_purposes()
        context["funds"] = balances.of_funds()
        context["awards"] = publishing.awards()
        numbers = {award.reference: award.numbers for award in context["awards"]}
        context["funded"] = impact_cards(list(ImpactItem.objects.for_cards()), numbers)
        context["now"] = timezone.localtime()
        return context
