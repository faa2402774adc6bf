"""What comes on paper or by telephone: the office records it, and nobody edits it."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from donations.actions import declaring
from donations.models import ContactPermission, Declaration, Donor, Suppression, Wording
from donations.models.declaration import Channel
from tests.factories import payments

pytestmark = pytest.mark.django_db

PAPER = {
    "channel": "paper",
    "declared_on": "03/05/2026",
    "first_name": "Ada",
    "last_name": "Whelk",
    "home": "uk",
    "address": "1 Quay Street",
    "postcode": "NE1 4LP",
    "scope": "past",
    "token": str(uuid4()),
}


@pytest.fixture
def ada(db) -> Donor:
    """A donor whom the office knows."""
    return Donor.objects.create(name="Ada Whelk", email="ada@example.org")


def test_shelly_records_what_came_on_paper(client, people, ada):
    client.force_login(people.fundraiser)
    address = reverse("donors_list:declaration", args=[ada.pk])
    page = client.get(address).content.decode()
    assert 'value="Whelk"' in page
    assert "Those that were in use on that day" in page
    assert "Version 1: “I want to Gift Aid … to" in page
    assert client.post(address, PAPER).status_code == 302
    made = Declaration.objects.get()
    assert (made.donor, made.channel, str(made.declared_on)) == (ada, Channel.PAPER, "2026-05-03")
    page = client.get(reverse("declarations:inspect", args=[made.pk])).content.decode()
    assert "have made in the past 4 years" in page
    assert made.reference in client.get(reverse("donors_list:inspect", args=[ada.pk])).content.decode()
    assert made.recorded_by == people.fundraiser
    assert f"Recorded by</dt><dd>{people.fundraiser}" in page


@pytest.mark.parametrize("channel", ["paper", "oral"])
def test_a_double_click_records_one_declaration_and_writes_one_letter(client, people, ada, channel):
    client.force_login(people.fundraiser)
    address = reverse("donors_list:declaration", args=[ada.pk])
    opened = client.get(address).context["form"]["token"].value()
    for _ in range(2):
        client.post(address, {**PAPER, "channel": channel, "token": opened})
    assert Declaration.objects.get().letters.count() == (1 if channel == "oral" else 0)
    client.post(address, {**PAPER, "channel": channel, "token": client.get(address).context["form"]["token"].value()})
    assert Declaration.objects.count() == 2, "a page that is opened anew is another declaration"


def test_a_paper_of_may_is_declared_in_the_words_of_may(client, people, ada):
    newer = Wording.objects.create(
        about="gift_aid", version=2, text="Newer: {gifts}, {charity}.", in_use_from=date(2026, 6, 1)
    )
    client.force_login(people.fundraiser)
    address = reverse("donors_list:declaration", args=[ada.pk])
    client.post(address, PAPER)
    assert Declaration.objects.get().wording.version == 1
    client.post(address, {**PAPER, "wording": str(newer.pk)})
    assert Declaration.objects.latest("pk").wording == newer, "unless another version stands on it"


def test_of_a_day_without_words_of_ours_it_is_said_which_stand_on_the_paper(client, people, ada):
    client.force_login(people.fundraiser)
    address, old = reverse("donors_list:declaration", args=[ada.pk]), {**PAPER, "declared_on": "03/05/2019"}
    answer = client.post(address, old)
    assert "No words of ours were in use on that day" in str(answer.context["form"].errors["wording"])
    assert not Declaration.objects.exists()
    client.post(address, {**old, "wording": str(Wording.objects.get(about="gift_aid").pk)})
    assert str(Declaration.objects.get().declared_on) == "2019-05-03"


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("channel", "", "Choose how it was declared."),
        ("declared_on", "soon", "Enter a day like 31/03/2026."),
        ("declared_on", f"{timezone.localdate() + timedelta(days=2):%d/%m/%Y}", "This day is still to come."),
        ("postcode", "nowhere", "Enter a full UK postcode, like NE1 4LP."),
        ("first_name", "", "Enter your first name."),
    ],
)
def test_what_is_wrong_is_said_beside_it(client, people, ada, field, typed, sentence):
    client.force_login(people.finance_officer)
    answer = client.post(reverse("donors_list:declaration", args=[ada.pk]), {**PAPER, field: typed})
    assert answer.status_code == 422
    assert sentence in answer.context["form"].errors[field]
    assert not Declaration.objects.exists()


def test_a_cancelled_declaration_says_who_when_and_why_and_is_cancelled_once(client, people, ada):
    made = payments.declaration(ada)
    client.force_login(people.finance_officer)
    address = reverse("declarations:cancel", args=[made.pk])
    early = client.post(address, {"on": "01/01/2020", "because": "She moved"})
    assert "on or after the day" in str(early.context["form"].errors["on"])
    client.post(address, {"on": f"{timezone.localdate():%d/%m/%Y}", "because": "She pays no tax now"})
    made.refresh_from_db()
    assert (made.cancelled_on, made.cancelled_by) == (timezone.localdate(), people.finance_officer)
    assert client.get(address).status_code == 302, "there is nothing left to cancel"


def test_what_a_donor_says_by_telephone_is_added(client, people, ada):
    client.force_login(people.fundraiser)
    address = reverse("donors_list:contact", args=[ada.pk])
    for basis in ("consent", "none"):
        client.post(address, {"channel": "phone", "basis": basis, "source": "by telephone"})
    assert [each.basis for each in ContactPermission.objects.order_by("pk")] == ["consent", "none"]
    assert ContactPermission.objects.latest("pk").by == people.fundraiser


def test_a_no_that_the_office_hears_is_for_good_and_a_yes_that_it_hears_says_so(client, people, ada):
    client.force_login(people.fundraiser)
    address = reverse("donors_list:contact", args=[ada.pk])
    client.post(address, {"channel": "email", "basis": "none", "source": "by telephone"})
    assert Suppression.objects.get().channel == "email"
    assert "Never by: email." in client.get(reverse("donors_list:inspect", args=[ada.pk])).content.decode()
    said = {"channel": "email", "basis": "consent", "source": "by telephone"}
    page = client.post(address, said, follow=True).content.decode()
    assert "only they themselves can lift it" in page
    assert Suppression.objects.exists()


@pytest.mark.parametrize("name", ["declaration", "contact"])
def test_nobody_else_records_them(client, people, ada, name):
    for somebody in (people.editor, people.grants_officer):
        client.force_login(somebody)
        assert client.get(reverse(f"donors_list:{name}", args=[ada.pk])).status_code in (302, 403)
    client.force_login(people.editor)
    client.post(reverse("donors_list:declaration", args=[ada.pk]), PAPER)
    assert not Declaration.objects.exists()


def test_a_spoken_declaration_of_a_donor_without_email_is_printed_posted_and_counts_from_then(client, people):
    donor = Donor.objects.create(name="Ben Limpet")
    client.force_login(people.finance_officer)
    client.post(reverse("donors_list:declaration", args=[donor.pk]), {**PAPER, "channel": "oral"})
    made = Declaration.objects.get()
    day = timezone.localdate()
    assert declaring.covering(donor=donor, pledge=None, regular=None, on=day) is None
    printed = client.get(reverse("declarations:record", args=[made.pk]))
    assert printed.content.startswith(b"%PDF-")
    address = reverse("declarations:posted", args=[made.pk])
    early = client.post(address, {"on": "01/01/2020"})
    assert "from when it was spoken to today" in str(early.context["form"].errors["on"])
    client.post(address, {"on": f"{day:%d/%m/%Y}"})
    made.refresh_from_db()
    assert made.record_sent_on == day
    assert declaring.covering(donor=donor, pledge=None, regular=None, on=day) == made
