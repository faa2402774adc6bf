"""The demo's data: every figure is the one that was set down, the books agree, and nobody in it is real."""

import html
import re
from collections import Counter, defaultdict
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.contrib.auth import authenticate
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.db.models import CharField, Sum, TextField
from django.utils import timezone
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.models import Page

from almoner.demo import people
from content import reviews
from content.models import (
    CampaignPage,
    CharitySettings,
    ConditionPage,
    Endorsement,
    InfoPage,
    MedicineTerm,
    Organisation,
    TreatmentPage,
)
from donations.ledger import balances, proving
from donations.ledger.models import Entry, Fund, Line
from donations.ledger.money import Money, pounds
from donations.models import Donation
from grants import rights
from grants.models import Application, Award, Instalment, InstalmentShare, Resolution, Vote

# In pounds. Charity years end on 31 March; a block is four of them.
RAISED = {  # by block, and in all
    "General fund": (18_400, 22_000, 24_500, 31_500, 96_400),
    "Patient support fund": (0, 0, 0, 0, 0),
    "NET nurse fund": (12_600, 58_000, 51_000, 20_000, 141_600),
    "Scanner fund": (0, 52_250, 36_000, 0, 88_250),
    "New treatments fund": (0, 16_000, 27_000, 18_000, 61_000),
    "Pancreatic research fund": (0, 26_000, 48_000, 32_000, 106_000),
}
BLOCKS = [date(2010, 4, 1), date(2014, 4, 1), date(2018, 4, 1), date(2022, 4, 1), date(2026, 4, 1)]
BY_YEAR = {
    "General fund": (7_875, 7_875, 7_875, 7_875),
    "NET nurse fund": (6_000, 5_000, 5_000, 4_000),
    "New treatments fund": (7_000, 6_000, 3_000, 2_000),
    "Pancreatic research fund": (12_000, 10_000, 6_000, 4_000),
}
BY_WAY = {
    "online": 38_400,
    "monthly": 24_600,
    "by-post": 14_200,
    "in-memory": 6_800,
    "legacy": 7_500,
    "gift-aid": 10_000,
}
AWARDS = {  # promised, paid, still to pay
    "An ultrasound scanner for the operating theatre": (83_250, 83_250, 0),
    "A NET nurse specialist for three years": (150_000, 100_000, 50_000),
    "Why some tumours of the pancreas sleep": (120_000, 60_000, 60_000),
    "Targeted radiotherapy, two clinics nearer home": (58_000, 40_000, 18_000),
}
FUNDS = {  # moved, costs, allocated, paid, still to pay, free
    "General fund": (-4_000, 6_150, 42_000, 24_000, 18_000, 44_250),
    "Patient support fund": (4_000, 0, 0, 0, 0, 4_000),
    "NET nurse fund": (0, 0, 132_000, 88_000, 44_000, 9_600),
    "Scanner fund": (0, 0, 83_250, 83_250, 0, 5_000),
    "New treatments fund": (0, 0, 58_000, 40_000, 18_000, 3_000),
    "Pancreatic research fund": (0, 0, 96_000, 48_000, 48_000, 10_000),
}


def raised_between(first: date, last: date) -> dict[str, int]:
    """Pence raised by fund in entries from `first` up to, but without, `last`."""
    lines = Line.objects.filter(account__feeds="raised", entry__effective__gte=first, entry__effective__lt=last)
    return dict(lines.values_list("fund__name").annotate(pence=-Sum("amount")))


@pytest.mark.parametrize("block", range(4))
def test_every_fund_raised_what_was_set_down_in_each_block_of_years(block):
    raised = raised_between(BLOCKS[block], BLOCKS[block + 1])
    assert raised == {fund: sums[block] * 100 for fund, sums in RAISED.items() if sums[block]}


@pytest.mark.parametrize("year", range(2011, 2023))
def test_the_old_books_bring_a_quarter_of_its_block_into_every_year(year):
    raised = raised_between(date(year - 1, 4, 1), date(year, 4, 1))
    block = (year - 2011) // 4
    assert raised == {fund: sums[block] * 25 for fund, sums in RAISED.items() if sums[block]}


@pytest.mark.parametrize("year", range(4))
def test_single_gifts_make_the_sum_of_every_fund_and_year_exact(year):
    raised = raised_between(date(2022 + year, 4, 1), date(2023 + year, 4, 1))
    assert raised == {fund: sums[year] * 100 for fund, sums in BY_YEAR.items()}


def test_gifts_came_in_the_ways_that_were_set_down():
    came: Counter[str] = Counter()
    for key, pence in Donation.objects.values_list("entry__source_key", "pence"):
        came[key.split(":")[2]] += pence
    assert came == {way: sums * 100 for way, sums in BY_WAY.items()}


