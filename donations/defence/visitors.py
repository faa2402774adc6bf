"""Whose try it is: keyed digests of what would name somebody."""

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from almoner.kit.whence import place_of


def digest(kind: str, said: str) -> str:
    """What stands for it in our rows: the same for the same, and nobody without our key can go back."""
    return salted_hmac("donations.defence", f"{kind}:{said}", algorithm="sha256").hexdigest()[:32]


def donor(email: str) -> str:
    """A donor, by the email address that was typed."""
    return digest("donor", email.strip().lower())


def address_of(request: HttpRequest) -> str:
    """The visitor’s network, as a digest; nothing where it cannot be known, and then its layer rests."""
    place = place_of(request)
    return digest("address", place) if place else ""
