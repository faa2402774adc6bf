"""Whose try it is: keyed digests of what would name somebody, and the address behind our own proxies."""

import ipaddress
import logging
from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

log = logging.getLogger(__name__)
# Where only a machine of one's own can be.
WITHIN = [
    ipaddress.ip_network(each)
    for each in ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7")
]


def digest(kind: str, said: str) -> str:
    """What stands for it in our rows: the same for the same, and nobody without our key can go back."""
    return salted_hmac("donations.defence", f"{kind}:{said}", algorithm="sha256").hexdigest()[:32]


def donor(email: str) -> str:
    """A donor, by the email address that was typed."""
    return digest("donor", email.strip().lower())


def address_of(request: HttpRequest) -> str:
    """The visitor’s network, as a digest; nothing where it cannot be known, and then its layer rests.

    Each of our own proxies adds the address that it was asked from at the right of X-Forwarded-For; what stands further
    left anybody may have written. Of IPv6, a household has a /64, and one machine may use all of it.
    """
    found = _asked_from(request)
    if found is None:
        return ""
    if isinstance(found, ipaddress.IPv6Address):
        found = found.ipv4_mapped or ipaddress.ip_network((found, 64), strict=False).network_address
    return digest("address", str(found))


def _asked_from(request: HttpRequest) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    direct = _read(request.META.get("REMOTE_ADDR", ""))
    forwarded = request.headers.get("X-Forwarded-For", "")
    proxies = settings.TRUSTED_PROXIES
    if proxies:
        said = forwarded.split(",")
        return _read(said[-proxies]) if len(said) >= proxies and forwarded else direct
    if forwarded and direct is not None and any(direct in each for each in WITHIN):
        _say_once()
        return None
    return direct


@cache
def _say_once() -> None:
    log.warning("A proxy stands before the site, and TRUSTED_PROXIES is 0: addresses are not told apart.")


def _read(written: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(written.strip())
    except ValueError:
        return None
