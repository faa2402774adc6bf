"""What comes on paper or by telephone: the office records it, and nobody edits it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from donations.actions import declaring
from donations.models import ContactPermission, Declaration, Donor
from donations.models.declaration import Channel
from donations.promise import Declared

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
}


@pytest.fixture
def ada(db) -> Donor:
    """A donor whom the office knows."""
    return Donor.objects.create(name="Ada Whelk", email="ada@example.org")


def test_shelly_records_what_came_on_paper(client, people, ada):
    client.force_login(people.fundraiser)
    address = reverse("donors_list:declaration", args=[ada.pk])
    assert 'value="Whelk"' in client.get(address).content.decode()
    assert client.post(address, PAPER).status_code == 302
    made = Declaration.objects.get()
    assert (made.donor, made.channel, str(made.declared_on)) == (ada, Channel.PAPER, "2026-05-03")
    page = client.get(reverse("declarations:inspect", args=[made.pk])).content.decode()
    assert "have made in the past 4 years" in page
    assert made.reference in client.get(reverse("donors_list:inspect", args=[ada.pk])).content.decode()


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
    said = Declared("Ada", "Whelk", "uk", "1 Quay Street", "past", postcode="NE1 4LP")
    made = declaring.declare(declared=said, channel=Channel.PAPER, donor=ada)
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
