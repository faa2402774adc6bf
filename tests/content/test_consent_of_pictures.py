"""Pictures of people: where a consent has ended, nobody can see them, wherever they were used."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from almoner.kit import private
from content.actions import hiding
from content.models import CharityImage, CharityRendition, ConsentRecord
from tests.factories import stories

pytestmark = pytest.mark.django_db
HERO = "fill-1280x860|format-webp"


@pytest.fixture
def home():
    return stories.a_site()


def test_a_picture_comes_back_with_a_consent_that_stands_again(client, home):
    consent = stories.a_consent(expires_on=stories.today() - timedelta(days=1))
    picture = stories.a_picture(consent)
    hiding.settle_all()
    picture = CharityImage.objects.get()
    assert picture.kept_as
    assert client.get(f"/media/{picture.file.name}").status_code == 404
    assert private.storage().exists(picture.kept_as)
    kept_as = picture.kept_as
    consent.expires_on = stories.today() + timedelta(days=365)
    consent.save()
    hiding.settle_all()
    picture = CharityImage.objects.get()
    assert picture.kept_as == ""
    assert client.get(f"/media/{picture.file.name}").status_code == 200
    assert not private.storage().exists(kept_as)
    assert picture.get_rendition(HERO).url.startswith("/media/")


def test_a_picture_that_nobody_may_see_is_drawn_in_no_size(client, home):
    picture = stories.a_picture(stories.a_consent(expires_on=stories.today() - timedelta(days=1)))
    drawn = picture.get_renditions("width-480|format-webp", "width-960|format-webp")
    assert {each.url for each in drawn.values()} == {"/static/content/withheld.svg"}
    assert all(each.alt == "" for each in drawn.values())
    assert not CharityRendition.objects.exists()


def test_a_size_that_was_drawn_in_the_last_moment_is_removed_by_the_next_job(home):
    consent = stories.a_consent()
    picture = stories.a_picture(consent)
    size = picture.get_rendition(HERO)
    was_drawn = default_storage.open(size.file.name).read()
    ConsentRecord.objects.filter(pk=consent.pk).update(expires_on=stories.today() - timedelta(days=1))
    ConsentRecord.objects.get(pk=consent.pk).save()
    hiding.settle_all()
    late = ContentFile(was_drawn, name="late.webp")
    CharityRendition.objects.create(image=picture, filter_spec=HERO, file=late)
    assert hiding.settle_all() == 1
    assert not CharityRendition.objects.exists()
    assert not default_storage.exists(size.file.name)


def test_a_picture_needs_a_consent_that_covers_pictures(home):
    picture = stories.a_picture()
    picture.consent = stories.a_consent(covers_picture=False)
    with pytest.raises(ValidationError, match="picture"):
        picture.full_clean()
