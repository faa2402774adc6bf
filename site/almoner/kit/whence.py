"""Where a request came from, as far as it can be known: what limits count by."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def place_of(request: HttpRequest) -> str:
    """The address of who asks; of IPv6 the network of 64 bits, since one household has all of it.

    Behind proxies of our own (TRUSTED_PROXIES) each has added the address it heard from to X-Forwarded-For; what
    stands further left was written by whoever asked, and is not believed.
    """
    heard = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    trusted: int = settings.TRUSTED_PROXIES
    address = request.META.get("REMOTE_ADDR", "")
    if trusted and heard:
        address = heard[-min(trusted, len(heard))]
    try:
        known = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(known, IPv6Address) and known.ipv4_mapped:
        return str(known.ipv4_mapped)
    return str(ip_network(f"{known}/64", strict=False)) if isinstance(known, IPv6Address) else str(known)
