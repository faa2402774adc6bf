"""What browsers are told: strict everywhere but in the staff's admin."""

import pytest

pytestmark = pytest.mark.django_db


def test_a_public_page_allows_nothing_inline_and_names_stripes_page(client, nurse_appeal):
    policy = client.get("/donate/nurse/")["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "form-action 'self' https://checkout.stripe.com https://billing.stripe.com" in policy


def test_the_staffs_pages_have_the_policy_that_wagtails_editor_needs(admin_client):
    policy = admin_client.get("/admin/")["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-inline'" in policy
    assert "default-src 'self'" in policy
    assert "stripe.com" not in policy


def test_nothing_that_a_signed_in_person_sees_is_kept_by_the_browser(admin_client):
    assert "no-store" in admin_client.get("/admin/")["Cache-Control"]


@pytest.mark.parametrize("header", ["X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy"])
def test_every_page_carries_the_usual_protections(client, nurse_appeal, header):
    assert client.get("/donate/nurse/")[header]
