"""The verbs refuse what a law forbids: as the fact that callers catch, in words for people, with nothing written."""

from datetime import date

import pytest
from django.db import Error, transaction
from django.db.utils import IntegrityError

from donations.ledger import exceptions, posting, proving
from donations.ledger.exceptions import LedgerError
from donations.ledger.models import Entry, Fund
from donations.ledger.money import Money, pounds
from donations.ledger.posting import Share
from tests.donations.ledger.refusing import GIVEN, TOMORROW_WEEK, assert_refused, named
from tests.factories import funds

pytestmark = pytest.mark.django_db

ONE = {"key": "new", "on": date(2026, 3, 1)}
POUND = pounds(1)


def on_a_1(verb, fund, amount):
    """A verb of awards, on A-1, for nurses."""
    return lambda s: verb(
        "A-1", shares=[Share(getattr(s, fund), amount)], purpose=funds.purpose("nurses"), by=s.by, **ONE
    )


def gift(amount=POUND, into="general", purpose=None, **more):
    """A gift."""
    return lambda s: posting.receive(
        amount, into=getattr(s, into), purpose=funds.purpose(purpose) if purpose else None, by=s.by, **{**ONE, **more}
    )


def transfer(amount, from_, to, because="Because.", **more):
    """A transfer."""
    return lambda s: posting.transfer(
        amount, from_=getattr(s, from_), to=getattr(s, to), because=because, by=s.by, **ONE, **more
    )


def reversal(key, because="Because."):
    """A reversal of the entry with this key."""
    return lambda s: posting.reverse(
        Entry.objects.get(source_key=key), because=because, by=s.by, key="new", on=date(2026, 3, 1)
    )


BY_VERB = [
    ("line_is_not_nothing", gift(Money(0))),
    ("line_is_not_nothing", gift(Money(-500))),
    ("entry_says_what_caused_it", gift(key="")),
    ("entry_source_key_once", gift(key="gift:GENERAL")),
    ("period_is_open", gift(on=date(2026, 1, 31))),
    ("entry_has_happened", gift(on=TOMORROW_WEEK)),
    ("fund_serves_purpose", gift(into="nurse", purpose="equipment")),
    ("no_over_allocation", on_a_1(posting.reserve, "nurse", Money(60_01))),
    ("no_over_allocation", transfer(pounds(101), "general", "nurse")),
    ("no_over_allocation_for_purpose", transfer(pounds(10), "general", "nurse", from_purpose=None)),
    ("award_paid_within_awarded", on_a_1(posting.pay, "nurse", Money(20_01))),
    ("award_paid_within_awarded", on_a_1(posting.pay, "general", Money(1))),
    ("award_paid_within_awarded", on_a_1(posting.cut, "nurse", Money(20_01))),
    ("award_paid_within_awarded", on_a_1(posting.recover, "nurse", Money(10_01))),
    ("award_reserved_not_negative", on_a_1(posting.award, "nurse", Money(10_01))),
    ("award_reserved_not_negative", on_a_1(posting.release, "nurse", Money(10_01))),
    ("restricted_money_needs_authority", transfer(pounds(1), "nurse", "general")),
    ("capital_is_kept", lambda s: posting.reserve(
        "A-2", shares=[Share(s.endowment, pounds(1))], purpose=funds.purpose("any"), by=s.by, **ONE)),
    ("fund_is_open", transfer(pounds(1), "old", "general")),
    ("transfer_and_reversal_give_a_reason", transfer(pounds(1), "general", "nurse", because="")),
    ("transfer_and_reversal_give_a_reason", reversal("gift:GENERAL", because="")),
    ("entry_reversed_once", reversal("cost:twice")),
    ("reversal_mirrors_its_entry", reversal("reverse:cost:twice")),
    ("months_sealed_in_order", lambda s: proving.seal_month(date(2026, 3, 1), by=s.by)),
    ("month_is_over", lambda s: proving.seal_month(date.today(), by=s.by)),
]  # fmt: skip


@pytest.mark.parametrize(("law", "deed"), BY_VERB, ids=named(BY_VERB))
def test_a_law_broken_through_a_verb_is_refused_and_nothing_is_written(stage, law, deed):
    if law == "no_over_allocation_for_purpose":  # the general fund's money is all for nurses now
        posting.set_aside(
            pounds(95), in_=stage.general, from_purpose=funds.purpose("any"), to_purpose=funds.purpose("nurses"),
            because="Nurses first.", key="aside", by=stage.by, on=GIVEN,
        )  # fmt: skip
    before = Entry.objects.count()
    with pytest.raises(LedgerError) as refused:
        deed(stage)
    assert_refused(refused.value, law)
    assert Entry.objects.count() == before
    assert proving.prove().holds


def test_a_gift_to_a_fund_without_a_usual_purpose_asks_for_one(stage):
    bare = funds.fund("BARE", "Bare Fund", "any")
    bare.served.update(usual=False)
    with pytest.raises(LedgerError) as refused:
        posting.receive(pounds(1), into=bare, key="new", by=stage.by)
    assert_refused(refused.value, "fund_has_a_usual_purpose")


def test_the_past_is_not_edited_through_the_models_either(stage):
    gift_to_nurses = Entry.objects.get(source_key="gift:NURSE")
    for deed in (
        lambda: Entry.objects.filter(pk=gift_to_nurses.pk).update(narrative="x"),
        lambda: gift_to_nurses.lines.update(amount=1),
        lambda: gift_to_nurses.lines.all().delete(),
    ):
        with pytest.raises(Error) as error, transaction.atomic():
            deed()
        assert exceptions.as_fact(error.value).constraint == "append_only"
    with pytest.raises(IntegrityError) as fixed, transaction.atomic():
        Fund.objects.filter(code="NURSE").update(fund_class="unrestricted")
    assert exceptions.as_fact(fixed.value).constraint == "meaning_is_fixed"


@pytest.mark.parametrize(
    ("deed", "sentence"),
    [
        (on_a_1(posting.reserve, "nurse", pounds(61)), "Nurse Fund has £60.00 left."),
        (on_a_1(posting.pay, "nurse", pounds(21)), "Award A-1 has £20.00 still owed from Nurse Fund."),
        (on_a_1(posting.pay, "general", pounds(1)), "Award A-1 has £0.00 still owed from General Fund."),
        (on_a_1(posting.award, "nurse", pounds(11)), "Award A-1 has £10.00 reserved from Nurse Fund."),
        (gift(on=date(2025, 12, 31)), "The books are closed up to the end of January 2026."),
        (gift(into="nurse", purpose="research"), "This fund may not be used for that purpose."),
        (transfer(pounds(1), "nurse", "general"), "Restricted money leaves its fund only with a recorded authority."),
    ],
)
def test_a_refusal_says_who_has_how_much_left(stage, deed, sentence):
    with pytest.raises(LedgerError) as refused:
        deed(stage)
    assert refused.value.sentence == sentence
