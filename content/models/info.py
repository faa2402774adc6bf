"""Policies."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from content.blocks.bodies import Body, InfoBody
from content.models.base import BasePage


class PolicyPage(BasePage):
    """A policy, listed at the foot of every page."""

    body = Body(InfoBody(), blank=True)
    reviewed_on = models.DateField(null=True, blank=True, help_text=_("When the whole page was last read through."))

    content_panels = [*BasePage.content_panels, FieldPanel("body"), FieldPanel("reviewed_on")]
    template = "content/info_page.html"
    parent_page_types = ["content.HomePage"]
    subpage_types: list[str] = []
    review_fields = ("reviewed_on",)
