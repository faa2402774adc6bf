"""What stands behind our word: figures that are honest, accreditations that stand, awards told as stories."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from wagtail.blocks import StreamBlockValidationError, StructBlockValidationError

from content import figures
from content.blocks.proof import AccreditationsBlock, ImpactFiguresBlock, ImpactItemsBlock, TypedFigureBlock
from content.models import Accreditation, ImpactItem, ImpactKind, ImpactPage
from donations.ledger.money import pounds
from grants.models import Award, AwardState
from tests.factories import funds, grants, stories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("exact", "round_figure", "honest"),
    [
        ("£493,250", "£500,000", True),
        ("£490,000", "£500,000", True),  # 2 % below, to the penny
        ("£489,999.99", "£500,000", False),
        ("£500,000", "£500,000", False),  # it is that, not nearly
        ("£500,001", "£500,000", False),  # it is more
        ("98", "100", True),
        ("97", "100", False),
    ],
)
def test_nearly_is_said_only_within_two_percent_below(exact, round_figure, honest):
    assert figures.is_nearly(figures.number_in(exact), figures.number_in(round_figure)) is honest


def of_funds(*asked):
    """The block's HTML for these ledger figures."""
    block = ImpactFiguresBlock()
    plain = {"fund": "all", "position": "raised", "words": "", "round_to": ""}
    return block.render(block.normalize({"heading": "", "figures": [("ledger", {**plain, **each}) for each in asked]}))


def test_a_figure_from_the_ledger_says_nearly_and_beneath_it_the_exact_sum_and_its_day(people):
    fund = funds.nurse_fund()
    grants.give(fund, "493,250", by=people.finance_officer)
    shown = of_funds({"fund": "NURSE", "round_to": "£500,000", "words": "raised since 2010"})
    assert "nearly £500,000" in shown
    assert "raised since 2010" in shown
    assert f"Exactly £493,250.00, from our books on {stories.today():%-d %B %Y}." in shown
    grants.give(fund, "10,000", by=people.finance_officer, key="gift:2")
    shown = of_funds({"fund": "NURSE", "round_to": "£500,000"})
    assert "nearly" not in shown
    assert "£503,250" in shown


@pytest.mark.parametrize(
    ("position", "sum_"), [("raised", "£50,000"), ("allocated", "£12,000"), ("paid", "£0"), ("remaining", "£38,000")]
)
def test_every_position_of_a_fund_can_be_asked(people, position, sum_):
    fund = funds.nurse_fund()
    grants.board(people)
    grants.give(fund, "50,000", by=people.finance_officer)
    application = grants.proposal(grants.programme(fund), by=people.grants_officer)
    grants.carried(grants.opened(application, (fund, "12,000"), by=people.grants_officer), people)
    assert f">{sum_}<" in of_funds({"fund": "NURSE", "position": position})


def test_a_fund_that_is_gone_leaves_its_figure_out(people):
    funds.general_fund()
    assert of_funds({"fund": "NOWHERE"}, {"fund": "all", "words": "in all"}).count('class="key-figure"') == 1


def test_ten_figures_cost_two_queries(people, django_assert_max_num_queries):
    funds.general_fund()
    with django_assert_max_num_queries(2):
        of_funds(*[{"fund": "all"}, {"fund": "GENERAL"}] * 5)


TYPED = {"figure": "112", "words": "people seen", "round_to": "", "source": "Yearly report", "as_of": "2026-03-31"}


def test_a_typed_figure_names_its_source_and_day():
    block = ImpactFiguresBlock()
    value = block.to_python({"heading": "", "figures": [{"type": "typed", "value": {**TYPED, "source_url": ""}}]})
    shown = block.render(value)
    assert "112" in shown
    assert "Yearly report, 31 March 2026." in shown


@pytest.mark.parametrize("missing", ["figure", "words", "source", "as_of"])
def test_a_typed_figure_without_source_or_day_is_refused(missing):
    block = TypedFigureBlock()
    with pytest.raises(StructBlockValidationError):
        block.clean(block.to_python({**TYPED, missing: None}))


@pytest.mark.parametrize(("exact", "nearly"), [("97", "100"), ("101", "100"), ("many", "100"), ("99", "a lot")])
def test_a_typed_nearly_that_is_not_near_is_refused(exact, nearly):
    block = TypedFigureBlock()
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(block.to_python({**TYPED, "figure": exact, "round_to": nearly}))
    assert "2 %" in str(refused.value.block_errors["round_to"])


def test_figures_of_both_kinds_stand_in_the_editors_order(people):
    funds.general_fund()
    block = ImpactFiguresBlock()
    ledger = {"fund": "all", "position": "raised", "words": "the first", "round_to": ""}
    typed = {**TYPED, "words": "the second", "source_url": ""}
    value = {"heading": "", "figures": [{"type": "ledger", "value": ledger}, {"type": "typed", "value": typed}]}
    shown = block.render(block.to_python(value))
    assert shown.index("the first") < shown.index("the second")
    with pytest.raises((StructBlockValidationError, StreamBlockValidationError)):
        block.clean(block.to_python({"heading": "", "figures": []}))


