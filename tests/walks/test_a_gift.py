"""A gift walks: form, pledge, Stripe's page, webhook, ledger, receipt, totals. Read this first."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from donations import totals
from donations.ledger import balances, proving
from donations.ledger.money import Money
from donations.models import Donation, Letter, Pledge, StripeEvent
from donations.models.pledge import PledgeState
from tests.walks.postman import carry_the_post, work_through_the_jobs

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_gift_walks_from_the_form_to_the_public_page(client, nurse_appeal, standin):
    before = balances.of_fund(nurse_appeal.fund).raised

    # Ada opens the form, and it asks for three things.
    form = client.get(reverse("donations:give_at_once", args=["nurse"]), {"amount": "25"})
    assert form.status_code == 200
    token = re.search(r'name="token" value="([0-9a-f-]{36})"', form.content.decode())[1]

    # She sends it. Her pledge is committed before Stripe is asked, and she is led to Stripe's page.
    answer = client.post(
        reverse("donations:give_at_once", args=["nurse"]),
        {
            "every": "once",
            "choice": "2500",
            "name": "Ada Periwinkle",
            "email": "ada@example.org",
            "gift_aid": "no",
            "token": token,
        },
    )
    pledge = Pledge.objects.get()
    assert (pledge.name, pledge.pence, pledge.state) == ("Ada Periwinkle", 2500, PledgeState.AT_CHECKOUT)
    assert answer.status_code == 302
    assert answer["Location"] == pledge.checkout_url
    assert pledge.checkout_url.startswith(standin.url)
    assert totals.raised_for(nurse_appeal) == before, "a pledge is not a gift"

    # She pays there. Stripe writes to us, and each message is stored once, before anything is done about it.
    standin.pay(pledge.checkout_session, card="succeeds")
    carry_the_post(standin, client)
    assert StripeEvent.objects.filter(kind="checkout.session.completed").count() == 1
    assert not Donation.objects.exists(), "a message is only a hint until the worker has asked Stripe"

    # The worker asks Stripe how things stand, and writes the gift into the ledger.
    work_through_the_jobs()
    donation = Donation.objects.get()
    assert (donation.pence, donation.fund, donation.pledge) == (2500, nurse_appeal.fund, pledge)
    assert donation.entry.source_key == f"gift:{donation.payment.payment_intent}"
    assert sum(line.amount for line in donation.entry.lines.all()) == 0
    assert not StripeEvent.objects.filter(handled_at=None).exists()

    # She gets one receipt.
    assert [letter.to for letter in mail.outbox] == [["ada@example.org"]]
    assert "£25.00" in mail.outbox[0].body
    assert Letter.objects.get().sent_at is not None

    # The totals have moved, everywhere at once, because there is only one of each.
    assert totals.raised_for(nurse_appeal) == before + Money(2500)
    thanks = client.get(reverse("donations:thanks", args=[pledge.reference]), {"session": pledge.checkout_session})
    assert "Thank you for your gift of £25" in thanks.content.decode()
    assert proving.prove().holds


def test_a_donor_whose_card_is_declined_tries_another_and_gives_once(client, nurse_appeal, standin):
    pledge = pledge_of(client, "Ben Limpet", "40")
    standin.pay(pledge.checkout_session, card="declined")
    standin.pay(pledge.checkout_session, card="succeeds")
    carry_the_post(standin, client)
    work_through_the_jobs()
    assert Donation.objects.get().pence == 4000
    assert len(mail.outbox) == 1


def test_a_donor_who_comes_back_without_paying_finds_what_she_typed(client, nurse_appeal, standin):
    pledge = pledge_of(client, "Cora Whelk", "31.50")
    back = standin.session(pledge.checkout_session)["cancel_url"]
    page = client.get(back.removeprefix("http://testserver")).content.decode()
    assert "You have not been charged" in page
    assert "Cora Whelk" in page
    assert "£31.50" in page
    assert "Cora" not in back, "nothing personal stands in an address"
    assert not Donation.objects.exists()


def pledge_of(client, name: str, pounds: str) -> Pledge:
    """The pledge that somebody makes with the form."""
    form = {
        "every": "once",
        "choice": "other",
        "other": pounds,
        "name": name,
        "email": "somebody@example.org",
        "gift_aid": "no",
    }
    assert client.post(reverse("donations:give_at_once", args=["nurse"]), form).status_code == 302
    return Pledge.objects.get(name=name)
