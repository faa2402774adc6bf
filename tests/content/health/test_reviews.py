"""A review is of the whole page. Its dates stand at the foot, a missed one too, and no page goes because of it."""

import re
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import Site

from content.models import ConsentRecord, InfoPage, Person, ReviewSettings, TreatmentPage
from content.models.review import months_after
from tests.content.health.conftest import page_of
from tests.factories.stories import a_consent

pytestmark = pytest.mark.django_db


def read(client, page) -> str:
    """The words of the page as a reader meets them."""
    return " ".join(re.sub(r"<[^>]+>", " ", client.get(page.get_url()).content.decode()).split())


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 3, 2), 36, date(2029, 3, 2)),
        (date(2024, 2, 29), 36, date(2027, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
    ],
)
def test_the_next_review_is_on_the_same_day_of_a_later_month(day, months, then):
    assert months_after(day, months) == then


def test_the_foot_says_when_the_page_was_reviewed_by_whom_and_when_it_will_be_again(client, treatments):
    words = read(client, treatments)
    assert "Last reviewed in full 2 March 2026" in words
    assert "Reviewed by Dr Rowan Pebblecombe FRCP, Oncologist" in words
    assert "Next review due 2 March 2029" in words


def test_authors_and_lay_readers_are_named(client, treatments):
    treatments.authors.set([Person.objects.create(name="Hester Fairlead")])
    treatments.lay_reviewers.set([perran()])
    treatments.save()
    words = read(client, treatments)
    assert "Written by Hester Fairlead" in words
    assert "Read by people who live with this Perran T." in words


def perran(**consent) -> Person:
    """Somebody who lives with the illness, and has agreed that we say so."""
    return Person.objects.create(name="Perran T.", is_lived_experience=True, consent=a_consent("Perran", **consent))


def test_a_lay_reader_is_named_only_while_their_consent_stands(client, treatments):
    reader = perran(expires_on=timezone.localdate())
    treatments.lay_reviewers.set([reader, Person.objects.create(name="Nobody Asked")])
    treatments.save()
    words = read(client, treatments)
    assert "Perran T." in words
    assert "Nobody Asked" not in words
    ConsentRecord.objects.update(expires_on=timezone.localdate() - timedelta(days=1))
    assert "Perran T." not in read(client, treatments)


def test_an_editor_cannot_name_a_lay_reader_without_consent(treatments):
    stranger = Person.objects.create(name="Nobody Asked")
    form = form_of(treatments, lay_reviewers=[stranger.pk])
    assert not form.is_valid()
    assert "Nobody Asked: Nothing is published without consent" in form.errors["lay_reviewers"][0]
    assert form_of(treatments, lay_reviewers=[perran().pk]).is_valid()


def test_a_reviewer_who_was_taken_down_is_not_named(client, treatments, rowan):
    Person.objects.filter(pk=rowan.pk).update(live=False)
    assert "Rowan" not in read(client, treatments)


def test_an_overdue_page_says_that_its_date_was_missed_and_stays(client, treatments, rowan):
    missed = timezone.localdate() - timedelta(days=40)
    treatments.mark_reviewed(by=rowan, on=missed - timedelta(days=1000), next_on=missed)
    treatments.save_revision().publish()
    words = read(client, treatments)
    assert f"should have been reviewed by {missed:%-d %B %Y}, and we missed that date" in words
    assert "It comes out." in words


def test_on_its_very_day_a_review_is_not_overdue(treatments, rowan):
    treatments.mark_reviewed(by=rowan, on=date(2023, 1, 1), next_on=timezone.localdate())
    assert not treatments.is_overdue


def test_a_treatment_that_nobody_reviewed_says_so(client, hub):
    assert "no clinician has reviewed this page" in read(client, page_of(hub, slug="new"))


def test_a_page_that_is_not_about_health_says_nothing_of_reviews(client, hub):
    assert "About this page" not in read(client, page_of(hub, "Our groups", InfoPage, slug="groups"))


def test_a_change_after_the_review_is_told_and_moves_no_date(client, treatments):
    assert not treatments.has_changed_since
    treatments.body = [("text", "<h2>Surgery</h2><p>All of it comes out.</p>")]
    treatments.save_revision().publish()
    words = read(client, treatments)
    assert "Some words have changed since that review" in words
    assert "Last reviewed in full 2 March 2026" in words


