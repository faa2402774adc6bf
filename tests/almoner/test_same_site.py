"""A form without a cookie is only taken where a page of ours sent it, as far as the browser says."""

import pytest
from django.http import HttpResponse

from almoner.kit.same_site import same_site_only

pytestmark = pytest.mark.django_db


@same_site_only
def view(request, word: str = "") -> HttpResponse:
    """Does something."""
    return HttpResponse(f"done {word}")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),  # an old browser says nothing
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Origin": "http://testserver"}, 200),
        ({"Origin": "https://testserver"}, 200),  # a proxy of ours ends TLS
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),  # somebody else's part of a shared domain
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, 403),
        ({"Origin": "https://elsewhere.example.org"}, 403),
        ({"Origin": "http://testserver.elsewhere.example.org"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
def test_where_a_form_comes_from(rf, headers, status):
    answer = view(rf.post("/donate/nurse/", headers=headers), word="well")
    assert answer.status_code == status
    if status == 403:
        assert "Please use our own form" in answer.content.decode()
        assert 'href="/donate/nurse/"' in answer.content.decode()


def test_a_link_from_anywhere_opens_the_page(rf):
    assert view(rf.get("/donate/nurse/", headers={"Sec-Fetch-Site": "cross-site"})).status_code == 200


def test_it_stands_in_place_of_djangos_token():
    assert view.csrf_exempt
