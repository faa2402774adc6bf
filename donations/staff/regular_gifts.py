"""Regular gifts: how each stands, what was paid, and who changed what, when and why."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from almoner.kit.staff.acting import ActingPage, ActingViewSet
from almoner.kit.staff.read_only import DayColumn, MoneyColumn, MoneyList
from donations.models import Appeal, RegularGift
from donations.models.regular_gift import RegularState
from donations.staff import changing

TRIED_AGAIN_AFTER = (1, 3, 7, 13)  # days after the first failure; the schedule itself is a setting of Stripe's
NEWEST = 50


class RegularGiftFilters(WagtailFilterSet):
    """By how it stands, and appeal."""

    state = django_filters.ChoiceFilter(label=_("Standing"), choices=RegularState.choices)
    appeal = django_filters.ModelChoiceFilter(queryset=Appeal.objects.all())

    class Meta:
        model = RegularGift
        fields = ["state", "appeal"]


class RegularGiftList(MoneyList):
    """Regular gifts, the newest first."""

    related = ("donor", "appeal")
    title_class = "code"


class RegularGiftPage(ActingPage):
    """One regular gift with its payments, changes and letters."""

    related = ("donor", "appeal", "fund", "purpose", "pledge")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The newest fifty of each; the lists hold the rest."""
        gift = self.object
        return {
            **super().get_context_data(**kwargs),
            "payments": gift.payments.select_related("donation")[:NEWEST],
            "changes": gift.changes.select_related("by")[:NEWEST],
            "letters": gift.letters.order_by("-pk")[:NEWEST],
            "tried_again_after": TRIED_AGAIN_AFTER,
        }


class RegularGiftViewSet(ActingViewSet):
    """Regular gifts. Nothing is edited: each change is asked for, written down, and made by Stripe."""

    model = RegularGift
    name = "regular_gifts"
    url_prefix = "giving/regular"
    menu_label = _("Regular gifts")
    icon = "rotate"
    index_view_class = RegularGiftList
    inspect_view_class = RegularGiftPage
    inspect_template_name = "donations/staff/regular_gift.html"
    ordering = ["-began_on", "-pk"]
    list_display = [
        "reference",
        Column("donor", label=_("Donor"), sort_key="donor__name"),
        MoneyColumn("amount", amount=lambda gift: gift.amount, label=_("Amount"), sort_key="pence"),
        Column("every", label=_("How often"), accessor="get_every_display"),
        Column("state", label=_("Standing"), accessor="get_state_display", sort_key="state"),
        DayColumn("next_on", label=_("Next payment"), sort_key="next_on"),
        Column("appeal", label=_("Appeal")),
        DayColumn("began_on", label=_("Began"), sort_key="began_on"),
    ]
    search_fields = ["reference", "subscription", "donor__name", "donor__email", "pledge__name"]
    filterset_class = RegularGiftFilters
    acts = changing.ACTS
