"""Pages to begin from: examples that are never published, and that staff copy."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.models import Page

from content.models.base import BasePage


class TemplatesPage(BasePage):
    """The place where examples stand. Nothing in it is public."""

    note = models.CharField(max_length=250, blank=True, help_text=_("For those who copy: what is kept here."))

    content_panels = [
        *BasePage.content_panels,
        HelpPanel(_("Nothing here is public. To begin a page, choose “Copy” at an example, and say where it goes.")),
        FieldPanel("note"),
    ]
    template = "content/base_page.html"
    parent_page_types = ["content.HomePage"]
    max_count = 1

    class Meta:
        verbose_name = _("templates")


def is_template(page: Any) -> bool:
    """Whether it is the place of examples, or one of them."""
    if isinstance(page, TemplatesPage):
        return True
    if not page.path or page.depth < 4:
        return False
    above = [page.path[: depth * Page.steplen] for depth in range(3, page.depth)]
    return TemplatesPage.objects.filter(path__in=above).exists()
