"""Staff look at money and cannot edit it: not even a superuser, not by any address that Wagtail would make."""

import json

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from almoner.kit.staff.read_only import ReadOnlyPolicy
from donations.ledger.models import Entry, Fund
from donations.models import (
    Dispute,
    Donation,
    Donor,
    Payment,
    Payout,
    Reconciliation,
    Refund,
    RegularGift,
    StripeEvent,
)
from donations.staff.comparisons import ComparisonViewSet
from donations.staff.declarations import DeclarationViewSet
from donations.staff.disputes import DisputeViewSet
from donations.staff.donors import DonorViewSet
from donations.staff.events import StripeEventViewSet
from donations.staff.funds import EntryViewSet, FundViewSet
from donations.staff.gifts import DonationViewSet
from donations.staff.payments import PaymentViewSet
from donations.staff.payouts import PayoutViewSet
from donations.staff.refunds import RefundViewSet
from donations.staff.regular_gifts import RegularGiftViewSet
from tests.donations.staff.test_stripe_events import an_event
from tests.factories import funds, payments

pytestmark = pytest.mark.django_db

MONEY = [
    *("donations_list", "donors_list", "stripe_events", "funds", "entries", "export_log"),
    *("regular_gifts", "payments", "refunds", "disputes", "payouts", "comparisons"),
]
VIEWSETS = [
    *(DonationViewSet, DonorViewSet, DeclarationViewSet, StripeEventViewSet, FundViewSet, EntryViewSet),
    *(RegularGiftViewSet, PaymentViewSet, RefundViewSet, DisputeViewSet, PayoutViewSet, ComparisonViewSet),
]
MODELS = [
    *(Donation, Donor, StripeEvent, Fund, Entry),
    *(RegularGift, Payment, Refund, Dispute, Payout, Reconciliation),
]


@pytest.fixture
def nurse_fund(nurse_appeal):
    """The appeal's own."""
    return nurse_appeal.fund


@pytest.mark.parametrize("model", MODELS)
def test_a_superuser_may_look_and_do_nothing_else(people, model):
    policy = ReadOnlyPolicy(model)
    gale = people.administrator
    assert policy.user_has_permission(gale, "view")
    for action in ("add", "change", "delete", "publish", "lock"):
        assert not policy.user_has_permission(gale, action)
        assert not policy.user_has_any_permission(gale, [action])
        assert not policy.users_with_permission(action).exists()


@pytest.mark.parametrize("views", MONEY)
def test_there_is_no_address_at_which_money_could_be_changed(people, signed_in, views):
    for name in ("add", "edit", "delete", "copy", "history", "usage", "reorder"):
        for arguments in ([], [1]):
            with pytest.raises(NoReverseMatch):
                reverse(f"{views}:{name}", args=arguments)
    gale = signed_in(people.administrator)
    for path in ("new/", "add/", "edit/1/", "delete/1/", "copy/1/", "history/1/", "usage/1/"):
        assert gale.post(reverse(f"{views}:index") + path).status_code in (404, 405)


@pytest.mark.parametrize("views", MONEY)
def test_nothing_is_changed_by_posting_to_a_list_or_a_page(people, signed_in, gives, views):
    donation = gives(email="ada@example.org")
    event = an_event()
    rows = {
        "donations_list": donation.pk,
        "donors_list": donation.donor_id,
        "stripe_events": event.pk,
        "funds": donation.fund_id,
        "entries": donation.entry_id,
    }
    gale = signed_in(people.administrator)
    assert gale.post(reverse(f"{views}:index"), {"name": "changed"}).status_code == 405
    if views in rows:
        assert gale.post(reverse(f"{views}:inspect", args=[rows[views]]), {"name": "changed"}).status_code == 405


def test_bulk_actions_know_nothing_of_money(people, signed_in, gives):
    donation = gives(email="ada@example.org")
    gale = signed_in(people.administrator)
    for model, pk in (("donation", donation.pk), ("donor", donation.donor_id), ("fund", donation.fund_id)):
        label = "ledger" if model == "fund" else "donations"
        for action in ("delete", "edit", "move", "publish"):
            answer = gale.post(f"/admin/bulk/{label}/{model}/{action}/?id={pk}&next=/admin/")
            assert answer.status_code == 404
    assert Donation.objects.filter(pk=donation.pk).exists()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("views", ["donations_list", "donors_list"])
