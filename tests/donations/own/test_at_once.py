"""What many do in the same moment: a key opens once, and no limit is passed by hurrying."""

import pytest
from django.test import Client

from donations.actions import answering, opening
from donations.links import new_key
from donations.models import DataRequest, KeyAsking
from tests.factories import payments
from tests.grants.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_ten_who_press_the_button_together_one_gets_in(nurse_appeal):
    address = new_key(payments.gift(nurse_appeal).donor)
    answers = at_once([lambda: Client().post(address).status_code for _ in range(10)])
    assert sorted(answers) == [302] + [410] * 9


def test_ten_askings_together_are_three_letters(nurse_appeal):
    email = payments.gift(nurse_appeal).donor.email
    granted = at_once([lambda: opening.ask(email=email, place="192.0.2.1") for _ in range(10)])
    assert sorted(granted) == [False] * 7 + [True] * 3
    assert KeyAsking.objects.count() == 3


def test_ten_wishes_together_are_one_request(nurse_appeal):
    donor = payments.gift(nurse_appeal).donor
    at_once([lambda: answering.ask_to_erase(donor=donor) for _ in range(10)])
    assert DataRequest.objects.count() == 1
