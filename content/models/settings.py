"""Who the charity is: filled in once, shown in the footer, on forms, on receipts."""

from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from almoner.kit.briefly import briefly
from donations.charity import Charity


class Register(models.TextChoices):
    """Which regulator keeps the register."""

    ENGLAND_AND_WALES = "ew", "Charity Commission for England and Wales"
    SCOTLAND = "sc", "Scottish Charity Regulator"
    NORTHERN_IRELAND = "ni", "Charity Commission for Northern Ireland"


@register_setting(icon="home")
class CharitySettings(BaseSiteSetting):
    """The charity's names, number and ways to be reached (Charities Act 2011, section 194, asks for the first two)."""

    name = models.CharField(max_length=120, help_text="As people know it.")
    registered_name = models.CharField(
        max_length=200, help_text="As it stands in the register; of the umbrella charity, if you are part of one."
    )
    registered_number = models.CharField(max_length=30)
    register = models.CharField(max_length=2, choices=Register.choices, default=Register.ENGLAND_AND_WALES)
    part_of = models.CharField(max_length=200, blank=True, help_text="The umbrella charity, if there is one.")
    mission = models.CharField(max_length=200, blank=True, help_text="One sentence for the foot of every page.")
    address = models.TextField(blank=True)
    email = models.EmailField(blank=True)
    telephone = models.CharField(max_length=30, blank=True)
    helpline = models.CharField(max_length=30, blank=True)
    logo = models.ForeignKey("content.CharityImage", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    privacy_page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        help_text="What you keep of people, and why. The form links to it where it asks for an address.",
    )  # fmt: skip

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldPanel("registered_name"),
                FieldPanel("registered_number"),
                FieldPanel("register"),
                FieldPanel("part_of"),
            ],
            heading="Who we are",
        ),
        MultiFieldPanel(
            [FieldPanel("address"), FieldPanel("email"), FieldPanel("telephone"), FieldPanel("helpline")],
            heading="How to reach us",
        ),
        MultiFieldPanel([FieldPanel("mission"), FieldPanel("logo")], heading="At the foot and head of pages"),
        FieldPanel("privacy_page"),
    ]

    class Meta:
        verbose_name = "charity"

    def __str__(self) -> str:
        return self.name

    @property
    def statement(self) -> str:
        """“Registered charity …”, as the law asks for on pages, letters and receipts."""
        if not self.registered_number:
            return ""
        return f"{self.registered_name} is a registered charity in {self.where}, number {self.registered_number}."

    @property
    def where(self) -> str:
        """The part of the United Kingdom whose register it is."""
        return {"ew": "England and Wales", "sc": "Scotland", "ni": "Northern Ireland"}[self.register]


@briefly
def charity_for_letters() -> Charity:
    """The default site's charity, as letters and receipts name it; as it was at most a moment ago."""
    known = CharitySettings.objects.filter(site__is_default_site=True).select_related("privacy_page").first()
    if known is None or not known.name:
        return Charity()
    privacy = known.privacy_page
    return Charity(
        name=known.name,
        registered_name=known.registered_name,
        number=known.registered_number,
        register=known.where,
        address=known.address,
        email=known.email,
        telephone=known.telephone,
        privacy=(privacy.get_url() or "") if privacy is not None and privacy.live else "",
    )
