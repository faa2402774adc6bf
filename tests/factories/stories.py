"""A small site with stories on it, and the consents that they need."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image
from wagtail.models import Page, Site

from content.models import (
    Channel,
    CharityImage,
    CharitySettings,
    ConsentRecord,
    Endorsement,
    EndorsementKind,
    HomePage,
    InfoPage,
    Organisation,
    Person,
    StoryIndexPage,
    StoryPage,
)


def a_site() -> HomePage:
    """A home page at the address that tests ask."""
    ContentType.objects.clear_cache()
    top = Page.get_first_root_node()
    Site.objects.all().delete()
    home = top.add_child(instance=HomePage(title="Home", slug="our-home", standfirst="Two sentences."))
    site = Site.objects.create(hostname="testserver", port=80, root_page=home, is_default_site=True)
    CharitySettings.objects.create(site=site, name="Harbour Health", registered_number="0000000")
    return home


def today() -> date:
    """In London."""
    return timezone.localdate()


def a_consent(name: str = "Juniper Ashlade", **more: Any) -> ConsentRecord:
    """Given a month ago, to everything on the website, without an end."""
    facts = {
        "covers_words": True, "covers_picture": True, "covers_name": True, "covers_health": True,
        "wording_version": "Form 3", "reached_us_by": "form", "given_on": today() - timedelta(days=30),
    }  # fmt: skip
    return ConsentRecord.objects.create(name=name, **{**facts, **more})


def a_picture(consent: ConsentRecord | None = None, title: str = "Two cups") -> CharityImage:
    """A small picture on disk."""
    drawn = BytesIO()
    Image.new("RGB", (60, 40), "#0b5f6d").save(drawn, "PNG")
    return CharityImage.objects.create(
        title=title, file=ContentFile(drawn.getvalue(), name="two-cups.png"), consent=consent
    )


def an_index(home: HomePage) -> StoryIndexPage:
    """Where stories are listed."""
    return home.add_child(instance=StoryIndexPage(title="Stories", slug="stories"))


def a_story(index: StoryIndexPage, consent: ConsentRecord, **more: Any) -> StoryPage:
    """Juniper's story, published with a revision, as an editor would have done it."""
    facts = {
        "title": "The call before the letter", "slug": "the-call", "standfirst": "Somebody rang about a periwinkle.",
        "chosen_name": "Juniper A.", "body": [("text", "<p>It was a Tuesday, and the cormorant sat on the post.</p>")],
    }  # fmt: skip
    page = index.add_child(instance=StoryPage(consent=consent, **{**facts, **more}))
    page.save_revision().publish()
    return StoryPage.objects.get(pk=page.pk)


def a_page_that_leads_to(home: HomePage, *pages: Page) -> InfoPage:
    """An information page whose cards lead there."""
    cards = [{"page": page, "picture": None, "title": "", "text": ""} for page in pages]
    page = InfoPage(title="Where next", slug="next", body=[("cards", {"heading": "Read on", "cards": cards})])
    return home.add_child(instance=page)


def a_person(name: str = "Dr Rowan Pebblecombe", **more: Any) -> Person:
    """Somebody with a role."""
    return Person.objects.create(name=name, **{"role": "President", **more})


def an_organisation(name: str = "Lighthouse Society (demo)", **more: Any) -> Organisation:
    """A society."""
    return Organisation.objects.create(name=name, **more)


def an_endorsement(**more: Any) -> Endorsement:
    """A person's words, permitted and published."""
    facts: dict[str, Any] = {"kind": EndorsementKind.PERSON, "quote": "The lamp was lit.", "role": "President"}
    facts |= more
    if facts["kind"] == EndorsementKind.PERSON and "person" not in facts:
        facts["person"] = a_person()
    until = facts.pop("until", None)
    said = Endorsement(**facts)
    said.permit(on=today() - timedelta(days=30), channel=Channel.EMAIL, until=until)
    said.full_clean()
    said.save()
    return said


def a_patients_words(consent: ConsentRecord) -> Endorsement:
    """What a patient said, under the name they chose."""
    return an_endorsement(
        kind=EndorsementKind.PATIENT, quote="She drew me the map.", role="", chosen_name="Juniper A.", consent=consent
    )
