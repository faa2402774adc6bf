"""What a donor may keep on paper: the receipt of each gift, and a statement of each tax year."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from donations import paper
from donations.models import Donor
from donations.own.doors import for_the_donor
from donations.statements import TaxYear


@for_the_donor("GET")
def receipt(request: HttpRequest, donor: Donor, reference: str) -> HttpResponse:
    """The receipt of one of their gifts, as PDF."""
    donation = get_object_or_404(donor.donations.select_related("fund", "appeal", "declaration"), reference=reference)
    return _pdf(paper.receipt(donation), f"receipt-{donation.reference}")


@for_the_donor("GET")
def statement(request: HttpRequest, donor: Donor, year: int) -> HttpResponse:
    """What they gave in the tax year that ends in April of `year`, as PDF."""
    if year not in years_of(donor):
        raise Http404
    return _pdf(paper.statement(donor, year_ending=year), f"gifts-{year - 1}-{year}")


def years_of(donor: Donor) -> list[int]:
    """The tax years in which they gave and that are over, each by the year in which it ends, the newest first."""
    days = donor.donations.order_by().values_list("received_on", flat=True).distinct()
    return sorted({_ending(day) for day in days if TaxYear(_ending(day)).last < timezone.localdate()}, reverse=True)


def _ending(day: date) -> int:
    return day.year + ((day.month, day.day) > (4, 5))


def _pdf(drawn: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(drawn, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return answer
