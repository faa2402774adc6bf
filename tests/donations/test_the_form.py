"""What donors type: right things are understood, wrong ones meet a sentence beside the field, nothing is lost."""

from uuid import uuid4

import pytest
from django.urls import reverse

from donations import charity
from donations.forms import AtOnceForm
from donations.ledger.money import Money
from donations.models import Appeal, Pledge

pytestmark = pytest.mark.django_db

RIGHT = {
    "every": "once",
    "choice": "2500",
    "other": "",
    "name": "Ada Periwinkle",
    "email": "ada@example.org",
    "gift_aid": "no",
}


AT_ONCE = "/donate/nurse/at-once/"


def words_of(answer) -> str:
    """A page in one line."""
    return " ".join(answer.content.decode().split())


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


def test_after_an_error_the_declaration_stands_there_as_before(client, nurse_appeal):
    for page in (client.get(AT_ONCE), client.post(AT_ONCE, {**RIGHT, "email": ""})):
        assert "I want to Gift Aid …" in words_of(page)


# ---- what is reckoned, where the amount is known and where it is not


@pytest.fixture
def covering(nurse_appeal):
    """The nurse appeal, whose donors may cover the card's fee."""
    nurse_appeal.fee_cover = True
    nurse_appeal.save()
    return nurse_appeal


def test_gift_aid_is_reckoned_of_the_amount_that_a_link_asks_for_and_else_of_ten_pounds(client, nurse_appeal):
    assert "With Gift Aid, £25 becomes £31.25" in words_of(client.get(AT_ONCE, {"amount": "25"}))
    for query in ({}, {"amount": "a lot"}, {"amount": "0"}, {"amount": "10000000"}):
        assert "With Gift Aid, every £10 becomes £12.50" in words_of(client.get(AT_ONCE, query)), query


def test_after_an_error_gift_aid_is_reckoned_of_what_was_chosen(client, nurse_appeal):
    typed = {**RIGHT, "choice": "5000", "email": ""}
    assert "With Gift Aid, £50 becomes £62.50" in words_of(client.post(AT_ONCE, typed))
    wrong = {**RIGHT, "choice": "other", "other": "10000000"}
    assert "every £10 becomes £12.50" in words_of(client.post(AT_ONCE, wrong))


def test_the_fee_may_be_covered_only_where_the_appeal_offers_it(client, nurse_appeal):
    assert "card fee" not in words_of(client.get(AT_ONCE))
    client.post(AT_ONCE, {**RIGHT, "fee_cover": "on"})
    assert Pledge.objects.get().fee_cover_pence == 0


def test_the_sum_is_shown_where_it_is_known_and_an_example_where_it_is_not(client, covering):
    known = words_of(client.get(AT_ONCE, {"amount": "25"}))
    assert "Add £0.59 to cover the card fee: £25.59 in all" in known
    assert 'name="fee_said" value="59"' in known
    unknown = words_of(client.get(AT_ONCE))
    assert "Add the card fee (1.5% and 20p: on £25 it is £0.59)" in unknown
    assert "You see the sum before you pay." in unknown
    assert "fee_said" not in unknown
    for page in (known, unknown):
        assert " checked" not in page.split('name="fee_cover"')[1].split(">")[0]


def test_who_saw_the_sum_goes_on_to_pay_it(client, covering, standin):
    answer = client.post(AT_ONCE, {**RIGHT, "fee_cover": "on", "fee_said": "59"})
    assert answer["Location"].startswith(standin.url)
    assert (Pledge.objects.get().pence, Pledge.objects.get().fee_cover_pence) == (2559, 59)


@pytest.mark.parametrize("said", [{}, {"fee_said": "59", "choice": "5000"}, {"fee_said": "x"}])
def test_who_has_not_seen_the_sum_is_shown_it_before_paying(client, covering, standin, said):
    answer = client.post(AT_ONCE, {**RIGHT, "fee_cover": "on", **said})
    assert answer["Location"].endswith("/check/")
    assert not Pledge.objects.exists(), "nothing is asked of Stripe yet"
    pence, fee = (5000, 97) if "choice" in said else (2500, 59)
    page = client.get(answer["Location"])
    assert f"Add £0.{fee} to cover the card fee" in words_of(page)
    assert page.context["form"]["fee_cover"].value() is True, "as they ticked it"
    paid = client.post(answer["Location"], {"fee_cover": "on"})
    assert paid["Location"].startswith(standin.url)
    assert Pledge.objects.get().pence == pence + fee


def test_without_the_tick_nothing_is_added_and_nothing_is_asked_again(client, covering, standin):
    assert client.post(AT_ONCE, RIGHT)["Location"].startswith(standin.url)
    assert Pledge.objects.get().pence == 2500


def test_after_an_error_the_tick_is_kept_and_the_sum_is_shown(client, covering):
    page = words_of(client.post(AT_ONCE, {**RIGHT, "choice": "5000", "email": "", "fee_cover": "on"}))
    assert "Add £0.97 to cover the card fee: £50.97 in all" in page
    assert " checked" in page.split('name="fee_cover"')[1].split(">")[0]


@pytest.mark.parametrize("address", [AT_ONCE, "/donate/nurse/"])
def test_where_no_page_says_what_becomes_of_the_data_there_is_no_dead_link(client, nurse_appeal, address):
    assert "/privacy/" not in words_of(client.get(address))


def test_the_page_that_says_what_becomes_of_the_data_is_linked_wherever_it_stands(client, nurse_appeal, monkeypatch):
    told = charity.Charity(name="Harbour Lights", privacy="/about/your-data/")
    monkeypatch.setattr(charity, "_teller", lambda: told)
    assert '<a href="/about/your-data/">How we look after what you tell us</a>' in words_of(client.get(AT_ONCE))


def test_what_is_changed_for_one_donor_is_as_it_was_for_the_next(nurse_appeal, covering, settings):
    declared = {name: vars(field).copy() for name, field in AtOnceForm.base_fields.items()}
    settings.SOFT_OPT_IN = ["email"]
    theirs = AtOnceForm(covering, {**RIGHT, "choice": "other", "other": "30", "fee_cover": "on"})
    theirs.say_the_sums(Money(3000))
    assert "Do not write to me by email" in str(theirs)

    settings.SOFT_OPT_IN = []
    covering.suggested_amounts.all().delete()
    form = AtOnceForm(Appeal.objects.get(pk=covering.pk), RIGHT)
    assert [value for value, _ in form.fields["choice"].choices] == ["other"]
    assert form["email_news"].label == "Write to me by email"
    assert {name: vars(field) for name, field in AtOnceForm.base_fields.items()} == declared
