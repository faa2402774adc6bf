"""How often pages are reviewed, how long before a day somebody hears of it, and who that is."""

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Site

LONGEST = 120  # months
EARLIEST = 365  # days
MOST = 6  # letters about one day


def usual_notice() -> list[int]:
    """Three months before, one month before, and on the day."""
    return [90, 30, 0]


class Told(models.TextChoices):
    """Who hears that a review is due."""

    KEEPER = "keeper", _("Whoever looks after the page; else whoever made it; else all who publish")
    PUBLISHERS = "publishers", _("All who publish")
    BOTH = "both", _("Whoever looks after the page, and all who publish")


@register_setting(icon="clipboard-list")
class ReviewSettings(BaseSiteSetting):
    """What the charity has decided about reviews of its pages, and about days that come."""

    months = models.PositiveSmallIntegerField(
        _("months between two reviews"),
        default=36,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST)],
        help_text=_("The next review is due so many months after the last, unless a reviewer asks for it sooner."),
    )
    notice = ArrayField(
        models.PositiveSmallIntegerField(validators=[MaxValueValidator(EARLIEST)]),
        default=usual_notice,
        size=MOST,
        verbose_name=_("days of notice"),
        help_text=_(
            "With commas: “90, 30, 0” is three months before, one month before, and on the day. It counts for reviews, "
            "and for permissions, consents and accreditations that end."
        ),
    )
    told = models.CharField(_("who hears of a review"), max_length=10, choices=Told.choices, default=Told.KEEPER)

    panels = [
        HelpPanel(_("A page whose review was missed stays where it is and says so. Nothing is hidden because of it.")),
        FieldPanel("months"),
        MultiFieldPanel([FieldPanel("notice"), FieldPanel("told")], heading=_("Letters")),
    ]

    class Meta:
        verbose_name = _("reviews")
        verbose_name_plural = _("reviews")
        default_permissions = ("view", "change")
        constraints = [
            models.CheckConstraint(
                condition=Q(months__gte=1, months__lte=LONGEST),
                name="review_comes_within_ten_years",
                violation_error_message=_("Between one month and ten years."),
            ),
            models.CheckConstraint(
                condition=Q(notice__len__gte=1),
                name="review_is_given_some_notice",
                violation_error_message=_("Name at least one day: “0” is the day itself."),
            ),
        ]

    def __str__(self) -> str:
        return gettext("Reviews of %(site)s") % {"site": self.site}

    def clean(self) -> None:
        """Each number of days once, the earliest letter first."""
        super().clean()
        self.notice = sorted(set(self.notice or []), reverse=True)
        if not self.notice:
            raise ValidationError({"notice": _("Name at least one day: “0” is the day itself.")})

    @classmethod
    def ours(cls) -> "ReviewSettings":
        """What counts: those of the default site, or the usual ones where nothing was decided yet."""
        site = Site.objects.filter(is_default_site=True).first()
        decided = cls.objects.filter(site=site).first() if site is not None else None
        return decided or cls(site=site)

    @property
    def coming(self) -> int:
        """So many days before its day a thing is said to be coming."""
        return max(self.notice)

    @property
    def soon(self) -> int:
        """So many days before, it is said to come soon: the last notice that leaves some time."""
        return min((days for days in self.notice if days), default=0)

    def mark_of(self, days_left: int) -> int:
        """Which notice counts with so many days left, of which there are no more than `coming`."""
        return min(days for days in self.notice if days_left <= days)
