"""What may not be shown leaves the public page at once, and stays in the editor, who can go on saving."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from content.models import CampaignPage, Endorsement, InfoPage, Organisation, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(home, people) -> CampaignPage:
    """A campaign that names an endorsement, a person and a page."""
    guild = Organisation.objects.create(name="Guild of Lamps (demo)")
    words = Endorsement(kind="organisation", organisation=guild, quote="We stand behind it.")
    words.permit(on=timezone.localdate() - timedelta(days=9), channel="email")
    words.save()
    adviser = Person.objects.create(name="Coral Anchorley", role="Founder")
    more = home.add_child(instance=InfoPage(title="Your team", slug="team"))
    body = [
        ("endorsements", {"heading": "Voices", "endorsements": [words], "layout": "list"}),
        ("people", {"heading": "Advisers", "people": [{"person": adviser, "role": "", "affiliation": ""}]}),
        ("cards", {"heading": "Read on", "cards": [{"page": more, "picture": None, "title": "", "text": ""}]}),
    ]
    made = home.add_child(instance=CampaignPage(title="One path", slug="path", aim="One path.", body=body))
    made.save_revision(user=people.editor).publish()
    return made


def withdrawn() -> None:
    """Permission has run out, the person and the page were taken down."""
    Endorsement.objects.update(permission_expires_on=timezone.localdate() - timedelta(days=1))
    Person.objects.update(live=False)
    InfoPage.objects.get(slug="team").unpublish()


def test_it_leaves_the_public_page(client, page):
    shown = client.get("/path/").content.decode()
    for words in ("We stand behind it.", "Coral Anchorley", "Your team"):
        assert words in shown
    withdrawn()
    shown = client.get("/path/").content.decode()
    for words in ("We stand behind it.", "Coral Anchorley", "Your team"):
        assert words not in shown


def test_the_editor_still_sees_what_was_chosen(client, page, people):
    withdrawn()
    client.force_login(people.editor)
    editor = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    for words in ("We stand behind it.", "Coral Anchorley", "Your team"):
        assert words in editor


def test_the_page_can_be_read_again_and_saved(page, people):
    withdrawn()
    again = CampaignPage.objects.get(pk=page.pk)
    block = again.body.stream_block
    block.clean(again.body)  # what a form would refuse, were a choice lost
    again.save_revision(user=people.editor)