def test_the_total_is_493250_pounds_to_the_penny():
    assert balances.everything().raised == pounds("493,250.00")
    assert {fund.name: numbers.raised for fund, numbers in balances.of_funds()} == {
        fund: pounds(sums[-1]) for fund, sums in RAISED.items()
    }


def test_every_fund_stands_as_it_was_set_down():
    stands = {
        fund.name: tuple(each.pence for each in (n.moved, n.costs, n.allocated, n.paid, n.still_to_pay, n.available))
        for fund, n in balances.of_funds()
    }
    assert stands == {fund: tuple(100 * figure for figure in figures) for fund, figures in FUNDS.items()}


def test_all_funds_together_stand_as_they_were_set_down():
    n = balances.everything()
    assert (n.moved, n.costs, n.allocated) == (pounds(0), pounds("6,150"), pounds("411,250"))
    assert (n.paid, n.still_to_pay, n.available) == (pounds("283,250"), pounds("128,000"), pounds("75,850"))
    assert n.shortfall == n.awaited == n.pledged == pounds(0)


def test_every_award_stands_as_it_was_set_down():
    numbers = balances.of_awards()
    stands = {}
    for award in Award.objects.all():
        n = numbers[award.reference]
        stands[award.title] = (n.allocated.pence, n.paid.pence, n.still_to_pay.pence)
    assert stands == {award: tuple(100 * figure for figure in figures) for award, figures in AWARDS.items()}


def test_what_is_allocated_is_paid_or_still_to_pay_in_every_fund_and_purpose():
    told = [numbers for _, numbers in [*balances.of_funds(), *balances.of_purposes()]]
    for n in [*told, balances.everything()]:
        assert n.allocated == n.paid + n.still_to_pay
        assert n.raised - n.costs + n.moved - n.awaited == n.allocated + n.available


def test_the_purposes_add_up_to_the_funds():
    for name in ("raised", "moved", "costs", "allocated", "paid", "still_to_pay", "available"):
        by_purpose = sum(getattr(numbers, name).pence for _, numbers in balances.of_purposes())
        assert by_purpose == getattr(balances.everything(), name).pence, name


def test_the_cash_at_hand_is_what_is_still_to_pay_and_what_is_free():
    cash = Line.objects.filter(account__cash=True).aggregate(pence=Sum("amount"))["pence"]
    assert Money(cash) == pounds("203,850.00") == pounds("128,000") + pounds("75,850")
    assert Line.objects.filter(account__code="1100").aggregate(pence=Sum("amount"))["pence"] == 0  # all paid out


def test_an_instalment_from_two_funds_takes_from_each_in_the_proportions_of_the_award():
    parts = {
        (share.instalment.award.programme.slug, share.fund.code): share.amount
        for share in InstalmentShare.objects.select_related("instalment__award__programme", "fund")
    }
    assert parts["specialist-nurses", "NURSE"] == pounds("22,000")
    assert parts["specialist-nurses", "GENERAL"] == pounds("3,000")
    assert parts["pancreatic-research", "RESEARCH"] == pounds("24,000")
    assert parts["pancreatic-research", "GENERAL"] == pounds("6,000")


def test_every_payment_went_through_three_pairs_of_hands():
    paid = Instalment.objects.filter(state="confirmed")
    assert paid.count() == 8
    for each in paid:
        assert len({each.requested_by, each.first_authoriser, each.second_authoriser}) == 3


def test_one_instalment_is_held_for_a_report_one_authorised_once_one_waits_on_a_condition():
    waiting = Instalment.objects.exclude(state="confirmed").select_related("award__programme")
    assert {(each.award.programme.slug, each.number): each.state for each in waiting} == {
        ("specialist-nurses", 5): "held",
        ("specialist-nurses", 6): "planned",
        ("pancreatic-research", 3): "authorised_once",
        ("pancreatic-research", 4): "planned",
        ("new-treatments", 2): "planned",
    }
    assert waiting.get(award__programme__slug="new-treatments").waits_for_a_condition


def test_research_empties_its_fund_on_the_day_of_its_decision():
    reserved = Entry.objects.get(kind="reserve", effective=date(2024, 3, 31))
    lines = Line.objects.filter(fund__code="RESEARCH", entry__pk__lte=reserved.pk).exclude(account__frees=0)
    assert sum(line.amount * line.account.sign * line.account.frees for line in lines.select_related("account")) == 0


def test_three_of_five_trustees_have_voted_on_the_open_resolution():
    resolution = Resolution.objects.get(application__title="The tissue bank, two more years")
    assert resolution.takes_votes
    assert Vote.objects.cast_on(resolution).count() == 3
    assert rights.voters().count() == 5


def test_one_resolution_waits_because_it_asks_12000_of_a_fund_that_has_9600():
    waiting = Resolution.objects.get(application__title="Seven hours of nursing a week at Eastquay")
    assert waiting.is_waiting
    assert waiting.waiting_for == "NET nurse fund has £9,600.00 left; this asks for £12,000.00."


