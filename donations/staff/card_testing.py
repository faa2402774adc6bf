"""Card testing as it happens: minute by minute, what was let in, held back and declined. Nobody is named."""

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from almoner.kit.staff.screens import Screen, ScreenSet
from donations import defence
from donations.models import WatchedMinute

COLUMNS = ("let_in", "declines", "asked", "alarmed", "proved", "slowed", "waiting", "stopped")


class CardTesting(Screen):
    """The last hour."""

    permission = "donations.view_watchedminute"
    page_title = _("Card testing")
    header_icon = "lock"
    template_name = "donations/staff/card_testing.html"
    under = (_("Dashboard"), "wagtailadmin_home")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The alarm, and a row a minute."""
        watch = defence.watched(at=timezone.now())
        named = {field.name: field.verbose_name for field in WatchedMinute._meta.fields}
        return {
            **super().get_context_data(**kwargs),
            "watch": watch,
            "lately": settings.DEFENCE_ALARM_MINUTES,
            "columns": [named[name] for name in COLUMNS],
            "rows": [(each.minute, [getattr(each, name) for name in COLUMNS]) for each in watch.minutes],
        }


class CardTestingSet(ScreenSet):
    """One page."""

    name = "card_testing"
    url_prefix = "giving/card-testing"
    menu_label = _("Card testing")
    icon = "lock"
    permission = CardTesting.permission
    views = {"index": ("", CardTesting)}
