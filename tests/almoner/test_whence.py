"""Where a request came from: what stands to the left of our own proxies is not believed."""

import pytest
from django.test import RequestFactory

from almoner.kit.whence import place_of


@pytest.mark.parametrize(
    ("proxies", "direct", "said", "place"),
    [
        (0, "192.0.2.7", "", "192.0.2.7"),
        (0, "192.0.2.7", "198.51.100.1", "192.0.2.7"),
        (0, "8.8.4.4", "198.51.100.1", "8.8.4.4"),
        (0, "10.0.0.1", "198.51.100.1", ""),
        (0, "10.0.0.1", "", "10.0.0.1"),
        (1, "10.0.0.1", "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        (2, "10.0.0.1", "6.6.6.6, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        (2, "10.0.0.1", "198.51.100.1", "10.0.0.1"),
        (1, "10.0.0.1", "nonsense", ""),
        (0, "2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        (0, "::ffff:192.0.2.7", "", "192.0.2.7"),
        (0, "", "", ""),
    ],
)
def test_a_place_is_known_as_far_as_our_own_proxies_tell(settings, proxies, direct, said, place):
    settings.TRUSTED_PROXIES = proxies
    more = {"HTTP_X_FORWARDED_FOR": said} if said else {}
    assert place_of(RequestFactory().get("/", REMOTE_ADDR=direct, **more)) == place
