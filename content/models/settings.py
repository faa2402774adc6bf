"""Who the charity is: filled in once, shown in the footer, on forms, on receipts."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import PreviewableMixin

from almoner.kit.briefly import briefly
from content.look import Look, check
from content.models.colour import AS_WRITTEN, ColourField
from content.staff.widgets import ColourInput, CornerSelect
from donations.charity import Charity

ICON_LEAST = 192  # pixels


class Register(models.TextChoices):
    """Which regulator keeps the register."""

    ENGLAND_AND_WALES = "ew", _("Charity Commission for England and Wales")
    SCOTLAND = "sc", _("Scottish Charity Regulator")
    NORTHERN_IRELAND = "ni", _("Charity Commission for Northern Ireland")


class Corner(models.TextChoices):
    """How the corners of buttons, cards and pictures are cut."""

    SOFT = "soft", _("Soft, one of them round")
    ROUND = "round", _("Round, all alike")
    SQUARE = "square", _("Square")


@register_setting(icon="home")
class CharitySettings(PreviewableMixin, BaseSiteSetting):
    """The charity's names, number and ways to be reached (Charities Act 2011, section 194, asks for the first two),
    and how its pages look.
    """

    name = models.CharField(max_length=120, help_text=_("As people know it."))
    registered_name = models.CharField(
        max_length=200, help_text=_("As it stands in the register; of the umbrella charity, if you are part of one.")
    )
    registered_number = models.CharField(max_length=30)
    register = models.CharField(max_length=2, choices=Register.choices, default=Register.ENGLAND_AND_WALES)
    part_of = models.CharField(max_length=200, blank=True, help_text=_("The umbrella charity, if there is one."))
    mission = models.CharField(max_length=200, blank=True, help_text=_("One sentence for the foot of every page."))
    address = models.TextField(blank=True)
    email = models.EmailField(blank=True)
    telephone = models.CharField(max_length=30, blank=True)
    helpline = models.CharField(max_length=30, blank=True)
    messages_to = models.EmailField(
        _("who hears of messages"), blank=True,
        help_text=_("A letter goes there when somebody has sent a form: that a message waits, not what it says. "
        "Nobody is told, if left empty."),
    )  # fmt: skip
    logo = models.ForeignKey("content.CharityImage", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    privacy_page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        help_text=_("What you keep of people, and why. The form links to it where it asks for an address."),
    )  # fmt: skip

    brand = ColourField(_("brand colour"), default=Look.brand, help_text=_("Buttons, bars, chosen boxes: #0b5f6d."))
    accent = ColourField(
        _("accent colour"), default=Look.accent, help_text=_("The Donate button. Dark words stand on it.")
    )
    link = ColourField(_("colour of links"), blank=True, help_text=_("The brand colour, if left empty."))
    tint = ColourField(
        _("colour of tinted grounds"), blank=True, help_text=_("A breath of the brand colour, if left empty.")
    )
    corner = models.CharField(_("corners"), max_length=6, choices=Corner.choices, default=Corner.SOFT)
    favicon = models.ForeignKey(
        "content.CharityImage", on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("icon"), help_text=_("Square, at least 192 pixels: shown on browser tabs and bookmarks."),
    )  # fmt: skip

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    MultiFieldPanel(
                        [
                            FieldPanel("name"),
                            FieldPanel("registered_name"),
                            FieldPanel("registered_number"),
                            FieldPanel("register"),
                            FieldPanel("part_of"),
                        ],
                        heading=_("Who we are"),
                    ),
                    MultiFieldPanel(
                        [FieldPanel("address"), FieldPanel("email"), FieldPanel("telephone"), FieldPanel("helpline")],
                        heading=_("How to reach us"),
                    ),
                    FieldPanel("messages_to"),
                    FieldPanel("mission"),
                    FieldPanel("privacy_page"),
                ],
                heading=_("The charity"),
            ),
            ObjectList(
                [
                    HelpPanel(
                        _(
                            "Colours are measured when you save: one that somebody could not read is refused, and the "
                            "nearest that can be read is named. The frame around whatever has the focus is always "
                            "yellow and dark, so that it is seen on any colour."
                        )
                    ),
                    MultiFieldPanel([FieldPanel("logo"), FieldPanel("favicon")], heading=_("Pictures")),
                    MultiFieldPanel(
                        [
                            FieldPanel("brand", widget=ColourInput),
                            FieldPanel("accent", widget=ColourInput(usual=Look.accent)),
                            FieldPanel("link", widget=ColourInput),
                            FieldPanel("tint", widget=ColourInput(usual=Look.tint)),
                        ],
                        heading=_("Colours"),
                    ),
                    FieldPanel("corner", widget=CornerSelect),
                ],
                heading=_("Its look"),
            ),
        ]
    )

    class Meta:
        verbose_name = _("charity")
        constraints = [
            models.CheckConstraint(
                condition=Q(brand__regex=AS_WRITTEN, accent__regex=AS_WRITTEN)
                & (Q(link="") | Q(link__regex=AS_WRITTEN))
                & (Q(tint="") | Q(tint__regex=AS_WRITTEN)),
                name="charity_has_written_colours",
                violation_error_message=_("A colour is # and six digits or letters a to f."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """No colour that somebody could not read, and an icon that is square."""
        super().clean()
        icon = self.favicon
        if icon is not None and (icon.width != icon.height or icon.width < ICON_LEAST):
            raise ValidationError(
                {
                    "favicon": gettext(
                        "This picture is %(width)s by %(height)s pixels. An icon is square, and at least "
                        "%(icon_least)s by %(icon_least)s."
                    )
                    % {"width": icon.width, "height": icon.height, "icon_least": ICON_LEAST}
                }
            )
        check(self.look)

    @property
    def look(self) -> Look:
        """What its pages look like."""
        return Look.of(self)

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        """A page with everything that the colours touch."""
        return "content/look_preview.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        """The charity as it stands in the form."""
        return {**super().get_preview_context(request, mode_name), "charity": self}

    @property
    def statement(self) -> str:
        """“Registered charity …”, as the law asks for on pages, letters and receipts."""
        if not self.registered_number:
            return ""
        return gettext("%(registered_name)s is a registered charity in %(where)s, number %(registered_number)s.") % {
            "registered_name": self.registered_name,
            "where": self.where,
            "registered_number": self.registered_number,
        }

    @property
    def where(self) -> str:
        """The part of the United Kingdom whose register it is."""
        return {"ew": gettext("England and Wales"), "sc": gettext("Scotland"), "ni": gettext("Northern Ireland")}[
            self.register
        ]


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