def test_one_resolution_was_lost_with_a_conflict_in_its_minute():
    lost = Resolution.objects.get(state="lost")
    assert "My brother works in the teaching suite." in lost.minute


def test_nothing_in_the_past_is_later_than_the_end_of_march_2026():
    assert Entry.objects.order_by("effective").last().effective <= date(2026, 3, 31)
    assert Entry.objects.order_by("effective").first().effective == date(2011, 3, 31)


def test_replayed_day_by_day_no_fund_is_ever_below_nil():
    lines = Line.objects.exclude(account__frees=0).select_related("account", "entry").order_by("entry__effective", "pk")
    left: dict[int, int] = defaultdict(int)
    last = None
    for line in lines:
        if last is not None and line.entry.effective != last:
            assert min(left.values()) >= 0, last
        left[line.fund_id] += line.amount * line.account.sign * line.account.frees
        last = line.entry.effective
    assert min(left.values()) >= 0


def test_entries_were_posted_in_the_order_of_their_days():
    days = list(Entry.objects.order_by("pk").values_list("effective", flat=True))
    assert days == sorted(days)


def test_a_proof_has_been_run_and_holds():
    assert proving.latest().holds
    assert list(proving.differences()) == []


def test_a_restricted_fund_says_what_binds_it_and_where_the_words_are_kept():
    classes = Counter(Fund.objects.values_list("fund_class", flat=True))
    assert classes == {"unrestricted": 1, "designated": 1, "restricted": 4}
    for fund in Fund.objects.filter(fund_class="restricted"):
        assert fund.restriction
        assert fund.source


def test_loading_twice_changes_nothing():
    before = count_everything()
    call_command("seed_demo", verbosity=0)
    assert count_everything() == before


def count_everything() -> dict[str, int]:
    """How many rows each table holds."""
    counts = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
            counts[table] = cursor.fetchone()[0]
    return counts


def everything_written() -> str:
    """Every word in every table of ours, and on every page."""
    words = []
    for app in ("accounts", "content", "donations", "grants", "ledger", "wagtailcore"):
        for model in apps.get_app_config(app).get_models():
            columns = [each.attname for each in model._meta.concrete_fields if isinstance(each, CharField | TextField)]
            columns += [each.attname for each in model._meta.concrete_fields if isinstance(each, StreamField)]
            for row in model._default_manager.values_list(*columns):
                words += [as_text(cell) for cell in row]
    return "\n".join(words)


def as_text(cell: object) -> str:
    """A cell as text; of a page's blocks, all that was typed into them."""
    return str(list(cell.raw_data)) if isinstance(cell, StreamValue) else str(cell)


