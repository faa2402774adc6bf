"""Nobody is quoted without permission for these very words; whoever looks after it hears before it ends."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data

from content import tasks
from content.actions import reminding
from content.models import Accreditation, Endorsement, EndorsementKind, Reminder
from tests.factories import stories

pytestmark = pytest.mark.django_db


def test_changed_words_are_not_published_under_the_old_permission():
    said = stories.an_endorsement()
    said.quote = "The lamp was lit, and it was splendid."
    with pytest.raises(IntegrityError, match="endorsement_is_published_in_the_words_permitted"), transaction.atomic():
        said.save()


def test_a_new_permission_covers_the_new_words():
    said = stories.an_endorsement()
    said.quote = "The lamp was lit, and it was splendid."
    said.permit(on=stories.today(), channel="email")
    said.save()
    assert said.may_be_shown()


def letter(**more):
    """A letter of two paragraphs."""
    facts = {
        "kind": EndorsementKind.LETTER, "person": stories.a_person(), "organisation": stories.an_organisation(),
        "full_text": "We read it.\n\nWe liked it.", "sign_off": "Yours, Rowan",
    }  # fmt: skip
    return stories.an_endorsement(**{**facts, **more})


def test_a_letter_is_permitted_as_a_whole():
    said = letter()
    assert said.may_be_shown()
    with pytest.raises(IntegrityError, match="words_permitted"), transaction.atomic():
        Endorsement.objects.filter(pk=said.pk).update(full_text="We did not read it.")


@pytest.mark.parametrize(
    ("facts", "law"),
    [
        ({"quote": "x" * 301, "permission_covers": ""}, "endorsing_letter_has_a_short_extract"),
        ({"full_text": ""}, "endorsing_letter_is_whole"),
        ({"sign_off": ""}, "endorsing_letter_is_whole"),
        ({"organisation": None}, "endorsing_letter_is_whole"),
    ],
)
def test_the_database_refuses_half_a_letter(facts, law):
    said = letter()
    Endorsement.objects.filter(pk=said.pk).update(live=False)
    with pytest.raises(IntegrityError, match=law), transaction.atomic():
        Endorsement.objects.filter(pk=said.pk).update(**facts)


def test_a_patient_is_quoted_only_with_consent():
    said = stories.a_patients_words(stories.a_consent())
    with pytest.raises(IntegrityError, match="endorsing_patient_has_consented"), transaction.atomic():
        Endorsement.objects.filter(pk=said.pk).update(consent=None)


def typed(said, **more):
    """An endorsement as the editor's form sends it."""
    return nested_form_data(
        {
            "kind": said.kind, "quote": said.quote, "full_text": "", "sign_off": "", "person": said.person_id or "",
            "organisation": "", "role": said.role, "affiliation": "", "interest_note": "", "chosen_name": "",
            "consent": "", "permission_given_on": said.permission_given_on or "", "permission_given_by": "",
            "permission_channel": said.permission_channel, "permission_expires_on": "", "owner": "", "go_live_at": "",
            "expire_at": "", **more,
        }
    )  # fmt: skip


def test_rocky_is_told_to_ask_again_when_he_edits_the_words(client, people):
    client.force_login(people.editor)
    said = stories.an_endorsement()
    address = reverse("wagtailsnippets_content_endorsement:edit", args=[said.pk])
    words = "The lamp was lit, at last."
    answer = client.post(address, typed(said, quote=words, **{"action-publish": "1"}))
    assert "The words have changed since permission was given" in answer.content.decode()
    assert words in answer.content.decode()
    assert Endorsement.objects.get().quote == "The lamp was lit."

    assert client.post(address, typed(said, quote=words)).status_code == 302  # a draft may be written
    answer = client.post(address, typed(said, quote=words, **{"action-publish": "1"}))
    assert "The words have changed since permission was given" in answer.content.decode()

    asked = {"permission_given_on": stories.today().isoformat(), "action-publish": "1"}
    assert client.post(address, typed(said, quote=words, **asked)).status_code == 302
    said = Endorsement.objects.get()
    assert (said.quote, said.live, said.owner) == (words, True, people.editor)


def test_a_draft_without_permission_is_saved_and_not_published(client, people):
    client.force_login(people.editor)
    said = Endorsement(kind="person", quote="Half a thought", person=stories.a_person(), role="Nurse")
    address = reverse("wagtailsnippets_content_endorsement:add")
    answer = client.post(address, typed(said, **{"action-publish": "1"}))
    assert "Nothing is published without permission" in answer.content.decode()
    assert "Half a thought" in answer.content.decode()
    assert client.post(address, typed(said)).status_code == 302
    assert not Endorsement.objects.get().live


@pytest.mark.parametrize(("left", "days"), [(90, 90), (61, 61), (30, 30), (0, 0)])
def test_whoever_looks_after_it_hears_before_it_ends(people, left, days):
    stories.an_endorsement(owner=people.editor, until=stories.today() + timedelta(days=left))
    assert reminding.remind(today=stories.today()) == 1
    reminder = Reminder.objects.get()
    assert reminder.to == people.editor.email
    tasks.send_reminder(reminder=reminder.pk)
    tasks.send_reminder(reminder=reminder.pk)
    (letter,) = mail.outbox
    assert letter.to == [people.editor.email]
    assert ("last day" if left == 0 else f"{days} days left") in letter.subject
    assert "Dr Rowan Pebblecombe" in letter.body


def test_each_threshold_is_said_once(people):
    ends = stories.today() + timedelta(days=95)
    stories.an_endorsement(owner=people.editor, until=ends)
    written = [reminding.remind(today=stories.today() + timedelta(days=day)) for day in range(110)]
    assert sum(written) == 3
    assert [day for day, count in enumerate(written) if count] == [5, 65, 95]


def test_consents_and_accreditations_are_reminded_of_too(people):
    soon = stories.today() + timedelta(days=20)
    stories.a_consent(owner=people.editor, expires_on=soon)
    Accreditation.objects.create(
        title="Centre of excellence", body=stories.an_organisation(), begins_on="2020-01-01", ends_on=soon,
        evidence_url="https://example.org/register", owner=people.editor,
    )  # fmt: skip
    assert reminding.remind(today=stories.today()) == 2


def test_what_nobody_looks_after_is_in_the_report_and_no_letter_goes(client, people):
    stories.an_endorsement(until=stories.today() + timedelta(days=20))
    stories.a_consent("Tansy Pool", expires_on=stories.today() - timedelta(days=12))
    assert reminding.remind(today=stories.today()) == 0
    client.force_login(people.editor)
    report = client.get(reverse("what_runs_out:index")).content.decode()
    assert "Consent of Tansy Pool" in report
    assert "Ended" in report
    assert "20 days" in report
    assert "Nobody" in report
    client.force_login(people.grants_officer)
    assert client.get(reverse("what_runs_out:index")).status_code == 403


def test_a_companys_interest_stands_as_large_as_the_role():
    from pathlib import Path

    sheet = (Path(__file__).parents[2] / "site/almoner/static/almoner/components/endorsements.css").read_text()
    for name in ("endorsement__role", "endorsement__interest"):
        (rule,) = [line for line in sheet.splitlines() if line.startswith(f".{name} ")]
        assert "font-size" not in rule  # both are the size of the lines beneath a quote
