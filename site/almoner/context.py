"""What every page is told."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """Whether this is a demonstration (Stripe's base is not Stripe's): every public page then says so."""
    return {"demonstration": settings.STRIPE_API_BASE != "https://api.stripe.com"}
