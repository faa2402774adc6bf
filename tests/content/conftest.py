"""A small site for whoever needs one."""

import pytest
from django.contrib.contenttypes.models import ContentType
from wagtail.hooks import search_for_hooks
from wagtail.models import Page, Site

from content.models import CharitySettings, HomePage


@pytest.fixture(autouse=True, scope="session")
def hooks() -> None:
    """What may be chosen in a block is registered with Wagtail's hooks: a site finds them with its first request."""
    search_for_hooks()


@pytest.fixture
def home(db) -> HomePage:
    """A site with a home page, of one charity."""
    ContentType.objects.clear_cache()
    top = Page.get_first_root_node()
    Site.objects.all().delete()
    page = top.add_child(instance=HomePage(title="Home", slug="our-home", standfirst="Two sentences."))
    site = Site.objects.create(hostname="testserver", port=80, root_page=page, is_default_site=True)
    CharitySettings.objects.create(site=site, name="Harbour Health", registered_number="0000000")
    return page
