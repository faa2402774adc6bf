"""A page that was taken down takes the links to it along; the words in which they stood stay."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.rich_text import expand_db_html

from content.actions import consenting
from content.models import ConsentRecord, InfoPage
from tests.factories import stories

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return stories.a_site()


def page_that_leads_to(home, page) -> InfoPage:
    """In its text, by a card, and by an action."""
    text = f'<p>Read <a linktype="page" id="{page.pk}">what she told us</a>, and then rest.</p>'
    link = {"text": "Read on", "page": page, "address": ""}
    body = [
        ("text", text),
        ("cards", {"heading": "Next", "cards": [{"page": page, "picture": None, "title": "Her card", "text": ""}]}),
        ("action", {"heading": "Her action", "text": "", "link": link, "is_gift": False}),
    ]
    return home.add_child(instance=InfoPage(title="Leads there", slug="leads-there", body=body))


def read(client) -> str:
    return client.get("/leads-there/").content.decode()


def test_while_the_page_is_there_the_text_links_to_it(client, home):
    there = home.add_child(instance=InfoPage(title="There", slug="there"))
    page_that_leads_to(home, there)
    assert '<a href="/there/">what she told us</a>' in read(client)


def test_an_unpublished_page_leaves_its_words_and_no_link(client, home):
    there = home.add_child(instance=InfoPage(title="There", slug="there"))
    page_that_leads_to(home, there)
    there.unpublish()
    shown = read(client)
    assert "Read <a>what she told us</a>, and then rest." in shown
    assert "/there/" not in shown
    assert "Her card" not in shown
    assert "Her action" not in shown


@pytest.mark.parametrize("is_withdrawn", [True, False])
def test_a_story_whose_consent_fell_leaves_its_words_and_no_link(client, home, people, is_withdrawn):
    consent = stories.a_consent()
    story = stories.a_story(stories.an_index(home), consent)
    page_that_leads_to(home, story)
    assert f'href="{story.url}"' in read(client)
    if is_withdrawn:
        consenting.withdraw(consent=consent, by=people.editor, because="She asked us on the telephone.")
    else:  # in the minute before the clock takes it down
        ConsentRecord.objects.update(expires_on=stories.today() - timedelta(days=1))
    shown = read(client)
    assert "Read <a>what she told us</a>, and then rest." in shown
    assert "Her card" not in shown
    assert f'<a href="{story.url}">what she told us</a>' not in shown


def test_a_page_that_was_deleted_and_a_link_that_was_cut_leave_their_words(home):
    there = home.add_child(instance=InfoPage(title="There", slug="there"))
    text = f'<p><a linktype="page" id="{there.pk}">one</a> <a linktype="page" id="x">two</a></p>'
    there.delete()
    assert expand_db_html(text) == "<p><a>one</a> <a>two</a></p>"


def test_fifty_links_in_a_text_take_one_question(home):
    pages = [home.add_child(instance=InfoPage(title=f"Page {at}", slug=f"page-{at}")) for at in range(50)]

    def asked(pages) -> int:
        text = "".join(f'<p><a linktype="page" id="{page.pk}">{page.title}</a></p>' for page in pages)
        expand_db_html(text)
        with CaptureQueriesContext(connection) as asked:
            assert "<a>" not in expand_db_html(text)
        return len(asked)

    assert asked(pages[:5]) == asked(pages) == 1
