"""One table: each address of the donor's page, tried by its donor, by another, by nobody, wrongly and unasked."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from almoner.accounts.models import system_user
from donations.actions import receiving
from donations.ledger.money import Money
from donations.models import Appeal, Correction, DataRequest, Declaration, RegularGiftChange, Wording
from donations.models.donation import Method
from donations.own import urls
from tests.factories import payments
from tests.factories.appeals import an_appeal
from tests.staging import set_once

pytestmark = pytest.mark.django_db

G, GP, P = {"GET"}, {"GET", "POST"}, {"POST"}
# name: which methods it answers, what its reference is one of, whether it takes a signed-in donor
PAGES = {
    "own": (G, None),
    "own_gift": (G, "gift"),
    "own_receipt": (G, "gift"),
    "own_statement": (G, "year"),
    "own_regular": (G, None),
    "own_regular_gift": (G, "regular"),
    "own_regular_amount": (GP, "regular"),
    "own_regular_day": (GP, "regular"),
    "own_regular_pause": (GP, "regular"),
    "own_regular_skip": (GP, "regular"),
    "own_regular_resume": (GP, "paused"),
    "own_regular_end": (GP, "regular"),
    "own_regular_card": (GP, "regular"),
    "own_declarations": (G, None),
    "own_declaration_new": (GP, None),
    "own_declaration_cancel": (GP, "declaration"),
    "own_contact": (GP, None),
    "own_details": (GP, None),
    "own_email": (GP, None),
    "own_data": (G, None),
    "own_data_copy": (G, None),
    "own_data_delete": (GP, None),
}
FOR_ANYBODY = {"own_sign_in": GP, "own_asked": G, "own_key": GP, "own_sign_out": P, "own_confirm": GP}
NAMES = list(PAGES)
WITH_A_REFERENCE = [name for name, (_, of) in PAGES.items() if of]
POSTED = [name for name, (methods, _) in PAGES.items() if "POST" in methods]


@pytest.fixture(scope="module")
def things(django_db_setup, django_db_blocker):
    """What Ada has: one of everything, all hers, and its reference."""
    with set_once(django_db_blocker, one_of_everything) as found:
        yield found


@pytest.fixture
def nurse_appeal(things, db):
    """The one that she gave to."""
    return Appeal.objects.get()


def one_of_everything():
    nurse_appeal = an_appeal()
    regular = payments.regular_gift(nurse_appeal)
    ada, paused = regular.donor, payments.paused_gift(nurse_appeal)
    type(paused).objects.filter(pk=paused.pk).update(donor=ada)
    receiving.record_gift(
        amount=Money(1000), fund=nurse_appeal.fund, method=Method.CHEQUE, received_on=date(2025, 6, 1), key="gift:ada",
        by=system_user("office"), donor=ada, donor_name="Ada Periwinkle",
    )  # fmt: skip
    declaration = Declaration.objects.create(
        reference="D-ADA", donor=ada, scope="future", channel="online", charity_name="Saltmarsh Fund",
        first_name="Ada", last_name="Periwinkle", home="uk", address="1 Quay", town="Eastquay", postcode="TR18 4AB",
        wording=Wording.objects.get(about="gift_aid"), shown="0" * 64, declared_on=date(2026, 1, 1),
    )  # fmt: skip
    return {
        "donor": ada,
        "gift": regular.donations.get().reference,
        "regular": regular.reference,
        "paused": paused.reference,
        "year": 2026,
        "declaration": declaration.reference,
    }


def address(name, things):
    of = PAGES[name][1]
    return reverse(f"donations:{name}", args=[things[of]] if of else [])


def test_every_address_of_the_page_stands_in_the_table():
    assert {pattern.name for pattern in urls.urlpatterns} == set(PAGES) | set(FOR_ANYBODY)


@pytest.mark.parametrize("name", NAMES)
def test_its_donor_gets_the_page_and_no_browser_keeps_it(things, as_donor, name):
    answer = as_donor(things["donor"]).get(address(name, things))
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]


@pytest.mark.parametrize("name", NAMES)
def test_nobody_is_asked_to_sign_in(things, name):
    for method in PAGES[name][0]:
        answer = getattr(Client(), method.lower())(address(name, things))
        assert (answer.status_code, answer["Location"]) == (302, "/giving/sign-in/")
        assert "no-store" in answer["Cache-Control"]
    assert_nothing_happened(things)


@pytest.mark.parametrize("name", WITH_A_REFERENCE)
def test_another_donor_finds_nothing_there(things, elis, as_donor, name):
    for method in PAGES[name][0]:
        answer = getattr(as_donor(elis), method.lower())(address(name, things))
        assert answer.status_code == 404
        assert "Ada" not in answer.content.decode()
    assert_nothing_happened(things)


@pytest.mark.parametrize("name", NAMES)
def test_a_wrong_method_is_refused(things, as_donor, name):
    browser = as_donor(things["donor"])
    for method in {"POST", "PUT", "PATCH", "DELETE"} - PAGES[name][0]:
        assert getattr(browser, method.lower())(address(name, things)).status_code == 405, method
    assert_nothing_happened(things)


@pytest.mark.parametrize("name", POSTED)
def test_a_form_that_is_not_ours_is_refused(things, as_donor, name):
    browser = as_donor(things["donor"], enforce_csrf_checks=True)
    assert browser.post(address(name, things)).status_code == 403
    assert_nothing_happened(things)


@pytest.mark.parametrize("name", FOR_ANYBODY)
def test_the_way_in_and_out_takes_its_methods_and_its_own_forms(name):
    where = reverse(f"donations:{name}", args=["x"] if name in {"own_key", "own_confirm"} else [])
    for method in {"GET", "POST", "PUT", "DELETE"} - FOR_ANYBODY[name]:
        assert getattr(Client(), method.lower())(where).status_code == 405
    if "POST" in FOR_ANYBODY[name]:
        assert Client(enforce_csrf_checks=True).post(where).status_code == 403
    answer = Client().get(where)
    assert "no-store" in answer["Cache-Control"]


def assert_nothing_happened(things):
    assert not RegularGiftChange.objects.exists()
    assert not DataRequest.objects.exists()
    assert not Correction.objects.exists()
    assert not Declaration.objects.exclude(cancelled_on=None).exists()
    things["donor"].refresh_from_db()
    assert things["donor"].permissions.count() == 0


def test_what_a_donor_keeps_on_paper_is_a_pdf(things, as_donor):
    for name in ("own_receipt", "own_statement"):
        answer = as_donor(things["donor"]).get(address(name, things))
        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF-")
        assert answer["Content-Disposition"].startswith("attachment")
    assert as_donor(things["donor"]).get(reverse("donations:own_statement", args=[2024])).status_code == 404
