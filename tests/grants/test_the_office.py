"""Staff at their desks: from the proposal to the payment through the admin. What is wrong is said, and nothing lost."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from donations.ledger import balances, posting
from donations.ledger.money import pounds
from grants import publishing
from grants.actions import awarding, paying
from grants.models import (
    Application,
    Award,
    AwardState,
    Choice,
    Instalment,
    InstalmentState,
    Programme,
    Resolution,
    ResolutionState,
)
from tests.factories import funds, grants

pytestmark = pytest.mark.django_db


def words(answer) -> str:
    """What a reader sees of it, on one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def day(days: int = 0) -> str:
    """As somebody would type it."""
    return (timezone.localdate() + timedelta(days=days)).strftime("%d/%m/%Y")


def press(client: Client, views: str, name: str, thing, **typed: str) -> str:
    """Send one of the forms about a thing; what the next page says."""
    answer = client.post(reverse(f"{views}:{name}", args=[thing.pk]), typed, follow=True)
    return words(answer)


def test_a_grant_goes_through_the_office(people, board, nurse_fund, general, programme, signed_in):
    delphine, pearl, sandy = (
        signed_in(each) for each in (people.grants_officer, people.finance_officer, people.treasurer)
    )
    typed = {
        "programme": programme.pk, "title": "A nurse at Eastquay", "organisation": "Eastquay Hospital (demo)",
        "organisation_number": "", "requested": "£52,000", "summary": "A nurse for three years.",
    }  # fmt: skip
    page = delphine.post(reverse("enter_application:form"), typed, follow=True)
    application = Application.objects.get()
    assert f"{application.reference} is entered." in words(page)

    from_nurses, from_general = f"fund_{nurse_fund.pk}", f"fund_{general.pk}"
    told = press(
        delphine, "applications", "resolution", application, text="We ask for a nurse.",
        **{from_nurses: "40,000", from_general: "12000"}, deadline_day=day(14), deadline_time="18:00",
    )  # fmt: skip
    resolution = Resolution.objects.get()
    assert f"{resolution.reference} is drafted." in told
    assert "is before the board" in press(delphine, "resolutions", "open", resolution)
    assert "0 of 5" in words(delphine.get(reverse("resolutions:inspect", args=[resolution.pk])))

    grants.no_conflict(resolution, *people.trustees)
    grants.votes(resolution, Choice.APPROVE, *people.trustees)
    award = Award.objects.get()
    assert "Carried" not in told
    assert "To approve 5" in words(delphine.get(reverse("resolutions:inspect", args=[resolution.pk])))

    rows = {"form-TOTAL_FORMS": "6", "form-INITIAL_FORMS": "0"}
    rows |= {"form-0-amount": "30,000", "form-0-due_on": day(), "form-1-amount": "22000", "form-1-due_on": day(365)}
    assert "Planned: £30,000.00, £22,000.00." in press(delphine, "awards", "plan", award, **rows)
    press(delphine, "awards", "offer", award, expires_on=day(60))
    press(delphine, "awards", "accept", award, accepted_by="Dr Anchor, director")
    first = award.instalments.get(number=1)
    press(delphine, "instalments", "request", first)
    press(pearl, "instalments", "authorise", first)
    assert "It is ready to pay." in press(sandy, "instalments", "authorise", first)
    told = press(pearl, "instalments", "confirm", first, paid_on=day(), bank_reference="BACS 4711")
    assert "£30,000.00 is paid." in told
    for name in ("Delphine Driftwood", "Pearl Whelk", "Sandy Shoal", "BACS 4711", "£23,076.92"):
        assert name in told

    page = words(pearl.get(reverse("awards:inspect", args=[award.pk])))
    numbers = balances.of_award(award.reference)
    for amount in (numbers.allocated, numbers.paid, numbers.still_to_pay):
        assert amount.exact in page
    for row in publishing.of_programme(programme):
        fund, _, figures = row
        standing = (figures.raised, figures.allocated, figures.paid, figures.still_to_pay, figures.remaining)
        assert " ".join([fund.name, *(each.exact for each in standing)]) in page
    assert "£30,000.00" in words(pearl.get(reverse("awards:index")))


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("title", " ", "Enter a title."),
        ("requested", "twelve", "Enter an amount in pounds, like 25 or 12.50."),
        ("requested", "0", "Enter an amount of more than nothing."),
        ("programme", "", "Choose a programme."),
        ("summary", "", "Enter a summary."),
    ],
)
def test_a_proposal_with_a_mistake_is_given_back_with_a_sentence(people, programme, signed_in, field, typed, sentence):
    whole = {
        "programme": programme.pk, "title": "A nurse", "organisation": "Eastquay Hospital (demo)",
        "requested": "12,000", "summary": "What we would do with it.",
    }  # fmt: skip
    answer = signed_in(people.grants_officer).post(reverse("enter_application:form"), {**whole, field: typed})
    assert answer.status_code == 422
    assert sentence in words(answer)
    if field != "organisation":
        assert "Eastquay Hospital (demo)" in answer.content.decode(), "nothing that was typed is lost"
    assert not Application.objects.exists()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"text": ""}, "Write the paper."),
        ({"nurse": ""}, "Say how much at least one fund pays."),
        ({"nurse": "lots"}, "Enter an amount in pounds, like 25 or 12.50."),
        ({"deadline_day": "31/02/2027"}, "Enter a day like 31/03/2027."),
        ({"deadline_day": "01/02/2020"}, "The deadline is still to come."),
    ],
)
def test_a_paper_with_a_mistake_is_given_back_with_a_sentence(
    people, board, programme, nurse_fund, signed_in, changed, sentence
):
    application = grants.proposal(programme, by=people.grants_officer)
    typed = {"text": "We ask.", "nurse": "100", "deadline_day": day(14), "deadline_time": "18:00", **changed}
    typed[f"fund_{nurse_fund.pk}"] = typed.pop("nurse")
    address = reverse("applications:resolution", args=[application.pk])
    answer = signed_in(people.grants_officer).post(address, typed)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert not Resolution.objects.exists()


