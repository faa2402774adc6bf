"""The facts of an appeal: written by fundraisers; the words of an amount are said once Finance has approved them."""

from datetime import date

import pytest
from django.urls import reverse

from donations.models import Appeal, SuggestedAmount

pytestmark = pytest.mark.django_db


def answers(appeal: Appeal, *amounts: dict[str, object], **changed: object) -> dict[str, object]:
    """The form as it stands, with these lines of suggested amounts."""
    sent: dict[str, object] = {
        "name": appeal.name,
        "slug": appeal.slug,
        "fund": appeal.fund_id,
        "purpose": appeal.purpose_id,
        "secondary_purpose": appeal.secondary_purpose,
        "target": "50,000",
        "minimum": "2",
        "maximum": "25000",
        "opens_on": "2020-01-01",
        "by_card": "on",
        "closes_on": "",
        "fees_from": "",
        "suggested-TOTAL_FORMS": len(amounts),
        "suggested-INITIAL_FORMS": sum("id" in amount for amount in amounts),
        **changed,
    }
    for number, amount in enumerate(amounts):
        sent |= {f"suggested-{number}-{name}": value for name, value in amount.items()}
    return sent


def line(amount: SuggestedAmount, **changed: object) -> dict[str, object]:
    """An amount's line as it stands."""
    sent = {"id": amount.pk, "amount": str(amount.money), "pays_for": amount.pays_for}
    return {**sent, **({"approved": "on"} if amount.approved else {}), **changed}


def save(client, appeal: Appeal, *amounts: dict[str, object], **changed: object):
    return client.post(reverse("appeals:edit", args=[appeal.pk]), answers(appeal, *amounts, **changed))


def test_a_fundraiser_opens_an_appeal_with_its_amounts(people, signed_in, nurse_fund):
    template = Appeal(
        name="Harbour walk", slug="harbour-walk", fund=nurse_fund, purpose=nurse_fund.purposes.get(),
        secondary_purpose="The nurse's training.",
    )  # fmt: skip
    sent = answers(template, {"amount": "10", "pays_for": "pays for a visit", "approved": "on"}, minimum="5.50")
    answer = signed_in(people.fundraiser).post(reverse("appeals:add"), sent)
    assert answer.status_code == 302, answer.content.decode()[-4000:]
    made = Appeal.objects.get(slug="harbour-walk")
    assert (made.target_pence, made.minimum_pence, made.opens_on) == (5_000_000, 550, date(2020, 1, 1))
    amount = made.suggested_amounts.get()
    assert (amount.pence, amount.pays_for, amount.approved) == (1000, "pays for a visit", False)


def test_a_fundraiser_cannot_approve_the_words_by_hand_made_forms(people, signed_in, nurse_appeal):
    amount = nurse_appeal.suggested_amounts.first()
    SuggestedAmount.objects.update(approved=False)
    save(signed_in(people.fundraiser), nurse_appeal, line(amount, approved="on"))
    assert not SuggestedAmount.objects.get(pk=amount.pk).approved


def test_finance_approves_the_words(people, signed_in, nurse_appeal):
    amount = nurse_appeal.suggested_amounts.first()
    SuggestedAmount.objects.update(approved=False)
    answer = save(signed_in(people.finance_officer), nurse_appeal, line(amount, approved="on"))
    assert answer.status_code == 302
    assert SuggestedAmount.objects.get(pk=amount.pk).approved


def test_words_that_a_fundraiser_changes_are_no_longer_approved(people, signed_in, nurse_appeal):
    amount = nurse_appeal.suggested_amounts.first()
    save(signed_in(people.fundraiser), nurse_appeal, line(amount, pays_for="pays for two visits"))
    changed = SuggestedAmount.objects.get(pk=amount.pk)
    assert (changed.pays_for, changed.approved, changed.approved_words) == ("pays for two visits", False, "")


def test_words_that_nobody_changes_stay_approved(people, signed_in, nurse_appeal):
    amount = nurse_appeal.suggested_amounts.first()
    assert save(signed_in(people.fundraiser), nurse_appeal, line(amount), name="Nurses").status_code == 302
    assert SuggestedAmount.objects.get(pk=amount.pk).approved


def test_an_amount_is_suggested_once(people, signed_in, nurse_appeal):
    first = nurse_appeal.suggested_amounts.first()
    page = save(signed_in(people.fundraiser), nurse_appeal, line(first), {"amount": "10.00", "pays_for": ""})
    assert "£10 is suggested twice." in page.content.decode()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"secondary_purpose": ""}, "Say what happens if too much or too little is given."),
        ({"maximum": "1"}, "Enter at least £2, the smallest gift."),
        ({"minimum": "two"}, "Enter an amount in pounds, like 25 or 12.50."),
        ({"closes_on": "2019-01-01"}, "An appeal closes after it opens."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_saved(people, signed_in, nurse_appeal, changed, sentence):
    page = save(signed_in(people.fundraiser), nurse_appeal, **{"name": "Changed", **changed})
    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert Appeal.objects.get().name == "A nurse for our coast"


def test_a_fund_must_serve_the_purpose(people, signed_in, nurse_appeal):
    from tests.factories import funds

    page = save(signed_in(people.fundraiser), nurse_appeal, purpose=funds.purpose("research").pk)
    assert "Nurse Fund may not be used for “Research”." in page.content.decode()


def test_once_gifts_have_come_only_finance_says_where_new_ones_go(people, signed_in, nurse_appeal, gives_to_appeal):
    from tests.factories import funds

    general = funds.general_fund()
    turned = {"fund": general.pk, "purpose": general.purposes.first().pk}
    save(signed_in(people.fundraiser), nurse_appeal, **turned)
    nurse_appeal.refresh_from_db()
    assert nurse_appeal.fund.code == "NURSE"
    save(signed_in(people.finance_officer), nurse_appeal, **turned)
    nurse_appeal.refresh_from_db()
    assert nurse_appeal.fund == general
    gives_to_appeal.refresh_from_db()
    assert gives_to_appeal.fund.code == "NURSE"


def test_an_appeal_is_never_deleted(people, signed_in, nurse_appeal):
    gale = signed_in(people.administrator)
    assert gale.post(reverse("appeals:delete", args=[nurse_appeal.pk])).status_code == 302
    assert Appeal.objects.filter(pk=nurse_appeal.pk).exists()


@pytest.fixture
def gives_to_appeal(people, nurse_appeal):
    """A gift that answered the appeal."""
    from donations.actions import receiving
    from donations.ledger.money import Money
    from donations.models.donation import Method

    return receiving.record_gift(
        amount=Money(2500), fund=nurse_appeal.fund, method=Method.CHEQUE, received_on=date(2026, 3, 1),
        key="gift:test:appeal", by=people.finance_officer, appeal=nurse_appeal,
    )  # fmt: skip
