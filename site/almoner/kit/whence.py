"""Where a request came from, as far as it can be known: what limits count by."""

import logging
from functools import cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

log = logging.getLogger(__name__)
# Where only a machine of one's own can be.
WITHIN = [
    ip_network(each) for each in ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7")
]


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
    said = [part for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    proxies: int = settings.TRUSTED_PROXIES
    if proxies:
        return _read(said[-proxies]) if len(said) >= proxies else direct
    if said and direct is not None and any(direct in each for each in WITHIN):
        _say_once()  # all visitors would seem to be one, and lock each other out
        return None
    return direct


@cache
def _say_once() -> None:
    log.warning("A proxy stands before the site, and TRUSTED_PROXIES is 0: addresses are not told apart.")


def _read(written: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(written.strip())
    except ValueError:
        return None
