"""The way in: a key by email, good once, for ten minutes; and nothing that tells whether an address is known."""

import re
import time
from datetime import timedelta

import pytest
from django.core import mail
from django.db import Error, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from donations import charity, facts, outbox
from donations.actions import opening, purging
from donations.links import new_key
from donations.models import DonorKey, KeyAsking, Letter
from donations.own import doors

pytestmark = pytest.mark.django_db

SIGN_IN, ASKED = "/giving/sign-in/", "/giving/asked/"


@pytest.fixture(autouse=True)
def empty_post_box(ada):
    """Receipts of the gifts that the stage is set with are none of this story."""
    Letter.objects.update(sent_at=timezone.now())
    mail.outbox.clear()


def ask(email: str, client: Client | None = None, **more: str):
    return (client or Client()).post(SIGN_IN, {"email": email}, **more)


def work() -> None:
    """What the jobs do: each asking is answered, each letter sent."""
    for asking in KeyAsking.objects.order_by("pk"):
        opening.answer(asking_id=asking.pk)
    for letter in Letter.objects.filter(sent_at=None).order_by("pk"):
        outbox.deliver(letter.pk)


def key_in_the_letter() -> str:
    """The address that the newest letter carries."""
    (found,) = re.findall(r"http://testserver(/giving/key/\S+/)", mail.outbox[-1].body)
    return found


def stop_the_clock(monkeypatch, **later: int) -> None:
    """It is so much later, for whoever asks Django."""
    then = timezone.now() + timedelta(**later)
    monkeypatch.setattr(timezone, "now", lambda: then)


def test_a_donor_asks_gets_a_letter_presses_the_button_and_is_in(ada, client):
    assert ask(ada.email.upper(), client)["Location"] == ASKED
    work()
    (sent,) = mail.outbox
    assert sent.to == [ada.email]
    assert "It works once, for ten minutes" in " ".join(sent.body.split())
    page = client.get(key_in_the_letter())
    assert page.status_code == 200
    assert "Open my giving page" in page.content.decode()
    assert client.get("/giving/").status_code == 302, "looking at the link signs nobody in"
    before = client.session.session_key
    assert client.post(key_in_the_letter())["Location"] == "/giving/"
    assert client.session.session_key != before
    assert "Thank you, Ada Periwinkle." in client.get("/giving/").content.decode()


def test_an_unknown_address_gets_the_same_page_byte_for_byte_and_no_letter(ada, monkeypatch):
    now = time.time()
    monkeypatch.setattr("time.time", lambda: now)  # both in the same second, which the headers name
    known, unknown = Client(), Client()
    answers = [ask(ada.email, known), ask("nobody@example.org", unknown)]
    assert answers[0].status_code == answers[1].status_code == 302
    assert answers[0].headers == answers[1].headers
    pages = [browser.get(ASKED) for browser in (known, unknown)]
    assert pages[0].content == pages[1].content
    assert pages[0].headers == pages[1].headers
    work()
    assert [sent.to for sent in mail.outbox] == [[ada.email]]


def test_the_request_does_the_same_work_for_every_address(ada):
    def queries(email: str) -> list[str]:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            ask(email)
        return [re.sub(r"'[^']*'|\d+", "?", query["sql"]) for query in seen]

    assert queries(ada.email) == queries("nobody@example.org")
    assert ProcrastinateJob.objects.filter(task_name="donations.answer_asking_for_a_key").count() == 2


def test_no_address_lies_in_a_job_and_none_is_kept_once_it_is_answered(ada):
    ask(ada.email)
    ask("nobody@example.org")
    for job in ProcrastinateJob.objects.filter(task_name="donations.answer_asking_for_a_key"):
        assert list(job.args) == ["asking"]
    work()
    assert set(KeyAsking.objects.values_list("email", flat=True)) == {""}


def test_the_key_itself_lies_nowhere_in_the_database(ada):
    ask(ada.email)
    work()
    key = key_in_the_letter().split("/")[-2]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', [f"%{key}%"])
            assert cursor.fetchone() == (0,), table


