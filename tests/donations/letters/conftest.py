"""Gifts that letters are about, and a charity that signs them."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.test import Client

from almoner.accounts.models import User
from donations import charity
from donations.models import Appeal, Declaration, Donation, Donor, Pledge, Tribute, Wording
from donations.models.wording import digest
from tests.factories import payments

Row = dict[str, object]
EXAMPLE_TRUST = charity.Charity(
    name="Harbour Lights",
    registered_name="Harbour Lights Trust",
    number="0000000",
    register="England and Wales",
    address="1 Quay Street\nEastquay\nEQ1 1AA",
    email="care@example.org",
    telephone="01632 960042",
)


@pytest.fixture(autouse=True)
def signs() -> Iterator[None]:
    """The charity that letters and papers name."""
    earlier = charity._teller
    charity.told_by(lambda: EXAMPLE_TRUST)
    yield
    charity.told_by(earlier)


def declared(donor: Donor | None = None, pledge: Pledge | None = None, **changed: object) -> Declaration:
    """A declaration of Gift Aid, as Ada would make it."""
    wording = Wording.objects.get(about="gift_aid", version=1)
    said: Row = {
        "reference": f"D-{Declaration.objects.count() + 1}", "scope": "future", "channel": "online", "home": "uk",
        "charity_name": "Harbour Lights Trust", "first_name": "Ada", "last_name": "Periwinkle",
        "address": "2 Lobster Lane", "town": "Eastquay", "postcode": "EQ1 2BB", "wording": wording,
        "shown": digest(wording.text), "declared_on": date(2020, 3, 1), "donor": donor, "pledge": pledge,
    }  # fmt: skip
    by = None if changed.get("channel", "online") == "online" else payments.office()
    return Declaration.objects.create(**{**said, "recorded_by": by, **changed})


def tribute(pledge: Pledge, **changed: object) -> Tribute:
    """In memory of Kitty, of which her sister is to be told."""
    said: Row = {
        "kind": "memory", "honoured": "Kitty Whelk", "message": "She knew every gull by name.",
        "tell_name": "Dory Whelk", "tell_email": "dory@example.org",
    }  # fmt: skip
    return Tribute.objects.create(pledge=pledge, **{**said, **changed})


@pytest.fixture
def gift(nurse_appeal: Appeal) -> Donation:
    """£25 from Ada."""
    return payments.gift(nurse_appeal)


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """A browser in which this person is signed in."""

    def sign_in(person: User) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return sign_in
