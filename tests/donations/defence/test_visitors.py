"""Which address a visitor has: what our own proxies say, and nothing that a visitor may write."""

import pytest

from donations.defence.visitors import address_of, digest


def of(address: str) -> str:
    """As it stands in our rows."""
    return digest("address", address)


def asks(rf, proxies: int, settings, *, direct: str = "203.0.113.9", forwarded: str | None = None) -> str:
    """A visitor, seen behind so many proxies."""
    settings.TRUSTED_PROXIES = proxies
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return address_of(rf.get("/", REMOTE_ADDR=direct, **headers))


@pytest.mark.parametrize(
    ("proxies", "direct", "forwarded", "address"),
    [
        (0, "203.0.113.9", None, "203.0.113.9"),
        (0, "203.0.113.9", "198.51.100.1", "203.0.113.9"),  # written by the visitor
        (1, "10.0.0.2", "198.51.100.1", "198.51.100.1"),
        (1, "10.0.0.2", "192.0.2.66, 198.51.100.1", "198.51.100.1"),  # the left part was written by the visitor
        (2, "10.0.0.2", "192.0.2.66, 198.51.100.1, 10.0.0.1", "198.51.100.1"),
        (2, "10.0.0.2", "198.51.100.1", "10.0.0.2"),  # came past one of them
        (1, "10.0.0.2", None, "10.0.0.2"),
        (0, "2001:db8:1:2:3:4:5:6", None, "2001:db8:1:2::/64"),
        (0, "::ffff:203.0.113.9", None, "203.0.113.9"),
    ],
)
def test_the_address(rf, settings, proxies, direct, forwarded, address):
    assert asks(rf, proxies, settings, direct=direct, forwarded=forwarded) == of(address)


@pytest.mark.parametrize(
    ("proxies", "direct", "forwarded"),
    [
        (0, "127.0.0.1", "198.51.100.1"),  # a proxy that nobody told us of: all would have its address
        (0, "", None),  # a socket
        (1, "10.0.0.2", "unknown"),
    ],
)
def test_where_it_cannot_be_known_its_layer_rests(rf, settings, proxies, direct, forwarded):
    assert asks(rf, proxies, settings, direct=direct, forwarded=forwarded) == ""