def test_the_same_words_in_blocks_of_other_numbers_are_the_same_words(treatments):
    treatments.body = [("text", "<h2>Surgery</h2><p>It comes out.</p>")]
    assert not treatments.has_changed_since


def test_the_database_refuses_a_next_review_before_the_last(treatments):
    with pytest.raises(IntegrityError, match="treatmentpage_is_reviewed_again_later"), transaction.atomic():
        TreatmentPage.objects.filter(pk=treatments.pk).update(next_review_on=date(2026, 3, 1))


def test_the_database_refuses_a_review_by_nobody(treatments):
    with pytest.raises(IntegrityError, match="treatmentpage_is_reviewed_by_somebody"), transaction.atomic():
        TreatmentPage.objects.filter(pk=treatments.pk).update(reviewer=None)


# ---- in the editor's hands


def form_of(page, **typed):
    """The editor's form, saved with what was typed."""
    from django.contrib.auth import get_user_model
    from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

    editor, _ = get_user_model().objects.get_or_create(username="sandy", is_superuser=True)
    handler = page.get_edit_handler()
    said = {
        "title": page.title,
        "slug": page.slug,
        "standfirst": page.standfirst,
        "tone": page.tone,
        "body": streamfield([("text", rich_text("<p>It comes out.</p>"))]),
        "reviewed_on": page.reviewed_on or "",
        "next_review_on": page.next_review_on or "",
        "reviewer": page.reviewer_id or "",
        **typed,
    }
    chosen = {name: said.pop(name) for name in list(said) if isinstance(said[name], list)}
    kind = handler.get_form_class()
    return kind(nested_form_data(said) | chosen, instance=page, for_user=editor, parent_page=page.get_parent())


def test_a_corrected_word_leaves_the_dates_as_they_are(treatments):
    form = form_of(treatments)
    assert form.is_valid(), form.errors
    saved = form.save(commit=False)
    assert (saved.reviewed_on, saved.next_review_on) == (date(2026, 3, 2), date(2029, 3, 2))
    assert saved.has_changed_since


@pytest.mark.parametrize(
    ("field", "value"),
    [("reviewed_on", "2026-10-01"), ("next_review_on", "2035-01-01"), ("next_review_on", ""), ("reviewed_on", "")],
)
def test_no_date_moves_without_the_statement_that_the_whole_page_was_reviewed(treatments, field, value):
    form = form_of(treatments, **{field: value})
    assert not form.is_valid()
    assert "the box" in form.errors[field][0] or "that box" in form.errors[field][0]


def test_a_review_may_always_be_brought_forward(treatments):
    assert form_of(treatments, next_review_on="2027-01-01").is_valid()


def test_the_statement_sets_today_and_three_years_from_now(treatments):
    form = form_of(treatments, whole_page_was_reviewed="on")
    assert form.is_valid(), form.errors
    saved = form.save(commit=False)
    today = timezone.localdate()
    assert saved.reviewed_on == today
    assert saved.next_review_on == months_after(today, 36)
    assert not saved.has_changed_since


def test_the_charity_decides_how_soon_a_page_is_reviewed_again(treatments, rowan):
    ReviewSettings.objects.create(site=Site.objects.get(is_default_site=True), months=12)
    form = form_of(treatments, whole_page_was_reviewed="on")
    assert form.is_valid(), form.errors
    assert form.save(commit=False).next_review_on == months_after(timezone.localdate(), 12)
    treatments.mark_reviewed(by=rowan, on=date(2026, 3, 2))
    assert treatments.next_review_on == date(2027, 3, 2)


def test_a_review_of_an_earlier_day_may_be_written_down(treatments):
    form = form_of(treatments, whole_page_was_reviewed="on", reviewed_on="2026-10-01", next_review_on="2027-10-01")
    assert form.is_valid(), form.errors
    assert form.save(commit=False).reviewed_on == date(2026, 10, 1)


def test_a_review_needs_a_reviewer_and_cannot_be_in_the_future(treatments):
    form = form_of(treatments, whole_page_was_reviewed="on", reviewer="", reviewed_on="2999-01-01")
    assert not form.is_valid()
    assert {"reviewer", "reviewed_on"} <= form.errors.keys()


def test_the_editors_screen_has_the_statement_beside_the_dates(client, treatments, people):
    client.force_login(people.editor)
    screen = client.get(f"/admin/pages/{treatments.pk}/edit/").content.decode()
    assert "The whole page was reviewed" in screen
    assert "Readers see these at the foot of the page." in screen
    assert 'name="tone"' in screen