def test_addresses_telephones_and_postcodes_lead_nowhere():
    written = everything_written()
    addresses = re.findall(r"[\w.+-]+@[\w.-]+", written)
    assert len(addresses) > 100
    assert {address.rpartition("@")[2].rstrip(".") for address in addresses} == {"example.org"}
    telephones = re.findall(r"\b0\d{4} ?\d{6}\b|\b0\d{2,4} \d{3,4} \d{3,4}\b", written)
    assert telephones
    assert all(re.fullmatch(r"01632 960\d{3}", telephone) for telephone in telephones)
    postcodes = re.findall(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b", written)
    assert postcodes
    assert all(postcode.startswith("ZZ") for postcode in postcodes)


def test_every_organisation_says_that_it_is_a_demo():
    names = [
        *Organisation.objects.values_list("name", flat=True),
        *Award.objects.values_list("organisation", flat=True),
        *Application.objects.values_list("organisation", flat=True),
        *CharitySettings.objects.values_list("registered_name", flat=True),
    ]
    sold_as = MedicineTerm.objects.exclude(brand_names="").values_list("brand_names", flat=True)
    assert len(sold_as) >= 5
    names += [name for each in sold_as for name in each.split(", ")]
    assert len(names) > 25
    assert [name for name in names if not name.endswith("(demo)")] == []
    assert CharitySettings.objects.get().registered_number == "0000000"


def test_every_page_can_be_read(client):
    pages = Page.objects.live().filter(depth__gt=1)
    assert pages.count() > 18
    for page in pages:
        assert client.get(page.get_url()).status_code == 200, page.get_url()


@pytest.mark.parametrize("path", ["/", "/appeals/nurse/", "/campaign/", "/where-your-money-goes/", "/donate/nurse/"])
def test_the_addresses_that_stay_are_there(client, path):
    assert client.get(path).status_code == 200


def test_the_home_page_shows_the_ledgers_figures(client):
    page = client.get("/").content.decode()
    for figure in ("£493,250", "£411,250", "£283,250", "£128,000"):
        assert figure in page


def test_where_the_money_goes_shows_every_figure_of_every_fund(client):
    page = client.get("/where-your-money-goes/").content.decode()
    for _, _, allocated, paid, still_to_pay, free in FUNDS.values():
        for pence in (allocated * 100, paid * 100, still_to_pay * 100, free * 100):
            assert str(Money(pence)) in page
    assert "£75,850" in page


def test_no_page_repeats_a_figure_of_the_ledger_in_its_own_words():
    figures = {sums[-1] for sums in RAISED.values()} | {493_250, 411_250, 283_250, 128_000, 75_850}
    pages = [page.specific for page in Page.objects.filter(depth__gt=1)]
    typed = [as_text(page.body) for page in pages if hasattr(page, "body")]
    assert any("nurse" in body for body in typed)
    for figure in figures - {0}:
        assert not any(f"{figure:,}" in body or str(figure) in body for body in typed), figure


def test_pages_about_illness_say_that_they_are_samples_and_are_left_out_of_search_engines(client):
    about_illness = [
        *InfoPage.objects.live().filter(depth=4),
        *TreatmentPage.objects.live(),
        *ConditionPage.objects.live(),
    ]
    assert len(about_illness) == 9
    for path in ("/campaign/", "/information/", *(page.url for page in about_illness)):
        page = client.get(path).content.decode()
        assert "sample text" in page, path
        assert '<meta name="robots" content="noindex">' in page, path


def test_reviews_are_overdue_due_approved_then_edited_and_waiting_for_the_clinician():
    today = timezone.localdate()
    queue = {page.slug: page for page in reviews.queue().select_related("latest_revision").prefetch_workflow_states()}
    due = {slug: page.its_next_review_on for slug, page in queue.items()}
    assert due["where-it-started"] == today - timedelta(days=40)
    assert due["day-to-day-life"] == today + timedelta(days=20)
    assert [slug for slug, page in queue.items() if reviews.has_changed(page)] == ["what-nets-are"]
    assert [slug for slug, page in queue.items() if page.current_workflow_state] == ["carcinoid-syndrome"]
    assert not queue["carcinoid-syndrome"].live


def test_the_page_near_the_end_of_life_asks_for_nothing(client):
    page = client.get("/information/near-the-end-of-life/").content.decode()
    assert "01632 960041" in page
    for ask in ("Donate", "/donate/", "/appeals/"):
        assert ask not in page


def test_the_page_on_treatments_has_ten_sections_each_with_its_sources(client):
    sections = [block.value for block in TreatmentPage.objects.get().body if block.block_type == "section"]
    assert len(sections) == 10
    assert all(section["sources"] for section in sections)


def test_fifteen_endorsements_of_five_kinds_stand_on_the_campaign_page(client):
    shown = Endorsement.objects.permitted()
    assert Counter(shown.values_list("kind", flat=True)) == {
        "person": 8,
        "letter": 2,
        "organisation": 2,
        "industry": 2,
        "patient": 1,
    }
    page = html.unescape(client.get("/campaign/").content.decode())
    for endorsement in shown:
        assert endorsement.quote[:60] in page, endorsement.speaker


def test_an_endorsement_without_a_standing_permission_is_nowhere(client):
    others = Endorsement.objects.exclude(pk__in=Endorsement.objects.permitted())
    assert others.count() == 2
    for path in ("/", "/campaign/", "/appeals/nurse/"):
        page = html.unescape(client.get(path).content.decode())
        assert not any(endorsement.quote in page for endorsement in others)


def test_the_campaign_has_nine_questions_four_milestones_and_two_lists_of_eleven():
    body = CampaignPage.objects.live().get().body
    assert [len(block.value["questions"]) for block in body if block.block_type == "questions"] == [9]
    assert [len(block.value["milestones"]) for block in body if block.block_type == "milestones"] == [4]
    assert [len(block.value.cards) for block in body if block.block_type == "people"] == [11, 11]


def test_six_who_endorse_are_named_again_three_in_each_list():
    endorsers = {endorsement.speaker for endorsement in Endorsement.objects.all()}
    lists = [block.value.cards for block in CampaignPage.objects.live().get().body if block.block_type == "people"]
    public = endorsers - {"Sister Bryony Saltings", "Mr Barnaby Mooring"}
    assert [len(public & {card["name"] for card in cards}) for cards in lists] == [3, 3]


def test_somebody_signs_in_for_every_role():
    roles = Counter(Group.objects.filter(user__isnull=False).values_list("name", flat=True))
    assert roles == {
        "Clinical reviewer": 1,
        "Lay reviewer": 1,
        "Publisher": 1,
        "Administrator": 1,
        "Editor": 1,
        "Fundraiser": 1,
        "Finance": 3,
        "Grants officer": 1,
        "Trustee": 5,
    }
    assert authenticate(username="coral", password=people.PASSWORD) is not None