def test_a_fund_that_may_not_serve_the_purpose_is_not_offered(people, board, programme, signed_in):
    endowment = funds.endowment()
    address = reverse("applications:resolution", args=[grants.proposal(programme, by=people.grants_officer).pk])
    page = signed_in(people.grants_officer).get(address).content.decode()
    assert "From Nurse Fund, in pounds" in page
    assert endowment.name not in page


def test_without_rules_of_decision_a_resolution_says_what_is_missing(people, programme, nurse_fund, signed_in):
    application = grants.proposal(programme, by=people.grants_officer)
    told = press(
        signed_in(people.grants_officer), "applications", "resolution", application, text="We ask.",
        **{f"fund_{nurse_fund.pk}": "100"}, deadline_day=day(14), deadline_time="18:00",
    )  # fmt: skip
    assert "First enter the rules of decision" in told


def test_a_resolution_that_waits_is_reduced_by_a_new_version(people, resolution, nurse_fund, signed_in):
    posting.spend(pounds("45,000"), from_=nurse_fund, key="cost", by=people.finance_officer)
    grants.no_conflict(resolution, *people.trustees)
    grants.votes(resolution, Choice.APPROVE, *people.trustees)
    delphine = signed_in(people.grants_officer)
    page = words(delphine.get(reverse("resolutions:inspect", args=[resolution.pk])))
    assert "Nurse Fund has £5,000.00 left; this asks for £12,000.00." in page
    assert "Still waiting: Nurse Fund has £5,000.00 left" in press(delphine, "resolutions", "try-again", resolution)
    told = press(
        delphine, "resolutions", "new-version", resolution, text="Less.", **{f"fund_{nurse_fund.pk}": "4,000"},
        deadline_day=day(7), deadline_time="18:00",
    )  # fmt: skip
    assert "Version 2 is before the board." in told
    resolution.refresh_from_db()
    grants.no_conflict(resolution, *people.trustees)
    grants.votes(resolution, Choice.APPROVE, *people.trustees)
    assert Award.objects.get().amount == pounds("4,000")


def test_nobody_on_the_staff_learns_a_choice_before_the_close(people, resolution, signed_in):
    grants.no_conflict(resolution, *people.trustees)
    grants.votes(resolution, Choice.REJECT, *people.trustees[:4], reason="A whim of the tide.")
    for person in (people.grants_officer, people.finance_officer, people.administrator):
        client = signed_in(person)
        for views, pk in (("resolutions", resolution.pk), ("applications", resolution.application_id)):
            page = words(client.get(reverse(f"{views}:inspect", args=[pk])))
            assert "whim of the tide" not in page
            assert "To reject" not in page
        listed = words(client.get(reverse("resolutions:index")))
        assert "eject" not in listed


