"""Forms for contact: sent once, read by few, forgotten after a year; never about money or health."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from content.models import CharitySettings, FormField, FormMessage, FormPage
from content.models.forms import MOST_IN_AN_HOUR, TRAP, holds_a_card_number, purge_old_messages
from content.tasks import forget_what_is_old, tell_of_message
from tests.people import PASSWORD

pytestmark = pytest.mark.django_db
PATH = "/contact/"
GOOD = {"your_name": "Wren Sandling", "your_email_address": "wren@example.org", "your_message": "When is the walk?"}


@pytest.fixture
def contact(home) -> FormPage:
    """“Write to us”, with three questions."""
    page = FormPage(title="Write to us", slug="contact", thanks="<p>We answer within three days.</p>")
    page.form_fields = [
        FormField(sort_order=0, label="Your name", field_type="singleline"),
        FormField(sort_order=1, label="Your email address", field_type="email"),
        FormField(sort_order=2, label="Your message", field_type="multiline"),
    ]
    return home.add_child(instance=page)


def test_wren_writes_to_us_and_is_thanked(client, contact):
    answer = client.post(PATH, GOOD)
    assert (answer.status_code, answer["Location"]) == (302, "/contact/?sent=yes")
    page = client.get("/contact/?sent=yes").content.decode()
    assert "Thank you, your message has reached us" in page
    assert "We answer within three days." in page
    assert FormMessage.objects.get().form_data == GOOD


def deliver() -> None:
    """What the worker does."""
    for job in ProcrastinateJob.objects.filter(task_name="content.tell_of_message"):
        tell_of_message(**job.args)


def test_the_office_hears_that_a_message_waits_and_not_what_it_says(client, contact, mailoutbox):
    CharitySettings.objects.update(messages_to="office@example.org")
    client.post(PATH, GOOD)
    deliver()
    (letter,) = mailoutbox
    assert letter.to == ["office@example.org"]
    assert letter.subject == "A message waits: Write to us"
    assert reverse("wagtailforms:list_submissions", args=[contact.pk]) in letter.body
    for said in GOOD.values():
        assert said not in letter.body + letter.alternatives[0][0]


def test_no_letter_goes_where_nobody_wants_to_hear_or_the_message_is_gone(client, contact, mailoutbox):
    client.post(PATH, GOOD)
    deliver()
    CharitySettings.objects.update(messages_to="office@example.org")
    FormMessage.objects.all().delete()
    deliver()
    assert mailoutbox == []


def test_what_a_machine_sent_is_no_message_and_no_letter(client, contact, mailoutbox):
    CharitySettings.objects.update(messages_to="office@example.org")
    client.post(PATH, {**GOOD, TRAP: "yes"})
    deliver()
    assert mailoutbox == []


def test_loading_the_thanks_again_sends_nothing(client, contact):
    for _ in range(3):
        client.get("/contact/?sent=yes")
    assert not FormMessage.objects.exists()


def test_the_form_knows_what_a_browser_can_fill_in_and_warns_of_health_and_money(client, contact):
    page = client.get(PATH).content.decode()
    assert 'autocomplete="name"' in page
    assert 'autocomplete="email"' in page
    assert "Please leave out health and money" in page
    assert "delete it after twelve months" in page


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("your_name", "", "Please answer: Your name"),
        ("your_email_address", "wren at home", "Enter a valid email address."),
        ("your_message", "x" * 4001, "at most 4000 characters"),
        ("your_message", "My card is 4242 4242 4242 4242", "looks like the number of a card"),
        ("your_name", "Wren\x00", "Null characters are not allowed."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_else_is_lost(client, contact, field, typed, said):
    answer = client.post(PATH, {**GOOD, field: typed})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert said in page
    assert "<title>Error: " in page
    assert "There is a problem" in page
    kept = "When is the walk?" if field != "your_message" else "Wren Sandling"
    assert kept in page
    assert not FormMessage.objects.exists()


def test_a_machine_that_fills_in_everything_is_thanked_and_forgotten(client, contact):
    assert client.post(PATH, {**GOOD, TRAP: "buy now"}).status_code == 302
    assert not FormMessage.objects.exists()


def test_a_flood_is_stopped_with_a_kind_word(client, contact):
    FormMessage.objects.bulk_create([FormMessage(page=contact, form_data={}) for _ in range(MOST_IN_AN_HOUR)])
    assert "Many people are writing to us just now." in client.post(PATH, GOOD).content.decode()


def test_another_site_cannot_send_it(contact):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(PATH, GOOD).status_code == 403
    assert not FormMessage.objects.exists()


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("4242424242424242", True),
        ("my card: 5555-5555-5555-4444, thank you", True),
        ("4242424242424241", False),
        ("01632 960001", False),
        ("2026-03-01 at 10:30", False),
    ],
)
def test_a_cards_number_is_known_by_its_check_digit(text, is_one):
    assert holds_a_card_number(text) is is_one


# ---- afterwards


def test_a_message_goes_after_twelve_months(contact):
    old, young = (FormMessage.objects.create(page=contact, form_data={"your_name": name}) for name in ("Old", "Young"))
    FormMessage.objects.filter(pk=old.pk).update(submit_time=timezone.now() - timedelta(days=366))
    FormMessage.objects.filter(pk=young.pk).update(submit_time=timezone.now() - timedelta(days=364))
    forget_what_is_old(timestamp=0)
    assert list(FormMessage.objects.all()) == [young]
    assert purge_old_messages() == 0


def signed_in(person) -> Client:
    """A browser in which this person is signed in."""
    browser = Client()
    assert browser.login(username=person.username, password=PASSWORD)
    return browser


def test_the_fundraiser_reads_messages_and_an_editor_does_not(contact, people):
    FormMessage.objects.create(page=contact, form_data=GOOD)
    where = reverse("wagtailforms:list_submissions", args=[contact.pk])
    assert "When is the walk?" in signed_in(people.fundraiser).get(where).content.decode()
    refused = signed_in(people.editor).get(where)
    assert refused.status_code == 302
    assert "When is the walk?" not in signed_in(people.editor).get(where, follow=True).content.decode()


@pytest.mark.parametrize("kind", ["csv", "xlsx", "anything"])
@pytest.mark.parametrize("address", ["list_submissions", "list_submissions_results"])
def test_nobody_takes_messages_away_as_a_file(contact, people, kind, address):
    FormMessage.objects.create(page=contact, form_data={**GOOD, "your_message": "=HYPERLINK(1)"})
    where = reverse(f"wagtailforms:{address}", args=[contact.pk])
    for person in (people.fundraiser, people.administrator):
        answer = signed_in(person).get(where, {"export": kind})
        assert answer.status_code == 302  # Wagtail's way of saying no
        assert "HYPERLINK" not in answer.content.decode()
    assert "export=" not in signed_in(people.fundraiser).get(where).content.decode()


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Your card number", "never asks about money"),
        ("What is your diagnosis?", "never asks about health"),
        ("NHS number", "never asks about health"),
        ("How large an amount would you give?", "never asks about money"),
    ],
)
def test_an_editor_cannot_ask_about_health_or_money(contact, label, said, people):
    form_class = FormPage.get_edit_handler().get_form_class()
    data = edited(form_class(instance=contact, for_user=people.administrator), label)
    form = form_class(data, instance=contact, for_user=people.administrator)
    assert not form.is_valid()
    assert said in str(form.formsets["form_fields"].errors)


def test_an_editor_can_ask_for_anything_else(contact, people):
    form_class = FormPage.get_edit_handler().get_form_class()
    data = edited(form_class(instance=contact, for_user=people.administrator), "Which walk do you mean?")
    form = form_class(data, instance=contact, for_user=people.administrator)
    assert form.is_valid(), (form.errors, form.formsets["form_fields"].errors)


def edited(form, label: str) -> dict[str, str]:
    """What the editor's browser would send after one question was changed."""
    from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

    asked = {"label": label, "field_type": "singleline", "required": "on", "help_text": "", "choices": ""}
    return nested_form_data(
        {
            "title": "Write to us", "slug": "contact", "standfirst": "", "button": "Send", "thanks_title": "Thank you",
            "thanks": rich_text("<p>Soon.</p>"), "form_fields": inline_formset([asked]),
            "comments": inline_formset([]),
        }
    )  # fmt: skip
