"""The office writes the words, tries them on an example, sees what was sent, and sends it again."""

import re

import pytest
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from donations import letters, outbox, words
from donations.models import Letter, LetterWords
from donations.models.letter_words import ALLOWED
from tests.donations.letters.test_once_each import last_year

__all__ = ["last_year"]
pytestmark = pytest.mark.django_db
KINDS = list(Letter.Kind)


@pytest.fixture
def shelly(people, signed_in):
    """Shelly, who runs the appeals, at her desk."""
    return signed_in(people.fundraiser)


def number_of(kind: str) -> int:
    return LetterWords.objects.get(kind=kind).pk


def save(client, kind="receipt", **typed):
    standard = words.STANDARD[kind].stored()
    return client.post(reverse("letter_words:edit", args=[number_of(kind)]), {**standard, **typed})


def read(answer) -> str:
    return answer.content.decode()


# ---- words


def test_the_list_shows_every_kind_and_whose_words_stand(shelly):
    page = read(shelly.get(reverse("letter_words:index")))
    for kind in KINDS:
        assert str(kind.label) in page
    assert page.count("Standard") >= len(KINDS)


def test_the_form_begins_with_the_words_that_stand_and_shows_the_placeholders(shelly):
    page = read(shelly.get(reverse("letter_words:edit", args=[number_of("receipt")])))
    assert "Thank you. Your gift of {amount} has arrived." in page
    for name in ALLOWED["receipt"]:
        assert f"<code>{{{name}}}</code>" in page


def test_words_are_saved_with_who_wrote_them(shelly, people):
    answer = save(shelly, opening="You gave {amount}.\r\n\r\nThe gulls cheer.")
    assert answer.status_code == 302
    written = LetterWords.objects.get(kind="receipt")
    assert written.opening == "You gave {amount}.\n\nThe gulls cheer."
    assert (written.subject, written.closing) == ("", ""), "the standard stays the standard"
    assert written.changed_by == people.fundraiser
    assert written.changed_at is not None
    assert "Our own" in read(shelly.get(reverse("letter_words:index")))


def test_emptied_words_are_the_standard_again(shelly):
    LetterWords.objects.filter(kind="receipt").update(opening="Ours.")
    assert save(shelly, opening="").status_code == 302
    assert words.standing("receipt") == words.STANDARD["receipt"]


WRONG = [
    ("opening", "Dear {doner}", "“{doner}” is no placeholder of this letter. It has {donor}, {charity}, {amount}"),
    ("closing", "{every}", "“{every}” is no placeholder of this letter."),
    ("subject", "{}", "“{}” is no placeholder of this letter."),
    ("opening", "{donor.email}", "“{donor.email}” is no placeholder of this letter."),
    ("opening", "{donor!r:>99}", "“{donor!r:&gt;99}” is no placeholder of this letter."),
    ("opening", "{donation.pledge.__class__.objects}", "is no placeholder of this letter."),
    ("opening", "{% include 'x' %}", "is no placeholder of this letter."),
    ("opening", "{{ donor }}", "A curly bracket stands alone."),
    ("opening", "{{donor}}", "A curly bracket stands alone."),
    ("opening", "{donor", "A curly bracket stands alone."),
    ("closing", "donor}", "A curly bracket stands alone."),
    ("subject", "x" * 151, "150"),
    ("opening", "x" * 3001, "3000"),
    ("subject", "Thank you\nBcc: everybody@example.org", "Write the subject on one line."),
]


@pytest.mark.parametrize(("part", "typed", "sentence"), WRONG)
def test_what_is_wrong_is_said_and_nothing_is_saved(shelly, part, typed, sentence):
    answer = save(shelly, **{part: typed})
    assert answer.status_code == 200
    assert sentence in read(answer).replace("&#x27;", "'")
    assert LetterWords.objects.get(kind="receipt").changed_at is None


def test_a_placeholder_of_one_letter_is_none_of_another(shelly):
    assert save(shelly, "card_expiring", opening="It ends with {month}.").status_code == 302
    assert "“{month}”" in read(save(shelly, "receipt", opening="It ends with {month}."))
    assert "“{amount}”" in read(save(shelly, "tribute", opening="They gave {amount}."))


def test_words_are_neither_added_nor_deleted(shelly, people, signed_in):
    gale = signed_in(people.administrator)
    for client in (shelly, gale):
        assert client.get(reverse("letter_words:add")).status_code == 302
        assert client.post(reverse("letter_words:delete", args=[number_of("receipt")])).status_code == 302
    assert LetterWords.objects.count() == len(KINDS)


@pytest.mark.parametrize("role", ["editor", "grants_officer", "stranger"])
def test_others_change_no_words(people, signed_in, role):
    client = signed_in(getattr(people, role))
    assert save(client, opening="Mine.").status_code == 302
    assert client.get(reverse("letter_words:preview", args=[number_of("receipt")])).status_code in {302, 403}
    assert LetterWords.objects.get(kind="receipt").opening == ""


# ---- examples


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_tried_and_nothing_is_kept(shelly, kind):
    before = Letter.objects.count()
    page = read(shelly.get(reverse("letter_words:preview", args=[number_of(kind)])))
    assert "Example" in page
    assert "made up" in page
    assert re.search(r'<iframe class="shown-letter" sandbox title="[^"]+" srcdoc="&lt;!doctype html&gt;', page)
    assert "Dear " in page
    assert Letter.objects.count() == before


