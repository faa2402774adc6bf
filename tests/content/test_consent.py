"""Somebody told us their story. They may take it back, and then it is gone: from every place where it could be seen."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import Page, PageLogEntry, Revision
from wagtail.search import index

from content import edition
from content.actions import consenting
from content.exceptions import NoReasonGiven
from content.models import (
    CampaignPage,
    CharityRendition,
    ConsentRecord,
    Endorsement,
    InfoPage,
    Person,
    StoryPage,
)
from tests.factories import stories

pytestmark = pytest.mark.django_db
ADDRESS = "/stories/the-call/"


@pytest.fixture
def home():
    return stories.a_site()


@pytest.fixture
def junipers(home):
    """Juniper's consent; her story with its picture, and a card elsewhere that leads to it."""
    consent = stories.a_consent()
    story = stories.a_story(stories.an_index(home), consent, picture=stories.a_picture(consent))
    stories.a_page_that_leads_to(home, story)
    index.insert_or_update_object(story)
    return consent


def places(client, rf, consent) -> dict[str, bool]:
    """Where the public can come across Juniper's story."""
    picture = consent.pictures.get()
    request = rf.get("/", HTTP_HOST="testserver")
    told = [each for page in Sitemap(request).items() for each in page.get_sitemap_urls(request)]
    return {
        "the page": client.get(ADDRESS).status_code == 200,
        "the list of stories": "periwinkle" in client.get("/stories/").content.decode(),
        "a card": "The call before the letter" in client.get("/next/").content.decode(),
        "search": bool(Page.objects.search("cormorant").get_queryset().count()),
        "the sitemap": any(ADDRESS in each["location"] for each in told),
        "the picture": client.get(f"/media/{picture.file.name}").status_code == 200,
        "a size of the picture": any(client.get(each.url).status_code == 200 for each in sizes(picture)),
    }


def sizes(picture) -> list:
    """Every size that was ever drawn."""
    return list(CharityRendition.objects.filter(image=picture))


def test_while_consent_stands_the_story_is_everywhere(client, rf, junipers):
    client.get(ADDRESS)
    assert all(places(client, rf, junipers).values())


def test_a_withdrawn_story_is_nowhere_from_that_moment(
    client, rf, junipers, people, django_capture_on_commit_callbacks
):
    client.get(ADDRESS)
    was_drawn = [each.url for each in sizes(junipers.pictures.get())]
    assert was_drawn
    with django_capture_on_commit_callbacks(execute=True):
        consenting.withdraw(consent=junipers, by=people.editor, because="Rang on Monday.")
    assert not any(places(client, rf, junipers).values())
    assert all(client.get(url).status_code == 404 for url in [ADDRESS, *was_drawn])
    assert not Redirect.objects.exists()


def test_a_job_that_comes_late_does_not_put_it_back_into_search(junipers, people):
    consenting.withdraw(consent=junipers, by=people.editor, because="Rang on Monday.")
    index.insert_or_update_object(junipers.stories.get())
    assert not Page.objects.search("Withdrawn").get_queryset().exists()


def test_a_story_whose_consent_runs_out_is_gone_at_midnight_before_any_job_has_run(client, rf, junipers, monkeypatch):
    junipers.expires_on = stories.today()
    junipers.save()
    assert client.get(ADDRESS).status_code == 200
    tomorrow = stories.today() + timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda value=None, tz=None: tomorrow)
    seen = places(client, rf, junipers)
    assert not any(seen[place] for place in ("the page", "the list of stories", "a card", "the sitemap"))
    picture = junipers.pictures.get()
    assert "withheld" in picture.get_rendition("fill-720x480|format-webp").url


def test_the_next_minutes_job_takes_down_the_rest_of_what_has_run_out(client, rf, junipers):
    client.get(ADDRESS)
    junipers.expires_on = stories.today() - timedelta(days=1)
    junipers.save()
    assert consenting.take_down_what_has_ended() == 1
    assert not any(places(client, rf, junipers).values())
    story = junipers.stories.get()
    assert not story.live
    assert story.title == "The call before the letter"  # kept for staff: a new consent can bring it back
    assert consenting.take_down_what_has_ended() == 0


def test_the_public_has_no_preview_of_a_story(client, junipers):
    story = junipers.stories.get()
    for name, args in (
        ("wagtailadmin_pages:preview_on_edit", [story.pk]),
        ("wagtailadmin_pages:view_draft", [story.pk]),
    ):
        answer = client.get(reverse(name, args=args))
        assert answer.status_code == 302
        assert "login" in answer["Location"]


def test_nothing_of_what_was_said_stays_in_earlier_versions(junipers, people):
    story = junipers.stories.get()
    story.title = "The call, and the cormorant"
    story.save_revision()
    consenting.withdraw(consent=junipers, by=people.editor, because="Rang on Monday.")
    kept = StringIO()
    for revision in Revision.objects.filter(object_id=str(story.pk)):
        kept.write(f"{revision.content} {revision.object_str}")
    story = StoryPage.objects.get(pk=story.pk)
    kept.write(
        f"{story.title} {story.draft_title} {story.slug} {story.url_path} {story.standfirst} {story.chosen_name}"
    )
    kept.write(str(list(story.body.raw_data)))
    kept.write(str(list(PageLogEntry.objects.filter(page=story.pk).values_list("label", flat=True))))
    for word in ("cormorant", "periwinkle", "Juniper", "the-call", "letter"):
        assert word not in kept.getvalue(), word