def test_asking_a_list_for_an_export_answers_with_the_list(people, signed_in, gives, views, kind):
    gives(email="ada@example.org")
    answer = signed_in(people.finance_officer).get(reverse(f"{views}:index"), {"export": kind})
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/html")
    assert "Content-Disposition" not in answer


def test_no_chooser_hands_out_donors(people, signed_in):
    """Choosers answer anybody who may enter the admin: none may know a donor."""
    gale = signed_in(people.administrator)
    for path in ("donors_list/choose/", "giving/donors/choose/", "giving/donors/chooser/", "choosers/donor/"):
        assert gale.get(f"/admin/{path}").status_code == 404


@pytest.mark.parametrize("viewset", VIEWSETS)
def test_no_group_can_be_given_a_right_to_change_money(viewset, db):
    offered = set(viewset().get_permissions_to_register().values_list("codename", flat=True))
    assert f"view_{viewset.model._meta.model_name}" in offered
    assert not {code for code in offered if code.startswith(("add_", "change_", "delete_"))}


def test_djangos_own_admin_is_not_there(client, people, signed_in):
    assert not apps.is_installed("django.contrib.admin")
    assert "django.contrib.admin" not in settings.INSTALLED_APPS
    for path in ("/django-admin/", "/django-admin/login/"):
        assert client.get(path).status_code == 404
        assert signed_in(people.administrator).get(path).status_code == 404


def test_looking_for_a_row_that_is_not_there_teaches_nothing_to_those_who_may_not_look(people, signed_in, gives):
    donation = gives(email="ada@example.org")
    rocky = signed_in(people.editor)
    there = rocky.get(reverse("donors_list:inspect", args=[donation.donor_id]))
    absent = rocky.get(reverse("donors_list:inspect", args=[999_999]))
    assert (there.status_code, there.get("Location")) == (absent.status_code, absent.get("Location"))
    assert there.status_code == 302


def test_searching_the_whole_admin_finds_no_donor(people, signed_in, gives):
    gives(name="Ada Periwinkle", email="ada@example.org")
    answer = signed_in(people.editor).get("/admin/pages/search/", {"q": "Periwinkle"})
    assert "ada@example.org" not in answer.content.decode()


def test_an_event_page_does_not_show_what_stripe_wrote_about_people(people, signed_in):
    event = an_event(payload={"data": {"object": {"receipt_email": "ada@example.org"}}})
    page = signed_in(people.finance_officer).get(reverse("stripe_events:inspect", args=[event.pk]))
    assert page.status_code == 200
    assert "ada@example.org" not in page.content.decode()
    assert json.dumps(event.payload)


def rows_of_everything(gives, appeal, count: int) -> None:
    """So many more rows on every list."""
    now = timezone.now()
    for number in range(count):
        gives(email=f"donor{Donor.objects.count()}@example.org", name=f"Donor {number}", fund=appeal.fund)
        an_event()
        funds.fund(f"F{Fund.objects.count()}", f"Fund {Fund.objects.count()}", "any")
        gift, disputed = payments.gift(appeal), payments.gift(appeal)
        payments.refund(gift, 100)
        payments.dispute(disputed)
        payments.regular_gift(appeal)
        payments.payout([payments.line_of(gift)])
        Reconciliation.objects.create(begun_at=now, finished_at=now)


def test_every_list_asks_the_same_number_of_questions_for_five_rows_and_for_fifty(
    people, signed_in, gives, nurse_appeal
):
    pearl = signed_in(people.finance_officer)

    def questions(viewset) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert pearl.get(reverse(f"{viewset.name}:index")).status_code == 200
        return len(asked)

    rows_of_everything(gives, nurse_appeal, 5)
    questions(DonationViewSet)  # the first page warms caches
    few = {viewset.name: questions(viewset) for viewset in VIEWSETS}
    rows_of_everything(gives, nurse_appeal, 45)
    assert {viewset.name: questions(viewset) for viewset in VIEWSETS} == few


def test_the_page_of_one_donor_asks_the_same_for_many_gifts(people, signed_in, gives):
    donor = gives(email="ada@example.org").donor
    pearl = signed_in(people.finance_officer)
    address = reverse("donors_list:inspect", args=[donor.pk])

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert pearl.get(address).status_code == 200
        return len(asked)

    questions()
    few = questions()
    for _ in range(10):
        gives(email="ada@example.org")
    assert questions() == few