def test_words_that_are_not_saved_yet_can_be_tried(shelly):
    address = reverse("letter_words:preview", args=[number_of("receipt")])
    page = read(shelly.post(address, {"subject": "S", "opening": "For {donor} & the gulls", "closing": ""}))
    assert "For Ottoline Example &amp; the gulls" in page
    assert "which are not saved" in page
    assert LetterWords.objects.get(kind="receipt").opening == ""
    wrong = shelly.post(address, {"subject": "S", "opening": "{gold}", "closing": ""})
    assert wrong.status_code == 422
    assert "“{gold}” is no placeholder of this letter." in read(wrong)


@pytest.mark.parametrize("kind", ["receipt", "receipt_copy", "statement", "declaration_record"])
def test_the_example_has_its_paper(shelly, kind):
    answer = shelly.get(reverse("letter_words:paper", args=[number_of(kind)]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_a_letter_without_paper_has_none(shelly):
    assert shelly.get(reverse("letter_words:paper", args=[number_of("failed")])).status_code == 404


# ---- what was sent


def test_a_letter_is_shown_in_the_words_that_it_was_sent_in(shelly, gift):
    letter = gift.letters.get()
    outbox.deliver(letter.pk)
    LetterWords.objects.filter(kind="receipt").update(opening="Newer words.")
    page = read(shelly.get(reverse("letters:inspect", args=[letter.pk])))
    assert "Thank you. Your gift of £25 has arrived." in page
    assert "Newer words." not in page
    assert letter.to in page


def test_what_a_donor_typed_is_never_markup_in_the_office(shelly, nurse_appeal):
    from tests.factories import payments

    name = '</pre></iframe>"><script>alert(1)</script>'
    gift = payments.gift(nurse_appeal, name=name)
    LetterWords.objects.filter(kind="receipt").update(subject="For {donor}", opening="For {donor}")
    page = read(shelly.get(reverse("letters:inspect", args=[gift.letters.get().pk])))
    shown = page[page.index("About</dt>") :]
    assert "<script>alert" not in shown
    assert "&lt;/pre&gt;&lt;/iframe&gt;" in shown
    assert "&amp;lt;script&amp;gt;" in shown, "escaped in the letter, and once more in the frame"


def test_the_readers_own_links_are_not_shown_to_the_office(shelly, nurse_appeal):
    from tests.factories import payments

    regular = payments.failing_gift(nurse_appeal)
    letters.say_it_failed(payments.payment(regular, status="requires_payment_method"))
    for letter in regular.letters.all():
        page = read(shelly.get(reverse("letters:inspect", args=[letter.pk])))
        assert "/donate/mend/the-donors-own-link/" in page
        assert not re.search(r"/(mend|unsubscribe)/[\w-]+:", page)


def test_the_list_finds_letters_by_address_and_standing(shelly, gift):
    outbox.deliver(gift.letters.get().pk)
    address = reverse("letters:index")
    assert gift.reference in read(shelly.get(address, {"q": gift.donor.email}))
    assert gift.reference in read(shelly.get(address, {"standing": "sent"}))
    assert gift.reference not in read(shelly.get(address, {"standing": "waiting"}))


def test_the_paper_of_a_letter_can_be_had(shelly, gift):
    answer = shelly.get(reverse("letters:paper", args=[gift.letters.get().pk]))
    assert answer.content.startswith(b"%PDF")


# ---- again


def test_the_receipt_is_sent_again_with_a_press_and_once_with_a_double_click(shelly, gift):
    address = reverse("donations_list:resend", args=[gift.pk])
    assert address in read(shelly.get(reverse("donations_list:inspect", args=[gift.pk])))
    page = read(shelly.get(address))
    token = re.search(r'name="token" value="([^"]+)"', page)[1]
    for _ in range(2):
        assert shelly.post(address, {"token": token}).status_code == 302
    assert list(gift.letters.order_by("pk").values_list("kind", flat=True)) == ["receipt", "receipt_copy"]


def test_where_no_address_is_known_there_is_no_button(shelly, gift):
    gift.donor.email = ""
    gift.donor.save()
    address = reverse("donations_list:resend", args=[gift.pk])
    assert address not in read(shelly.get(reverse("donations_list:inspect", args=[gift.pk])))


def test_an_editor_sends_nothing_again(people, signed_in, gift):
    client = signed_in(people.editor)
    assert client.post(reverse("donations_list:resend", args=[gift.pk])).status_code == 403
    assert gift.letters.count() == 1


# ---- statements


def test_the_statements_of_a_year_are_left_to_the_worker(shelly, last_year):
    address = reverse("statements:form")
    page = read(shelly.get(address, {"year": last_year}))
    assert "Ben Limpet" in page
    assert shelly.post(address, {"year": last_year}).status_code == 302
    assert "already" in read(shelly.post(address, {"year": last_year}, follow=True))
    assert ProcrastinateJob.objects.filter(task_name="donations.write_statements").count() == 1
    letters.send_statements(last_year)
    assert re.search(r"Statements written</dt><dd>1<", read(shelly.get(address, {"year": last_year})))


@pytest.mark.parametrize("year", ["", "2099", "x", "1066"])
def test_only_a_year_that_is_over_has_statements(shelly, year):
    assert shelly.post(reverse("statements:form"), {"year": year}).status_code == 422


def test_who_has_no_address_gets_a_paper_to_post(shelly, last_year):
    from donations.models import Donor

    ben = Donor.objects.get(name="Ben Limpet")
    answer = shelly.get(reverse("statements:paper", args=[last_year, ben.pk]))
    assert answer.content.startswith(b"%PDF")
    assert shelly.get(reverse("statements:paper", args=[2019, ben.pk])).status_code == 404
