"""Where a request came from, as far as it can be known: what limits count by."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def place_of(request: HttpRequest) -> str:
    """The network of who asks; nothing where it cannot be known, and then nobody is counted by it.

    Each of our own proxies (TRUSTED_PROXIES) adds the address that it was asked from at the right of X-Forwarded-For;
    what stands further left anybody may have written. Of IPv6, one household has a network of 64 bits.
    """
    found = _asked_from(request)
    if found is None:
        return ""
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or ip_network((found, 64), strict=False))
    return str(found)


def _asked_from(request: HttpRequest) -> IPv4Address | IPv6Address | None:
    direct = _read(request.META.get("REMOTE_ADDR", ""))
    said = [part for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    proxies: int = settings.TRUSTED_PROXIES
    if proxies and len(said) >= proxies:
        return _read(said[-proxies])
    # A proxy of which the settings know nothing: all visitors would seem to be one, and lock each other out.
    return None if said and not proxies and direct is not None and direct.is_private else direct


def _read(written: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(written.strip())
    except ValueError:
        return None
