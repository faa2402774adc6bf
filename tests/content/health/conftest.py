"""A small site with a hub, and people who write and review its pages."""

from datetime import date

import pytest
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, Site

from content.models import CharitySettings, HomePage, InfoHubPage, Person, Stage, TreatmentPage


@pytest.fixture
def home(db) -> HomePage:
    """A site with a home page, of one charity with a helpline."""
    ContentType.objects.clear_cache()
    top = Page.get_first_root_node()
    Site.objects.all().delete()
    page = top.add_child(instance=HomePage(title="Home", slug="our-home", standfirst="Two sentences."))
    site = Site.objects.create(hostname="testserver", port=80, root_page=page, is_default_site=True)
    CharitySettings.objects.create(
        site=site, name="Harbour Health", registered_number="0000000", helpline="01632 960041"
    )
    return page


@pytest.fixture
def hub(home) -> InfoHubPage:
    """Where information begins."""
    return home.add_child(instance=InfoHubPage(title="Information", slug="information", show_in_menus=True))


@pytest.fixture
def rowan(db) -> Person:
    """A clinician who reviews."""
    return Person.objects.create(name="Dr Rowan Pebblecombe", post_nominals="FRCP", role="Oncologist")


@pytest.fixture
def just_told(db) -> Stage:
    """A stage of the journey."""
    return Stage.objects.create(name="Just told", words="The first weeks.")


def page_of(hub, title="Treatments", kind=TreatmentPage, **more):
    """A published page under the hub."""
    body = more.pop("body", [("text", "<h2>Surgery</h2><p>It comes out.</p>")])
    page = hub.add_child(instance=kind(title=title, body=body, **more))
    page.save_revision().publish()
    return kind.objects.get(pk=page.pk)


@pytest.fixture
def treatments(hub, rowan) -> TreatmentPage:
    """A page that Dr Pebblecombe has reviewed."""
    page = page_of(hub, slug="treatments")
    page.mark_reviewed(by=rowan, on=date(2026, 3, 2))
    page.save_revision().publish()
    return TreatmentPage.objects.get(pk=page.pk)