def test_an_asking_answered_twice_is_one_letter_and_a_letter_sent_twice_one_mail(ada):
    ask(ada.email)
    work()
    work()
    asking = KeyAsking.objects.get()
    assert not opening.answer(asking_id=asking.pk)
    assert not outbox.deliver(Letter.objects.get(kind=Letter.Kind.SIGN_IN).pk)
    assert len(mail.outbox) == 1


def test_a_key_used_once_opens_nothing_afterwards(ada):
    address = new_key(ada)
    assert Client().post(address).status_code == 302
    stranger = Client()
    for answer in (stranger.get(address), stranger.post(address)):
        assert answer.status_code == 410
        assert "This link has ended" in answer.content.decode()
        assert 'name="email"' in answer.content.decode(), "another can be asked for at once"
    assert stranger.get("/giving/").status_code == 302


def test_a_key_ends_after_ten_minutes(ada, monkeypatch):
    address = new_key(ada)
    stop_the_clock(monkeypatch, minutes=10, seconds=1)
    assert Client().get(address).status_code == 410
    assert Client().post(address).status_code == 410
    assert DonorKey.objects.get().used_at is None


def test_a_key_that_was_never_made_opens_nothing(ada):
    for forged in ("x", "0" * 43, DonorKey.objects.create(donor=ada, digest="a" * 64).digest):
        assert Client().post(reverse("donations:own_key", args=[forged])).status_code == 410


def test_the_database_lets_no_key_be_used_twice_or_late_or_given_to_another(ada, elis):
    new_key(ada)
    key = DonorKey.objects.get()
    laws = [
        ({"used_at": key.made_at + timedelta(minutes=11)}, "donor_key_is_used_while_it_lasts"),
        ({"used_at": key.made_at - timedelta(seconds=1)}, "donor_key_is_used_while_it_lasts"),
        ({"donor": elis}, "opens once"),
    ]
    for changed, law in laws:
        with pytest.raises(Error, match=law), transaction.atomic():
            DonorKey.objects.update(**changed)
    DonorKey.objects.update(used_at=key.made_at + timedelta(minutes=1))
    with pytest.raises(Error, match="opens once"), transaction.atomic():
        DonorKey.objects.update(used_at=key.made_at + timedelta(minutes=2))


def test_an_address_gets_three_letters_in_a_quarter_of_an_hour_and_the_fourth_asking_the_same_page(ada, monkeypatch):
    pages = []
    for _ in range(5):
        browser = Client()
        assert ask(ada.email, browser)["Location"] == ASKED
        pages.append(browser.get(ASKED).content)
    assert len(set(pages)) == 1
    work()
    assert len(mail.outbox) == 3
    stop_the_clock(monkeypatch, minutes=15, seconds=1)
    ask(ada.email)
    work()
    assert len(mail.outbox) == 4


def test_an_unknown_address_is_counted_just_so(ada):
    for _ in range(5):
        ask("nobody@example.org")
    assert KeyAsking.objects.count() == 3


def test_one_place_asks_twenty_times_an_hour_while_others_go_on(ada, settings, monkeypatch):
    for number in range(25):
        assert ask(f"somebody{number}@example.org", REMOTE_ADDR="192.0.2.1")["Location"] == ASKED
    assert KeyAsking.objects.count() == 20
    ask(ada.email, REMOTE_ADDR="192.0.2.1")
    work()
    assert mail.outbox == []
    ask(ada.email, REMOTE_ADDR="192.0.2.2")
    work()
    assert len(mail.outbox) == 1
    stop_the_clock(monkeypatch, minutes=60, seconds=1)
    ask("late@example.org", REMOTE_ADDR="192.0.2.1")
    assert KeyAsking.objects.count() == 22


def test_the_limits_are_settings(ada, settings):
    settings.KEYS_FOR_AN_ADDRESS = 1
    ask(ada.email)
    ask(ada.email)
    assert KeyAsking.objects.count() == 1


