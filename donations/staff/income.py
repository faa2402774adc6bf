"""What the dashboard says of income: open appeals against their targets, and what restricted funds still hold."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.ui.components import Component

from donations.ledger import balances
from donations.models import Appeal


class IncomePanel(Component):
    """Open appeals: raised against target."""

    name = "income"
    template_name = "donations/staff/panel_income.html"
    order = 112

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        """One query for the appeals, one for all their funds."""
        raised = {fund.pk: numbers.raised for fund, numbers in balances.of_funds()}
        appeals = Appeal.objects.open_on(timezone.localdate()).order_by("name")
        return {"rows": [(appeal, raised[appeal.fund_id], appeal.target) for appeal in appeals]}


class RestrictedPanel(Component):
    """What donors gave for something, and is still there."""

    name = "restricted"
    template_name = "donations/staff/panel_restricted.html"
    order = 114

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        """One query of the positions."""
        return {"rows": [(fund, numbers) for fund, numbers in balances.of_funds() if fund.is_restricted]}


def add_income_panels(request: HttpRequest, panels: list[Component]) -> None:
    """For those who look after appeals, and those who keep the books."""
    if request.user.has_perm("donations.change_appeal"):
        panels.append(IncomePanel())
    if request.user.has_perm("ledger.view_entry"):
        panels.append(RestrictedPanel())
