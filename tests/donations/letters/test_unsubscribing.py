"""“Unsubscribe”: one click, from every letter, by the reader or the mail program; forged links open nothing."""

import re

import pytest
from django.core import mail
from django.test import Client

from donations import letters, links, outbox
from donations.actions import permitting
from donations.models import ContactPermission, Letter, Suppression
from tests.donations.letters.conftest import tribute
from tests.factories import payments

pytestmark = pytest.mark.django_db
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def letter(gift) -> Letter:
    """Ada's receipt, sent."""
    found = gift.letters.get()
    outbox.deliver(found.pk)
    return found


@pytest.fixture
def link(letter) -> str:
    """As her mail program finds it in the letter's head."""
    head = mail.outbox[-1].extra_headers
    assert head["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    return re.fullmatch(r"<http://testserver(/unsubscribe/\S+/)>", head["List-Unsubscribe"])[1]


def says_yes(donor) -> None:
    permitting.record(channel="email", basis="consent", source="donation form", donor=donor)


def test_the_link_stands_in_the_head_the_text_and_the_html(letter, link):
    sent = mail.outbox[-1]
    assert link in sent.body
    assert link in sent.alternatives[0].content
    assert "ada" not in link.lower()
    assert "@" not in link


def test_opening_the_link_changes_nothing(client, gift, link):
    says_yes(gift.donor)
    page = client.get(link)
    assert page.status_code == 200
    assert "Stop news and appeals by email" in page.content.decode()
    assert client.head(link).status_code == 200
    assert permitting.may_contact(donor=gift.donor, channel="email")
    assert not Suppression.objects.exists()
    assert "no-store" in page["Cache-Control"]


def test_one_post_without_any_token_is_enough(gift, link):
    says_yes(gift.donor)
    strict = Client(enforce_csrf_checks=True)
    page = strict.post(link, ONE_CLICK)
    assert page.status_code == 200
    assert "you still get a receipt" in page.content.decode()
    assert not permitting.may_contact(donor=gift.donor, channel="email")
    said = ContactPermission.objects.first()
    assert (said.basis, said.channel, said.source, said.donor) == ("none", "email", "unsubscribe link", gift.donor)
    assert Suppression.objects.get().channel == "email"


def test_said_twice_it_stands_once(client, gift, link):
    for _ in range(3):
        client.post(link)
    assert ContactPermission.objects.count() == Suppression.objects.count() == 1


@pytest.mark.parametrize("forged", ["1", "1:x", "{pk}:" + "a" * 43, "x" * 500, "%00", "0"])
def test_a_forged_link_opens_nothing(client, letter, forged):
    address = f"/unsubscribe/{forged.format(pk=letter.pk)}/"
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404
    assert not Suppression.objects.exists()


def test_the_signature_of_another_link_opens_nothing(client, letter):
    signed = links.MEND.sign(str(letter.pk))
    assert client.post(f"/unsubscribe/{signed}/").status_code == 404


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client, link, method):
    assert getattr(client, method)(link).status_code == 405


def test_receipts_still_come(client, gift, link, nurse_appeal):
    client.post(link)
    again = payments.gift(nurse_appeal)
    again.donor = gift.donor
    assert outbox.deliver(again.letters.get().pk) is True
    assert len(mail.outbox) == 2


def test_who_was_told_of_a_tribute_refuses_for_herself_and_not_for_the_donor(client, nurse_appeal):
    asked = payments.pledge(nurse_appeal)
    tribute(asked)
    gift = payments.payment(asked).donation
    says_yes(gift.donor)
    letters.tell_of_tribute(gift)
    told = Letter.objects.get(kind="tribute")
    client.post(links.unsubscribe(told))
    assert permitting.may_contact(donor=gift.donor, channel="email")
    assert Suppression.objects.count() == 1


def test_somebody_whose_gift_never_came_can_refuse_too(client, nurse_appeal):
    asked = payments.pledge(nurse_appeal)
    letters.say_it_failed(payments.payment(asked, status="requires_payment_method"))
    client.post(links.unsubscribe(Letter.objects.get()))
    said = ContactPermission.objects.get()
    assert (said.pledge, said.donor, said.basis) == (asked, None, "none")


def test_a_donor_who_has_another_address_now_has_refused_all_the_same(client, gift, link):
    says_yes(gift.donor)
    gift.donor.email = "ada.at.sea@example.org"
    gift.donor.save()
    client.post(link)
    assert not permitting.may_contact(donor=gift.donor, channel="email")