def test_the_page_after_asking_names_the_charitys_telephone(client, monkeypatch):
    monkeypatch.setattr(charity, "_teller", lambda: charity.Charity(telephone="01632 960 001"))
    page = client.get(ASKED).content.decode()
    assert '<a href="tel:01632960001">01632 960 001</a>' in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Enter your email address."),
        ("ada", "Enter an email address like name@example.org."),
        ("ada@example.org\x00", "Null characters are not allowed."),
        (f"{'a' * 250}@example.org", "An email address can have up to 254 letters."),
    ],
)
def test_what_is_no_address_is_said_beside_the_field(client, typed, sentence):
    answer = client.post(SIGN_IN, {"email": typed})
    assert answer.status_code == 422
    assert sentence in answer.context["form"].errors["email"]
    assert not KeyAsking.objects.exists()


def test_somebody_is_in_for_two_hours_and_not_longer(ada, as_donor, monkeypatch):
    browser = as_donor(ada)
    assert browser.get("/giving/").status_code == 200
    stop_the_clock(monkeypatch, hours=2, seconds=1)
    assert browser.get("/giving/")["Location"] == SIGN_IN


def test_the_way_out_ends_it_and_leaves_staff_signed_in(people, ada, as_donor):
    browser = as_donor(ada)
    browser.force_login(people.fundraiser)
    assert browser.get("/giving/").status_code == 200
    old = browser.session.session_key
    assert browser.post("/giving/sign-out/")["Location"] == SIGN_IN
    assert browser.session.session_key != old
    assert browser.get("/giving/")["Location"] == SIGN_IN
    assert browser.get("/admin/").status_code == 200


def test_staff_who_sign_out_take_the_donor_with_them(people, ada, as_donor):
    browser = as_donor(ada)
    browser.force_login(people.fundraiser)
    browser.post("/admin/logout/")
    assert browser.get("/giving/")["Location"] == SIGN_IN


def test_a_donor_has_no_account_and_an_account_is_no_donor(people, ada, as_donor):
    assert as_donor(ada).get("/admin/").status_code == 302
    shelly = Client()
    shelly.force_login(people.administrator)
    assert shelly.get("/giving/")["Location"] == SIGN_IN


def test_another_key_in_the_same_browser_is_another_donor(ada, elis, as_donor):
    browser = as_donor(ada)
    browser.post(new_key(elis))
    page = browser.get("/giving/").content.decode()
    assert "Elis Dab" in page
    assert "Ada" not in page


def test_a_donor_who_is_gone_is_signed_in_no_more(ada, as_donor):
    browser = as_donor(ada)
    session = browser.session
    session[doors.NAME] = {**session[doors.NAME], "pk": 0}
    session.save()
    assert browser.get("/giving/")["Location"] == SIGN_IN


def test_old_askings_and_keys_are_removed_at_night(ada, monkeypatch):
    ask(ada.email)
    new_key(ada)
    assert purging.remove_old_keys() == 0
    stop_the_clock(monkeypatch, days=2)
    assert purging.remove_old_keys() == 1
    stop_the_clock(monkeypatch, days=31)
    assert purging.remove_old_keys() == 1


def test_while_the_mail_server_is_away_the_letter_waits_and_then_carries_a_fresh_key(ada, settings, monkeypatch):
    ask(ada.email)
    ours, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "tests.donations.refusing_mail.Backend"
    with pytest.raises(ConnectionRefusedError):
        work()
    stop_the_clock(monkeypatch, hours=1)
    settings.EMAIL_BACKEND = ours
    work()
    assert len(mail.outbox) == 1
    assert Client().post(key_in_the_letter()).status_code == 302


def test_the_letter_says_in_both_its_forms_where_to_press(ada):
    ask(ada.email)
    work()
    (html,) = [str(part.content) for part in mail.outbox[0].alternatives]
    assert f'href="http://testserver{key_in_the_letter()}"' in html


def test_a_letter_that_is_only_looked_at_has_no_key(ada):
    ask(ada.email)
    opening.answer(asking_id=KeyAsking.objects.get().pk)
    assert facts.of(Letter.objects.get(kind=Letter.Kind.SIGN_IN)).get("key", "") == ""
    assert not DonorKey.objects.exists()
