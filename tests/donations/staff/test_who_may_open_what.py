"""One table: role × page × answer. A page of the back office without a line here fails the last test."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from donations.actions import answering, refunding, scanning
from donations.ledger.money import Money
from donations.models import ExportLog, ImportRun, LetterWords, Match, Reconciliation
from donations.wagtail_hooks import Funds, Giving, Payments
from tests.donations.staff.test_stripe_events import an_event
from tests.factories import payments

pytestmark = pytest.mark.django_db

ROLES = ["editor", "fundraiser", "finance_officer", "grants_officer", "chair", "administrator", "stranger", "nobody"]
E, F, P, G, T, A = "editor", "fundraiser", "finance_officer", "grants_officer", "chair", "administrator"

# Who gets the page. All others: our own screens say 403, Wagtail's lists lead back to the dashboard.
PAGES = {
    "donations_list:index": {F, P, A},
    "donations_list:index_results": {F, P, A},
    "donations_list:inspect": {F, P, A},
    "donations_list:refund": {F, P, A},
    "donations_list:resend": {F, P, A},
    "regular_gifts:index": {F, P, A},
    "regular_gifts:index_results": {F, P, A},
    "regular_gifts:inspect": {F, P, A},
    "regular_gifts:amount": {F, P, A},
    "regular_gifts:day": {F, P, A},
    "regular_gifts:pause": {F, P, A},
    "regular_gifts:skip": {F, P, A},
    "regular_gifts:resume": {F, P, A},
    "regular_gifts:card": {F, P, A},
    "regular_gifts:end": {F, P, A},
    "payments:index": {F, P, A},
    "payments:index_results": {F, P, A},
    "payments:inspect": {F, P, A},
    "refunds:index": {P, A},
    "refunds:index_results": {P, A},
    "refunds:inspect": {P, A},
    "refunds:approve": {P, A},
    "refunds:refuse": {P, A},
    "disputes:index": {P, A},
    "disputes:index_results": {P, A},
    "disputes:inspect": {P, A},
    "payouts:index": {P, A},
    "payouts:index_results": {P, A},
    "payouts:inspect": {P, A},
    "comparisons:index": {P, A},
    "comparisons:index_results": {P, A},
    "comparisons:inspect": {P, A},
    "comparisons:now": {P, A},
    "donors_list:index": {F, P, A},
    "donors_list:index_results": {F, P, A},
    "donors_list:inspect": {F, P, A},
    "donors_list:declaration": {F, P, A},
    "donors_list:contact": {F, P, A},
    "donors_list:correct": {F, P, A},
    "declarations:index": {F, P, A},
    "declarations:index_results": {F, P, A},
    "declarations:inspect": {F, P, A},
    "declarations:cancel": {F, P, A},
    "declarations:posted": {F, P, A},
    "declarations:record": {F, P, A},
    "declarations:add_scan": {F, P, A},
    "declarations:scan": {F, P, A},
    "data_requests:index": {F, A},
    "data_requests:index_results": {F, A},
    "data_requests:inspect": {F, A},
    "data_requests:answer": {A},
    "appeals:index": {F, P, A},
    "appeals:index_results": {F, P, A},
    "appeals:inspect": {F, P, A},
    "appeals:add": {F, A},
    "appeals:edit": {F, P, A},
    "appeals:delete": set(),
    "appeals:history": {F, P, A},
    "appeals:history_results": {F, P, A},
    "appeals:usage": {F, P, A},
    "matches:index": {F, P, A},
    "matches:index_results": {F, P, A},
    "matches:inspect": {F, P, A},
    "matches:add": {F, A},
    "matches:edit": {F, A},
    "matches:delete": set(),
    "matches:history": {F, A},
    "matches:history_results": {F, A},
    "matches:usage": {F, A},
    "card_testing:index": {F, P, A},
    "record_gift:form": {P, A},
    "import_gifts:upload": {P, A},
    "import_gifts:template": {P, A},
    "import_gifts:run": {P, A},
    "import_gifts:confirm": set(),  # a GET of it is refused to everybody: 405
    "export_gifts:form": {F, P, A},
    "export_log:index": {P, A},
    "export_log:index_results": {P, A},
    "export_log:inspect": {P, A},
    "letters:index": {F, P, A},
    "letters:index_results": {F, P, A},
    "letters:inspect": {F, P, A},
    "letters:paper": {F, P, A},
    "letter_words:index": {F, P, A},
    "letter_words:index_results": {F, P, A},
    "letter_words:add": set(),
    "letter_words:edit": {F, P, A},
    "letter_words:delete": set(),
    "letter_words:history": {F, P, A},
    "letter_words:history_results": {F, P, A},
    "letter_words:usage": {F, P, A},
    "letter_words:preview": {F, P, A},
    "letter_words:paper": {F, P, A},
    "statements:form": {F, P, A},
    "statements:paper": {F, P, A},
    "stripe_events:index": {P, A},
    "stripe_events:index_results": {P, A},
    "stripe_events:inspect": {P, A},
    "stripe_events:try_again": set(),  # 405 likewise
    "funds:index": {F, P, G, A},
    "funds:index_results": {F, P, G, A},
    "funds:inspect": {F, P, G, A},
    "entries:index": {P, A},
    "entries:index_results": {P, A},
    "entries:inspect": {P, A},
}


@pytest.fixture
def somewhere(gives, people, nurse_appeal):
    """One row of everything; the number of each."""
    cheque = gives(email="ada@example.org", fund=nurse_appeal.fund)
    donation = payments.gift(nurse_appeal, 50_000)
    asked = refunding.ask(donation=donation, amount=Money(20_000), because="Twice.", by=people.treasurer)
    now = timezone.now()
    run = ImportRun.objects.create(
        filename="gifts.csv", digest="0", state="checked", uploaded_by=people.finance_officer,
        summary={"new": 0, "unchanged": 0, "refused": 0, "lines": 0, "funds": {}, "why": ""},
    )  # fmt: skip
    paper = payments.declaration(cheque.donor)
    scan = scanning.keep(declaration=paper, content=b"%PDF-1.7 %%EOF", by=people.finance_officer)
    log = ExportLog.objects.create(asked_by=people.finance_officer, outcome="refused")
    return {
        "donations_list": donation.pk,
        "donors_list": cheque.donor_id,
        "declarations": paper.pk,
        "declarations:scan": (paper.pk, scan.pk),
        "declarations:posted": payments.spoken(cheque.donor).pk,
        "declarations:record": payments.spoken(cheque.donor).pk,
        "regular_gifts": payments.regular_gift(nurse_appeal).pk,
        "regular_gifts:resume": payments.paused_gift(nurse_appeal).pk,
        "payments": donation.payment_id,
        "refunds": asked.pk,
        "disputes": payments.dispute(payments.gift(nurse_appeal)).pk,
        "payouts": payments.payout([payments.line_of(payments.gift(nurse_appeal))]).pk,
        "comparisons": Reconciliation.objects.create(begun_at=now, finished_at=now).pk,
        "data_requests": answering.ask_to_erase(donor=cheque.donor).pk,
        "appeals": nurse_appeal.pk,
        "matches": Match.objects.create(
            appeal=nurse_appeal, champion="A local family", pence=1, available_pence=1, opens_on=date(2020, 1, 1)
        ).pk,
        "import_gifts": run.pk,
        "stripe_events": an_event().pk,
        "funds": donation.fund_id,
        "entries": donation.entry_id,
        "export_log": log.pk,
        "letters": donation.letters.get().pk,
        "letter_words": LetterWords.objects.get(kind="receipt").pk,
        "statements:paper": (2026, cheque.donor_id),
    }


@pytest.fixture
def nurse_fund(nurse_appeal):
    """The appeal's own."""
    return nurse_appeal.fund