# ---- accreditations


def awarded(**more):
    """A centre of excellence, for two years."""
    facts = {
        "title": "Centre of excellence", "begins_on": stories.today() - timedelta(9),
        "ends_on": stories.today() + timedelta(days=60), "evidence_url": "https://example.org/register",
    }  # fmt: skip
    body = more.pop("body", None) or stories.an_organisation()
    return Accreditation.objects.create(body=body, **{**facts, **more})


def shown(*accreditations):
    """The block's HTML, as a page reads it."""
    block = AccreditationsBlock()
    return block.render(block.to_python({"heading": "Proof", "accreditations": [each.pk for each in accreditations]}))


def test_an_accreditation_is_told_in_words_with_its_body_and_its_years():
    page = shown(awarded())
    assert "Centre of excellence" in page
    assert "Awarded by Lighthouse Society (demo)" in page
    assert "<img" not in page
    assert 'href="https://example.org/register"' in page


@pytest.mark.parametrize(
    "facts",
    [
        {"ends_on": stories.today() - timedelta(days=1)},
        {"begins_on": stories.today() + timedelta(days=1)},
        {"live": False},
    ],
)
def test_one_that_does_not_stand_today_is_left_out(facts):
    assert "Centre of excellence" not in shown(awarded(**facts))


def test_it_is_still_claimed_on_its_last_day():
    assert "Centre of excellence" in shown(awarded(ends_on=stories.today()))


@pytest.mark.parametrize(
    ("facts", "law"),
    [
        ({"ends_on": "2001-01-01"}, "accreditation_ends_after_it_begins"),
        ({"evidence_url": ""}, "accreditation_is_published_with_evidence"),
    ],
)
def test_the_database_refuses_a_claim_that_cannot_be(facts, law):
    with pytest.raises(IntegrityError, match=law), transaction.atomic():
        awarded(**facts)


@pytest.mark.parametrize("count", [5, 50])
def test_accreditations_cost_one_query(count, django_assert_num_queries):
    body = stories.an_organisation()
    all_of_them = [awarded(body=body, title=f"Mark {number}") for number in range(count)]
    with django_assert_num_queries(1):
        assert shown(*all_of_them).count("accreditation__title") == count


# ---- what was funded


@pytest.fixture
def award(people) -> Award:
    """£12,000 for a nurse, accepted; £4,000 of it paid."""
    fund = funds.nurse_fund()
    grants.board(people)
    grants.give(fund, "50,000", by=people.finance_officer)
    application = grants.proposal(grants.programme(fund), by=people.grants_officer)
    made = grants.carried(grants.opened(application, (fund, "12,000"), by=people.grants_officer), people)
    grants.accepted(made, people)
    grants.paid(grants.planned(made, people, "4,000", "8,000")[0], people)
    made.refresh_from_db()
    return made


def telling(award, **more):
    """The award as it is told."""
    facts = {"kind": ImpactKind.POST, "title": "A nurse who picks up", "text": "She knows every clinic."}
    return ImpactItem.objects.create(award=award, **{**facts, **more})


def test_an_award_is_told_with_the_ledgers_sums(award):
    block = ImpactItemsBlock()
    page = block.render(block.to_python({"heading": "What you funded", "items": [telling(award).pk]}))
    assert "A nurse who picks up" in page
    assert "A post" in page
    assert re.search(r"<strong>£12,000</strong> promised, £4,000 paid so far", page)
    assert "to Eastquay Hospital (demo)" in page


def test_an_award_is_told_once(award):
    telling(award)
    with pytest.raises(IntegrityError, match="award_is_told_once"), transaction.atomic():
        telling(award)


def test_a_draft_is_not_told(award):
    ImpactItem.objects.filter(pk=telling(award).pk).update(live=False)
    assert not ImpactItem.objects.for_cards().exists()


def test_an_award_that_nobody_has_been_told_of_is_not_told_here(people):
    fund = funds.nurse_fund()
    grants.board(people)
    grants.give(fund, "50,000", by=people.finance_officer)
    application = grants.proposal(grants.programme(fund), by=people.grants_officer)
    resolved = grants.carried(grants.opened(application, (fund, "12,000"), by=people.grants_officer), people)
    telling(resolved)
    assert resolved.state == AwardState.RESOLVED
    assert not ImpactItem.objects.for_cards().exists()


def test_the_impact_page_shows_what_was_funded(client, award):
    home = stories.a_site()
    telling(award)
    home.add_child(instance=ImpactPage(title="Where your money goes", slug="where-your-money-goes"))
    page = client.get("/where-your-money-goes/").content.decode()
    assert "What you funded" in page
    assert "A nurse who picks up" in page
    assert pounds("12,000").exact.removesuffix(".00") in page
