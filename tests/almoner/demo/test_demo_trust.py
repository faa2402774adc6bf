"""The demo's stories and what stands behind its word, with what is broken on purpose."""

import html

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from wagtail.models import Revision

from content import edition
from content.actions import hiding
from content.models import Accreditation, CharityImage, ConsentRecord, ImpactItem, StoryPage
from grants.models import Award
from tests.almoner.demo.test_demo_data import AWARDS


def test_three_stories_can_be_read_one_has_run_out_and_one_was_withdrawn(client):
    listed = html.unescape(client.get("/stories/").content.decode())
    told = StoryPage.objects.live()
    assert told.count() == 3
    for story in told:
        assert story.title in listed
        assert story.chosen_name in html.unescape(client.get(story.url).content.decode())
    for slug in ("a-year-of-wednesdays", "back-in-the-boat"):
        assert client.get(f"/stories/{slug}/").status_code == 404
    assert ConsentRecord.objects.filter(withdrawn_at__isnull=False).count() == 1
    assert "Merrin" not in str([revision.content for revision in Revision.objects.all()])


def test_the_pictures_of_both_are_out_of_the_public_folder():
    hiding.settle_all()  # as the minute's job does after the load is committed
    hidden = CharityImage.objects.exclude(kept_as="")
    assert {picture.title for picture in hidden} == {"A bench above the bay", "A rope and a post"}
    assert not any(default_storage.exists(picture.file.name) for picture in hidden)


def test_one_consent_has_25_days_left_and_one_accreditation_60():
    today = timezone.localdate()
    ends = ConsentRecord.objects.standing().filter(expires_on__isnull=False)
    assert [(each.expires_on - today).days for each in ends] == [25]
    assert sorted((each.ends_on - today).days for each in Accreditation.objects.exclude(ends_on=None)) == [-20, 60]
    assert Accreditation.objects.standing().count() == 2


def test_each_of_the_four_awards_is_told_as_a_story_with_the_ledgers_sums(client):
    assert set(ImpactItem.objects.for_cards().values_list("award", flat=True)) == set(
        Award.objects.filter(title__in=AWARDS).values_list("pk", flat=True)
    )
    page = client.get("/where-your-money-goes/").content.decode()
    assert "<strong>£150,000</strong> promised, £100,000 paid so far" in page
    assert "<strong>£83,250</strong>, paid in full" in page


def test_nearly_half_a_million_is_said_with_the_exact_sum_beneath(client):
    page = client.get("/where-your-money-goes/").content.decode()
    assert "nearly £500,000" in page
    assert "Exactly £493,250.00, from our books on" in page


def test_who_led_the_network_then_is_named_with_the_role_of_then(client):
    assert "Lead clinician, Solent NET Network (demo)" in html.unescape(client.get("/campaign/").content.decode())


def test_a_notice_stands_above_one_section(client):
    assert "Our helpline is closed this Friday" in client.get("/information/").content.decode()
    assert "Our helpline is closed this Friday" not in client.get("/appeals/").content.decode()


@pytest.mark.parametrize(
    "path", ["/", "/stories/", "/stories/twenty-minutes/", "/campaign/", "/where-your-money-goes/", "/information/"]
)
def test_a_page_asks_at_most_fifteen_questions(client, django_assert_max_num_queries, path):
    client.get(path)
    edition.forget()
    with django_assert_max_num_queries(15):
        assert client.get(path).status_code == 200
