"""The people of the charity, in the editor's order."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from content.blocks.bodies import Body, PeopleBody
from content.models.base import BasePage


class PeoplePage(BasePage):
    """Who we are: lists of people, each with a heading."""

    kind = _("People")
    standfirst = models.TextField(max_length=300, blank=True)
    body = Body(PeopleBody(), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("standfirst"), FieldPanel("body")]
    template = "content/people_page.html"
    parent_page_types = ["content.HomePage"]
    subpage_types: list[str] = []