TAKES_A_ROW = (
    *("inspect", "edit", "delete", "history", "history_results", "usage", "run", "confirm", "try_again"),
    *("refund", "amount", "day", "pause", "skip", "resume", "card", "end", "approve", "refuse"),
    *("declaration", "contact", "correct", "cancel", "resend", "paper", "preview", "answer", "posted", "record"),
    *("scan", "add_scan"),
)


def address(page: str, somewhere: dict[str, int]) -> str:
    views, _, name = page.partition(":")
    row = somewhere.get(page, somewhere.get(views))
    return reverse(page, args=(row if isinstance(row, tuple) else [row]) if name in TAKES_A_ROW else [])


@pytest.mark.parametrize("role", ROLES)
def test_each_role_opens_the_pages_of_its_table_and_no_other(client, people, somewhere, role):
    if role != "nobody":
        client.force_login(getattr(people, role))
    opened = set()
    for page in PAGES:
        answer = client.get(address(page, somewhere))
        assert answer.status_code in (200, 302, 403, 405), (role, page, answer.status_code)
        if answer.status_code == 302:
            assert answer["Location"].startswith(("/admin/", "/board/")), (role, page, answer["Location"])
        if answer.status_code == 200:
            opened.add(page)
    assert opened == {page for page, allowed in PAGES.items() if role in allowed}


def test_every_address_of_the_back_office_has_its_line():
    groups = [Giving(), Payments(), Funds()]
    known = {
        f"{views.url_namespace}:{pattern.name}"
        for group in groups
        for views in group.registerables
        for pattern in views.get_urlpatterns()
        if pattern.name
    }
    assert known == set(PAGES)


def test_the_menu_shows_what_can_be_opened(people, signed_in):
    def menu(person) -> str:
        return signed_in(person).get("/admin/").content.decode()

    assert "/admin/giving/export/" in menu(people.finance_officer)
    assert "/admin/giving/donations/" in menu(people.fundraiser)
    assert "/admin/giving/regular/" in menu(people.fundraiser)
    assert "/admin/giving/payouts/" in menu(people.finance_officer)
    assert "/admin/giving/payouts/" not in menu(people.fundraiser)
    assert "/admin/giving/import/" not in menu(people.fundraiser)
    assert "/admin/giving/" not in menu(people.editor)
    assert "/admin/funds/funds/" in menu(people.grants_officer)
    assert "/admin/funds/entries/" not in menu(people.grants_officer)


def test_an_administrator_who_is_no_superuser_does_not_see_donors(client, somewhere):
    from tests.people import person

    client.force_login(person("misty", "Misty", "Haar", "Administrator"))
    assert client.get(address("donors_list:index", somewhere)).status_code == 302
    assert client.get(address("export_gifts:form", somewhere)).status_code == 403
    assert client.get(address("import_gifts:upload", somewhere)).status_code == 200


def test_a_fund_statement_shows_its_numbers_and_lines(people, signed_in, gives, nurse_fund):
    gives("£1,000.50", received_on=date(2026, 3, 31))
    page = signed_in(people.finance_officer).get(reverse("funds:inspect", args=[nurse_fund.pk])).content.decode()
    assert page.count("£1,000.50") >= 4
    assert "Only for nurse fund." in page
    assert "4000 Donations" in page
