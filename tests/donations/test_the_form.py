"""What donors type: right things are understood, wrong ones meet a sentence beside the field, nothing is lost."""

from uuid import uuid4

import pytest
from django.urls import reverse

from donations.forms import AtOnceForm
from donations.models import Pledge

pytestmark = pytest.mark.django_db

RIGHT = {
    "every": "once",
    "choice": "2500",
    "other": "",
    "name": "Ada Periwinkle",
    "email": "ada@example.org",
    "gift_aid": "no",
}


@pytest.mark.parametrize(
    ("typed", "pence"),
    [
        ("25", 2500),
        ("£25", 2500),
        ("£1,000.50", 100050),
        ("12.5", 1250),
        (" 30 ", 3000),
        ("2", 200),
        ("25000", 2_500_000),
    ],
)
def test_an_amount_is_understood_as_people_write_it(nurse_appeal, typed, pence):
    form = AtOnceForm(nurse_appeal, {**RIGHT, "choice": "other", "other": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["amount"].pence == pence


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("other", "", "Choose an amount, or type another."),
        ("other", "a lot", "Enter an amount in pounds, like 25 or 12.50."),
        ("other", "-5", "Enter an amount in pounds, like 25 or 12.50."),
        ("other", "1e9", "Enter an amount in pounds, like 25 or 12.50."),
        ("other", "NaN", "Enter an amount in pounds, like 25 or 12.50."),
        ("other", "5,00", "Enter an amount in pounds, like 25 or 12.50."),
        ("other", "0.001", "Enter an amount in pounds, like 25 or 12.50."),
        ("other", "٢٥", "Enter an amount in pounds, like 25 or 12.50."),
        ("other", "🎁", "Enter an amount in pounds, like 25 or 12.50."),
        ("other", "10p", "Enter an amount in pounds, like 25 or 12.50."),
        ("other", "0.10", "The smallest gift that we can take online is £2."),
        ("other", "£10000000", "To give more than £25,000 at once, please telephone us."),
        ("choice", "2501", "Choose one of these amounts, or type another."),
        ("name", "", "Enter your full name."),
        ("name", "x" * 151, "Your name can have up to 150 letters."),
        ("name", "Ada\r\nBcc: all@example.org", "Enter your name with letters only, on one line."),
        ("email", "", "Enter your email address, so that we can send your receipt."),
        ("email", "ada at example", "Enter an email address like name@example.org."),
        ("email", "ada@example.org\nBcc: x@example.org", "Enter an email address like name@example.org."),
        ("email", "a" * 250 + "@example.org", "An email address can have up to 254 letters."),
    ],
)
def test_a_wrong_answer_meets_a_sentence_beside_its_field(nurse_appeal, field, typed, sentence):
    answers = {**RIGHT, **({"choice": "other"} if field == "other" else {}), field: typed}
    form = AtOnceForm(nurse_appeal, answers)
    assert not form.is_valid()
    assert sentence in form.errors[field]


@pytest.mark.parametrize(
    "typed", ["<script>alert(1)</script>", "'; DROP TABLE donations_pledge; --", "{{7*7}}", "=1+1"]
)
def test_a_name_that_looks_like_code_is_only_a_name(client, nurse_appeal, typed):
    page = client.post(reverse("donations:give_at_once", args=["nurse"]), {**RIGHT, "name": typed, "email": "wrong"})
    assert page.status_code == 422
    assert typed not in page.content.decode() or "<" not in typed
    assert "49" not in page.context["form"]["name"].value()
    assert not Pledge.objects.exists()


def test_nothing_typed_is_lost_when_something_is_wrong(client, nurse_appeal):
    token = str(uuid4())
    answers = {
        "every": "once",
        "choice": "other",
        "other": "a lot",
        "name": "Ada Periwinkle",
        "email": "ada at example",
        "gift_aid": "no",
        "token": token,
    }
    page = client.post(reverse("donations:give_at_once", args=["nurse"]), answers).content.decode()
    assert "<title>Error: " in page
    for typed in ("a lot", "Ada Periwinkle", "ada at example", token):
        assert f'value="{typed}"' in page


def test_a_megabyte_of_text_is_refused_in_a_sentence(client, nurse_appeal):
    page = client.post(reverse("donations:give_at_once", args=["nurse"]), {**RIGHT, "name": "x" * 1_000_000})
    assert page.status_code == 422
    assert "up to 150 letters" in page.content.decode()


def test_hidden_fields_that_were_tampered_with_change_nothing(client, nurse_appeal):
    page = client.post(
        reverse("donations:give_at_once", args=["nurse"]), {**RIGHT, "token": "x", "email": "wrong", "fund": "GEN"}
    )
    assert page.status_code == 422


def test_a_link_fills_in_its_amount_and_a_silly_one_fills_in_nothing(client, nurse_appeal):
    suggested = client.get(reverse("donations:give_at_once", args=["nurse"]), {"amount": "25"})
    assert suggested.context["form"]["choice"].value() == "2500"
    other = client.get(reverse("donations:give_at_once", args=["nurse"]), {"amount": "31.50"})
    assert other.context["form"]["other"].value() == "31.50"
    silly = client.get(reverse("donations:give_at_once", args=["nurse"]), {"amount": "<script>", "again": "forged"})
    assert silly.status_code == 200
    assert silly.context["form"]["choice"].value() in (None, "")


def test_nothing_is_ticked_beforehand(client, nurse_appeal):
    assert " checked" not in client.get(reverse("donations:give_at_once", args=["nurse"])).content.decode()


def test_a_closed_appeal_says_so_and_takes_nothing(client, nurse_appeal):
    nurse_appeal.closes_on = nurse_appeal.opens_on
    nurse_appeal.save()
    page = client.post(reverse("donations:give_at_once", args=["nurse"]), RIGHT)
    assert page.status_code == 410
    assert "is closed" in page.content.decode()
    assert not Pledge.objects.exists()


def test_an_appeal_that_is_not_there_is_not_found(client):
    assert client.get(reverse("donations:give_at_once", args=["nothing"])).status_code == 404
