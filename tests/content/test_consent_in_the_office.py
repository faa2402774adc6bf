"""Rocky, who edits pages, records consents, publishes stories with them, and records that one was withdrawn."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from content.models import ConsentRecord, StoryPage
from tests.factories import stories

pytestmark = pytest.mark.django_db


@pytest.fixture
def rocky(client, people):
    client.force_login(people.editor)
    return client


def typed(consent=None, **more):
    """A story as it is typed into the editor."""
    return nested_form_data(
        {
            "title": "The call", "slug": "the-call", "standfirst": "Somebody rang.", "chosen_name": "Juniper A.",
            "told_on": "2026-05-01", "consent": consent.pk if consent else "", "picture": "", "picture_alt": "",
            "appeal_page": "", "body": streamfield([("text", rich_text("<p>It was a Tuesday.</p>"))]), "seo_title": "",
            "search_description": "", "share_picture": "", "go_live_at": "", "expire_at": "",
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}, **more,
        }
    )  # fmt: skip


def sent(rocky, data):
    """The editor's answer."""
    listed = stories.an_index(stories.a_site())
    return rocky.post(reverse("wagtailadmin_pages:add", args=["content", "storypage", listed.pk]), data)


def test_a_story_is_published_with_its_consent(rocky, people):
    consent = stories.a_consent()
    answer = sent(rocky, typed(consent, **{"action-publish": "1"}))
    assert answer.status_code == 302
    assert StoryPage.objects.get().live


@pytest.mark.parametrize("action", ["action-publish", "action-submit"])
@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"covers_health": False}, "does not cover: health"),
        ({"on_website": False, "in_print": True}, "does not cover: website"),
        ({"expires_on": "yesterday"}, "does not stand on that day"),
    ],
)
def test_a_story_is_refused_in_words_where_the_consent_does_not_reach(rocky, facts, sentence, action):
    facts = {
        key: stories.today() - timedelta(days=1) if value == "yesterday" else value for key, value in facts.items()
    }
    answer = sent(rocky, typed(stories.a_consent(**facts), **{action: "1"}))
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert "Somebody rang." in answer.content.decode()
    assert not StoryPage.objects.exists()


def test_a_draft_needs_its_consent_too(rocky):
    answer = sent(rocky, typed())
    assert answer.status_code == 200
    assert "This field is required" in answer.content.decode()


def test_a_story_is_not_planned_for_a_day_after_its_consent_ends(rocky):
    consent = stories.a_consent(expires_on=stories.today() + timedelta(days=3))
    later = timezone.localtime() + timedelta(days=10)
    data = typed(consent, **{"action-publish": "1", "go_live_at": f"{later:%Y-%m-%d %H:%M}"})
    assert "does not stand on that day" in sent(rocky, data).content.decode()


def test_rocky_records_a_withdrawal_and_everything_is_down(rocky, people):
    consent = stories.a_consent()
    stories.a_story(stories.an_index(stories.a_site()), consent)
    address = reverse("wagtailsnippets_content_consentrecord:withdraw", args=[consent.pk])
    shown = rocky.get(address).content.decode()
    assert "The call before the letter" in shown
    assert "cannot be undone" in shown
    assert rocky.post(address, {"because": ""}).status_code == 422
    assert StoryPage.objects.get().live
    answer = rocky.post(address, {"because": "Rang on Monday."}, follow=True)
    assert "Everything that it covered is down." in answer.content.decode()
    assert "Withdrawn on" in answer.content.decode()
    assert not StoryPage.objects.get().live
    assert ConsentRecord.objects.get().withdrawn_by == people.editor


def test_shelly_who_runs_appeals_may_look_and_not_withdraw(client, people):
    consent = stories.a_consent()
    client.force_login(people.fundraiser)
    address = reverse("wagtailsnippets_content_consentrecord:withdraw", args=[consent.pk])
    assert client.post(address, {"because": "No."}).status_code == 403
    assert ConsentRecord.objects.get().withdrawn_at is None


def test_the_signed_form_is_handed_only_to_whoever_looks_after_consents(client, people):
    consent = stories.a_consent()
    consent.evidence.save("signed.pdf", ContentFile(b"%PDF-1.7 signed"))
    address = reverse("wagtailsnippets_content_consentrecord:evidence", args=[consent.pk])
    assert client.get(address).status_code == 302
    client.force_login(people.fundraiser)
    assert client.get(address).status_code in (302, 403)
    client.force_login(people.editor)
    answer = client.get(address)
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 signed"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer["Cache-Control"]
    with pytest.raises(ValueError, match="not accessible"):
        str(consent.evidence.url)


def test_the_evidence_of_an_endorsement_is_opened_from_its_page(rocky):
    said = stories.an_endorsement()
    page = reverse("wagtailsnippets_content_endorsement:edit", args=[said.pk])
    assert "No evidence is on file yet." in rocky.get(page).content.decode()
    said.permission_evidence.save("mail.eml", ContentFile(b"Yes, print it."))
    address = reverse("wagtailsnippets_content_endorsement:evidence", args=[said.pk])
    assert f'href="{address}"' in rocky.get(page).content.decode()
    assert b"".join(rocky.get(address).streaming_content) == b"Yes, print it."


def test_the_page_of_a_consent_says_that_a_file_is_there_without_leading_to_it(rocky):
    consent = stories.a_consent()
    consent.evidence.save("signed.pdf", ContentFile(b"%PDF-1.7 signed"))
    page = rocky.get(reverse("wagtailsnippets_content_consentrecord:edit", args=[consent.pk])).content.decode()
    assert "A file is on record" in page
    assert "Record a withdrawal" in page


@pytest.mark.parametrize(
    "noun", ["consentrecord", "person", "organisation", "endorsement", "accreditation", "impactitem", "notice"]
)
def test_rocky_sees_a_list_and_a_form_of_everything_that_stands_behind_our_word(rocky, noun):
    assert rocky.get(reverse(f"wagtailsnippets_content_{noun}:list")).status_code == 200
    assert rocky.get(reverse(f"wagtailsnippets_content_{noun}:add")).status_code == 200


def test_nobody_deletes_a_consent(rocky):
    consent = stories.a_consent()
    address = reverse("wagtailsnippets_content_consentrecord:delete", args=[consent.pk])
    assert rocky.post(address).status_code in (302, 403)
    assert ConsentRecord.objects.exists()