@pytest.mark.parametrize("who", ["requester", "first"])
def test_one_person_does_not_do_what_takes_three(people, resolution, signed_in, who):
    """Delphine is given every right, as may happen in a small office: her hands still count once."""
    from django.contrib.auth.models import Group

    award = grants.accepted(grants.carried(resolution, people), people)
    (instalment,) = grants.planned(award, people, "12,000")
    people.grants_officer.groups.add(Group.objects.get(name="Finance"))
    delphine = signed_in(people.grants_officer)
    press(delphine, "instalments", "request", instalment)
    if who == "first":
        paying.send_back(instalment=instalment, because="Again.", by=people.finance_officer)
        paying.request(instalment=instalment, by=grants.another_officer())
        press(delphine, "instalments", "authorise", instalment)
    told = press(delphine, "instalments", "authorise", instalment)
    expected = {
        "requester": "You requested this payment: two other people authorise it.",
        "first": "You have authorised this payment already: somebody else must be the second.",
    }
    assert expected[who] in told
    instalment.refresh_from_db()
    assert instalment.state == (InstalmentState.DUE if who == "requester" else InstalmentState.AUTHORISED_ONCE)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"paid_on": "31.12.2099", "bank_reference": "B"}, "This day is still to come."),
        ({"paid_on": "yesterday", "bank_reference": "B"}, "Enter a day like 31/03/2027."),
        ({"paid_on": "{today}", "bank_reference": ""}, "Enter the bank’s reference."),
    ],
)
def test_a_payment_is_confirmed_with_a_day_and_a_reference(people, resolution, signed_in, typed, sentence):
    award = grants.accepted(grants.carried(resolution, people), people)
    (instalment,) = grants.planned(award, people, "12,000")
    paying.request(instalment=instalment, by=people.grants_officer)
    paying.authorise(instalment=instalment, by=people.finance_officer)
    paying.authorise(instalment=instalment, by=people.treasurer)
    typed = {name: value.replace("{today}", day()) for name, value in typed.items()}
    assert sentence in press(signed_in(people.finance_officer), "instalments", "confirm", instalment, **typed)
    assert balances.of_award(award.reference).paid == pounds(0)


def test_a_refusal_of_the_ledger_is_said_on_the_page(people, resolution, signed_in):
    """The month is sealed: the payment cannot be dated into it."""
    award = grants.accepted(grants.carried(resolution, people), people)
    (instalment,) = grants.planned(award, people, "12,000")
    paying.request(instalment=instalment, by=people.grants_officer)
    paying.authorise(instalment=instalment, by=people.finance_officer)
    paying.authorise(instalment=instalment, by=people.treasurer)
    seal_up_to_last_month(people.finance_officer)
    told = press(
        signed_in(people.finance_officer), "instalments", "confirm", instalment, bank_reference="B",
        paid_on=day(-timezone.localdate().day),
    )  # fmt: skip
    assert "The books are closed up to the end of" in told
    instalment.refresh_from_db()
    assert instalment.state == InstalmentState.AUTHORISED_TWICE


def seal_up_to_last_month(by) -> None:
    from donations.ledger import proving

    first = timezone.localdate().replace(day=1)
    proving.seal_month((first - timedelta(days=1)).replace(day=1), by=by)


def test_more_than_the_award_is_not_planned(people, resolution, signed_in):
    award = grants.carried(resolution, people)
    rows = {"form-TOTAL_FORMS": "6", "form-INITIAL_FORMS": "0", "form-0-amount": "12,000.01", "form-0-due_on": day()}
    told = press(signed_in(people.grants_officer), "awards", "plan", award, **rows)
    assert "These come to £12,000.01; £12,000.00 is left to plan." in told
    assert not Instalment.objects.exists()


def test_a_programme_takes_only_a_fund_that_serves_its_purpose(people, nurse_fund, signed_in):
    typed = {
        "name": "Scanners", "slug": "scanners", "purpose": funds.purpose("equipment").pk, "fund": nurse_fund.pk,
        "description": "",
    }  # fmt: skip
    told = words(signed_in(people.grants_officer).post(reverse("programmes:add"), typed))
    assert "Nurse Fund may not be used for" in told
    assert not Programme.objects.exists()


def test_a_button_pressed_late_says_how_it_stands(people, resolution, signed_in):
    award = grants.carried(resolution, people)
    awarding.lapse(award=award, because="Not taken up.", by=people.grants_officer)
    delphine = signed_in(people.grants_officer)
    told = words(delphine.get(reverse("awards:offer", args=[award.pk]), follow=True))
    assert "This cannot be done now" in told
    assert "somebody may have been quicker" in press(delphine, "awards", "offer", award, expires_on="")
    award.refresh_from_db()
    assert award.state == AwardState.LAPSED
    assert Resolution.objects.get(pk=resolution.pk).state == ResolutionState.CARRIED
