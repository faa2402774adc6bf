"""Who said it, in which role at the time; and who holds which role now."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from wagtail.blocks import StructBlockValidationError

from content.blocks.quotes import PullQuoteBlock
from content.models import Appointment, Person
from content.models.endorsement import EndorsementCard
from tests.factories import stories

pytestmark = pytest.mark.django_db
PLAIN = {"quote": "One lamp.", "manner": "direct", "person": None, "speaker": "", "role_then": "", "said_on": None}


@pytest.fixture
def mooring():
    """Mr Mooring, who led the network until March 2021, and has a garden now."""
    person = stories.a_person("Mr Barnaby Mooring", role="Retired surgeon", post_nominals="MB BS")
    network = stories.an_organisation("Solent Network (demo)")
    held = {"person": person, "role": "Lead clinician", "organisation": network}
    Appointment.objects.create(**held, begins_on=date(2005, 4, 1), ends_on=date(2021, 3, 31))
    return person


def shown(**facts) -> str:
    """A pull quote as a page shows it."""
    block = PullQuoteBlock()
    return block.render(block.bulk_to_python([{**PLAIN, **facts}])[0])


def test_words_as_they_were_said_are_a_quotation():
    page = shown(speaker="Coral Anchorley", role_then="Founder")
    assert "<blockquote" in page
    assert "“One lamp.”" in page
    assert "Coral Anchorley" in page
    assert "Founder" in page


def test_reported_words_carry_no_marks_and_say_so():
    page = shown(speaker="Coral Anchorley", manner="reported")
    assert "<blockquote" not in page
    assert "“" not in page
    assert "Reported, in our words" in page


def test_the_role_is_the_one_of_that_day(mooring):
    page = shown(person=mooring.pk, said_on="2019-05-14")
    assert "Lead clinician, Solent Network (demo)" in page
    assert "(in 2019)" in page
    assert "MB BS" in page
    assert "Retired surgeon" not in page


def test_after_he_handed_over_he_is_what_he_is_now(mooring):
    assert "Retired surgeon" in shown(person=mooring.pk, said_on="2022-05-14")
    assert "Retired surgeon" in shown(person=mooring.pk)


def test_an_editor_may_word_the_role_otherwise(mooring):
    page = shown(person=mooring.pk, said_on="2019-05-14", role_then="Founder")
    assert "Founder" in page
    assert "Lead clinician" not in page


def test_a_quote_goes_when_its_speaker_may_not_be_named(mooring):
    consent = stories.a_consent(expires_on=stories.today() - timedelta(days=1))
    Person.objects.filter(pk=mooring.pk).update(is_lived_experience=True, consent=consent)
    assert shown(person=mooring.pk).strip() == ""


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"quote": "word " * 300, "speaker": "Coral"}, "quote", "has up to 80 words; this has 300"),
        ({}, "speaker", "one of the two"),
    ],
)
def test_a_quote_that_cannot_be_is_refused_in_words(facts, field, sentence):
    block = PullQuoteBlock()
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(block.to_python({**PLAIN, **facts}))
    assert sentence in str(refused.value.block_errors[field])


def test_a_quote_has_one_speaker(mooring):
    block = PullQuoteBlock()
    with pytest.raises(StructBlockValidationError):
        block.clean(block.to_python({**PLAIN, "person": mooring.pk, "speaker": "Coral"}))


def test_who_leads_now_and_who_led_before(mooring):
    network = Appointment.objects.get().organisation
    spindrift = stories.a_person("Mr Jasper Spindrift")
    Appointment.objects.create(
        person=spindrift, role="Lead clinician", organisation=network, begins_on=date(2021, 4, 1)
    )
    assert [each.person for each in network.appointments.held()] == [spindrift]
    assert [each.person for each in network.appointments.held(date(2021, 3, 31))] == [mooring]
    assert [str(each) for each in network.appointments.all()] == ["Lead clinician, 2021–", "Lead clinician, 2005–2021"]


def test_an_appointment_does_not_end_before_it_begins(mooring):
    with pytest.raises(IntegrityError, match="appointment_ends_after_it_begins"), transaction.atomic():
        Appointment.objects.update(ends_on=date(2001, 1, 1))


@pytest.mark.parametrize("count", [5, 50])
def test_fifty_quotes_cost_as_many_queries_as_five(count, django_assert_max_num_queries):
    said = [stories.a_person(f"Person {number}").pk for number in range(count)]
    block = PullQuoteBlock()
    with django_assert_max_num_queries(4):
        values = block.bulk_to_python([{**PLAIN, "person": pk, "said_on": "2019-05-14"} for pk in said])
        assert all("Person" in block.render(value) for value in values)


def test_a_long_quote_opens_in_two_steps_at_the_end_of_a_sentence_and_no_word_is_lost():
    short = EndorsementCard(kind="person", quote="The nurse rang me.", name="Ottilie")
    assert (short.opening, short.rest) == ("The nurse rang me.", "")
    words = "She rang on Sunday. " * 20
    long = EndorsementCard(kind="person", quote=words, name="Ottilie")
    assert long.opening.endswith("Sunday.")
    assert f"{long.opening} {long.rest}" == words.strip()
    without_an_end = EndorsementCard(kind="person", quote="and then " * 60, name="Ottilie")
    assert without_an_end.rest == ""
