"""Every field with bad answers: a sentence beside it and in the summary, and nothing lost. Read the table."""

import html

import pytest
from django.urls import reverse

from donations.models import Pledge

pytestmark = pytest.mark.django_db

AMOUNT = "Enter an amount in pounds, like 25 or 12.50."
LONG = "x" * 1_000_000
SQL, SCRIPT, SMILE = "'; DROP TABLE donations_pledge; --", "<script>alert(1)</script>", "🎁"
LINE = "Ada\r\nBcc: all@example.org"
TABLE = [
    ("amount", "every", "", "Choose how often you would like to give."),
    ("amount", "every", "hourly", "Choose one of these."),
    ("amount", "choice", "", "Choose an amount, or type another."),
    ("amount", "other", "£40", "You chose £25 and wrote £40: empty this box, or choose “Another amount”."),
    ("amount", "choice", "2501", "Choose one of these amounts, or type another."),
    ("amount", "choice", SQL, "Choose one of these amounts, or type another."),
    ("amount", "other", "a lot", AMOUNT),
    ("amount", "other", "5,00", AMOUNT),
    ("amount", "other", SMILE, AMOUNT),
    ("amount", "other", SCRIPT, "This can have up to 20 characters: an amount like 25 or 12.50."),
    ("amount", "other", LONG, "This can have up to 20 characters: an amount like 25 or 12.50."),
    ("amount", "other", "0.10", "The smallest gift that we can take online is £2."),
    ("amount", "other", "£10,000,000", "To give more than £25,000 at once, please telephone us."),
    ("details", "name", "", "Enter your full name."),
    ("details", "name", LONG, "Your name can have up to 150 letters."),
    ("details", "name", LINE, "Enter your name with letters only, on one line."),
    ("details", "email", "", "Enter your email address, so that we can send your receipt."),
    ("details", "email", "ada at example", "Enter an email address like name@example.org."),
    ("details", "email", SCRIPT, "Enter an email address like name@example.org."),
    ("details", "email", LONG, "An email address can have up to 254 letters."),
    ("gift-aid", "gift_aid", "", "Choose yes or no: we cannot know whether you pay UK tax."),
    ("gift-aid", "gift_aid", "perhaps", "Choose yes or no."),
    ("home", "first_name", "", "Enter your first name."),
    ("home", "first_name", "x" * 36, "This can have up to 35 letters."),
    ("home", "last_name", "", "Enter your last name."),
    ("home", "last_name", LINE, "Enter this with letters only, on one line."),
    ("home", "home", "", "Choose where you live."),
    ("home", "home", "moon", "Choose one of these."),
    ("home", "address", "", "Enter the number or name of your house, and the street."),
    ("home", "address", LONG, "This can have up to 200 letters."),
    ("home", "address", "c/o Harbour Office", "Enter the address where you live: Gift Aid needs your home."),
    ("home", "address", "PO Box 9", "Enter the address where you live: Gift Aid needs your home."),
    ("home", "town", LONG, "This can have up to 60 letters."),
    ("home", "postcode", "", "Enter your postcode."),
    ("home", "postcode", "NE1", "Enter a full UK postcode, like NE1 4LP."),
    ("home", "postcode", "12345", "Enter a full UK postcode, like NE1 4LP."),
    ("home", "postcode", "ZZ99 3VZ", "Enter a full UK postcode, like NE1 4LP."),
    ("home", "postcode", "NEI 4LP", "Enter a full UK postcode, like NE1 4LP."),
    ("home", "postcode", SMILE, "Enter a full UK postcode, like NE1 4LP."),
    ("home", "postcode", "JE2 3AB", "This postcode is not in the UK: choose where you live again."),
    ("home", "postcode", LONG, "This can have up to 20 letters."),
    ("home", "scope", "", "Choose which gifts your declaration is for."),
    ("home", "scope", "all", "Choose one of these."),
    ("tribute", "kind", "", "Choose one of these."),
    ("tribute", "honoured", "", "Enter the name of the person whom your gift is for."),
    ("tribute", "honoured", "x" * 101, "This can have up to 100 letters."),
    ("tribute", "message", LONG, "A message can have up to 500 letters."),
    ("tribute", "tell_name", "", "Enter the name of the person who is told."),
    ("tribute", "tell_email", "", "Enter their email address, or leave both empty."),
    ("tribute", "tell_email", "bess", "Enter an email address like name@example.org."),
    ("tribute", "tell_on", "tomorrow", "Enter a day like 24/12/2026."),
    ("tribute", "tell_on", "31/02/2027", "Enter a day like 24/12/2026."),
    ("tribute", "tell_on", "01/01/2020", "Choose a day from today to a year from now."),
    ("contact", "telephone", "ring me", "Enter a telephone number like 01632 960 001."),
    ("contact", "telephone", "", "Enter your telephone number, or take the tick away."),
    ("contact", "telephone", LONG, "This can have up to 20 letters."),
    ("contact", "postal", "", "Enter your postal address, or take the tick away."),
    ("contact", "postal", LONG, "This can have up to 200 letters."),
]
TRIBUTE = {"kind": "memory", "honoured": "Old Tom", "tell_name": "Bess Harbour", "tell_email": "bess@example.org"}
OTHERS = {"postal": {"post_news": "on"}, "other": {"choice": "other"}, "telephone": {"phone_news": "on"}}


