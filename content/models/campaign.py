"""A campaign: what is asked of decision-makers, by whom, and what comes next."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from content.blocks.bodies import Body, CampaignBody
from content.models.base import BasePage


class CampaignPage(BasePage):
    """The landing page of a campaign."""

    aim = models.TextField(max_length=300, help_text=_("What should be different, in one or two sentences."))
    picture = models.ForeignKey(
        "content.CharityImage", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    picture_alt = models.CharField(
        _("what the picture shows"), max_length=200, blank=True, help_text=_("Leave empty if it is decoration.")
    )
    appeal_page = models.ForeignKey(
        "content.AppealPage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Where the Give button leads. Leave empty for a page that asks for nothing."),
    )
    body = Body(CampaignBody(), blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("aim"),
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("picture_alt")], heading=_("Picture")),
        FieldPanel("appeal_page"),
        FieldPanel("body"),
    ]
    template = "content/campaign_page.html"
    parent_page_types = ["content.HomePage", "content.CampaignPage"]
    subpage_types = ["content.CampaignPage", "content.InfoPage"]

    @classmethod
    def for_reading(cls) -> "models.QuerySet[CampaignPage]":
        """The page with its picture, and the appeal that it leads to."""
        return super().for_reading().select_related("picture", "appeal_page__appeal")