def test_the_record_of_a_withdrawn_consent_is_kept(junipers, people):
    consenting.withdraw(consent=junipers, by=people.editor, because="Rang on Monday.")
    record = ConsentRecord.objects.get(pk=junipers.pk)
    assert record.withdrawn_by == people.editor
    assert record.withdrawn_because == "Rang on Monday."
    assert "(withdrawn)" in str(record)
    with pytest.raises(IntegrityError, match="kept"), transaction.atomic():
        ConsentRecord.objects.filter(pk=junipers.pk)._raw_delete("default")
    with pytest.raises(IntegrityError, match="stays so"), transaction.atomic():
        ConsentRecord.objects.filter(pk=junipers.pk).update(withdrawn_at=None, withdrawn_by=None, withdrawn_because="")


def test_withdrawing_twice_changes_nothing(junipers, people):
    first = consenting.withdraw(consent=junipers, by=people.editor, because="Rang on Monday.")
    again = consenting.withdraw(consent=junipers, by=people.administrator, because="Again.")
    assert (again.withdrawn_at, again.withdrawn_because) == (first.withdrawn_at, "Rang on Monday.")


def test_a_withdrawal_says_why(junipers, people):
    with pytest.raises(NoReasonGiven):
        consenting.withdraw(consent=junipers, by=people.editor, because="  ")
    assert junipers.stories.get().live


def test_a_withdrawn_story_cannot_be_published_again(junipers, people):
    consenting.withdraw(consent=junipers, by=people.editor, because="Rang on Monday.")
    story = junipers.stories.get()
    with pytest.raises(ValidationError, match="withdrawn"):
        story.save_revision().publish()
    assert not StoryPage.objects.get(pk=story.pk).live


def test_what_was_to_publish_it_later_is_called_off(home, people):
    consent = stories.a_consent()
    story = stories.a_story(stories.an_index(home), consent)
    story.unpublish()
    story.go_live_at = timezone.now() + timedelta(days=3)
    story.save_revision(approved_go_live_at=story.go_live_at)
    consenting.withdraw(consent=consent, by=people.editor, because="Rang on Monday.")
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


def test_a_patients_words_and_a_patients_name_go_with_their_consent(client, home, people):
    consent = stories.a_consent("Perran Tolgarrick")
    said = stories.a_patients_words(consent)
    perran = stories.a_person("Perran T.", is_lived_experience=True, consent=consent)
    body = [
        ("endorsements", {"heading": "Voices", "endorsements": [said], "layout": "list"}),
        ("people", {"heading": "Advisers", "people": [{"person": perran, "role": "", "affiliation": ""}]}),
    ]
    home.add_child(instance=CampaignPage(title="One path", slug="campaign", aim="Fair care.", body=body))
    before = client.get("/campaign/").content.decode()
    assert "She drew me the map." in before
    assert "Perran T." in before
    consenting.withdraw(consent=consent, by=people.editor, because="Wrote a letter.")
    after = client.get("/campaign/").content.decode()
    assert "She drew me the map." not in after
    assert "Perran T." not in after
    assert Endorsement.objects.get().quote == Person.objects.get().name == "Withdrawn"


def test_a_patients_words_are_gone_at_midnight_too(home, monkeypatch):
    consent = stories.a_consent(expires_on=stories.today())
    said = stories.a_patients_words(consent)
    assert list(Endorsement.objects.permitted()) == [said]
    tomorrow = stories.today() + timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda value=None, tz=None: tomorrow)
    assert not Endorsement.objects.permitted().exists()
    assert not said.may_be_shown()


def test_nobody_is_named_as_a_patient_without_consent(db):
    with pytest.raises(IntegrityError, match="patient_is_named_with_consent"), transaction.atomic():
        stories.a_person("Avery K.", is_lived_experience=True)


@pytest.mark.parametrize(
    ("facts", "law"),
    [
        (dict.fromkeys(("covers_words", "covers_picture", "covers_name", "covers_health"), False), "covers_something"),
        ({"on_website": False}, "names_a_place"),
        ({"expires_on": "2001-01-01"}, "ends_after_it_begins"),
        ({"withdrawn_because": "No reason"}, "withdrawal_is_whole"),
    ],
)
def test_the_database_refuses_a_consent_that_makes_no_sense(facts, law):
    with pytest.raises(IntegrityError, match=law), transaction.atomic():
        stories.a_consent(**facts)


def test_consents_cost_a_page_no_query_each(client, home, django_assert_max_num_queries):
    listed = stories.an_index(home)
    for count in (5, 50):
        while StoryPage.objects.count() < count:
            number = StoryPage.objects.count()
            stories.a_story(listed, stories.a_consent(), title=f"Story {number}", slug=f"story-{number}")
        client.get("/stories/")
        edition.forget()
        with django_assert_max_num_queries(8):
            page = client.get("/stories/").content.decode()
        assert page.count("card__link") == count


def test_cards_cost_no_query_each(client, home, django_assert_max_num_queries):
    listed = stories.an_index(home)
    told = [stories.a_story(listed, stories.a_consent(), slug=f"s-{number}") for number in range(5)]
    stories.a_page_that_leads_to(home, *told)
    assert InfoPage.objects.count() == 1
    client.get("/next/")
    edition.forget()
    with django_assert_max_num_queries(8):
        client.get("/next/")