@pytest.mark.parametrize(
    ("page", "field", "typed", "sentence"),
    [pytest.param(*row, id=f"{row[0]} {row[1]} {row[2][:20]!a}") for row in TABLE],
)
def test_a_bad_answer_meets_its_sentence_twice_and_is_still_there(walker, page, field, typed, sentence):
    if page != "amount":
        walker.walks_to(page, gift_aid={"gift_aid": "no" if page == "contact" else "yes"})
    chosen = {} if sentence.startswith("You chose") else OTHERS.get(field, {})
    sent = {**(TRIBUTE if page == "tribute" else {}), **chosen, field: typed}
    assert walker.sends(page, **sent) == page
    assert walker.answer.status_code == 422
    shown = html.unescape(walker.answer.content.decode())
    assert "<title>Error: " in shown
    assert shown.count(sentence) == 2, "in the summary, and beside the field"
    form = walker.answer.context["form"]
    assert sentence in form.errors[field]
    assert form[field].value() in (typed, typed or None), "what was typed is still there"
    assert SCRIPT not in walker.answer.content.decode()
    assert not Pledge.objects.exists()


@pytest.mark.parametrize(("field", "typed"), [("name", SQL), ("name", "{{7*7}}"), ("name", SMILE), ("name", "=1+1")])
def test_a_name_that_looks_like_something_else_is_only_a_name(walker, field, typed):
    walker.walks_to("details")
    assert walker.sends("details", **{field: typed}) == "gift-aid"
    assert typed in html.unescape(walker.opens("details"))


def test_what_is_typed_for_an_answer_that_is_no_longer_chosen_stands_in_nobodys_way(walker):
    walker.walks_to("tribute")
    assert walker.sends("tribute", kind="nobody", tell_email="bess", tell_on="tomorrow") == "contact"


def test_an_amount_of_another_frequency_is_chosen_again(walker, nurse_appeal):
    nurse_appeal.suggested_amounts.create(every="month", pence=500)
    assert walker.sends("amount", every="once", choice="month-500") == "amount"
    assert "choose the amount again" in walker.answer.content.decode()
    assert walker.sends("amount", every="month", choice="month-500") == "details"


def test_a_form_of_two_and_a_half_megabytes_is_refused_kindly(client, nurse_appeal):
    answer = client.post(reverse("donations:give", args=["nurse"]), {"other": "x" * 3_000_000})
    assert answer.status_code in (400, 413)
