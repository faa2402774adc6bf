"""Pictures in three kinds and two widths, cut where they matter; films that stay elsewhere until somebody goes."""

import json
import re

import pytest
from django.core.exceptions import ValidationError
from procrastinate.contrib.django.models import ProcrastinateJob
from wagtail.images.tests.utils import get_test_image_file

from content.blocks.bodies import InfoBody
from content.models import CampaignPage, CharityImage, CharitySettings, HomePage, InfoPage, Person, StoryPage
from content.tasks import draw_pictures
from tests.content.reading.counting import queries_of
from tests.factories import stories

pytestmark = pytest.mark.django_db
FILM = {
    "title": "A morning", "address": "https://films.example.org/a", "place": "Harbour Films (demo)",
    "length": "4 minutes", "has_captions": True, "poster": None, "transcript": "<p>A telephone rings.</p>",
}  # fmt: skip


@pytest.fixture
def picture(db) -> CharityImage:
    """A wide one."""
    return CharityImage.objects.create(title="Harbour", file=get_test_image_file(size=(1600, 1072)))


def test_the_picture_on_top_comes_in_three_kinds_and_two_widths(client, home, picture):
    HomePage.objects.update(picture=picture, picture_alt="A calm harbour.")
    page = client.get("/").content.decode()
    (drawn,) = re.findall(r"<picture>.*?</picture>", page, re.DOTALL)
    assert re.findall(r'type="(image/\w+)"', drawn) == ["image/avif", "image/webp"]
    assert re.findall(r"\.(avif|webp|jpg) (400|800)w", drawn) == [
        (kind, width) for kind in ("avif", "webp", "jpg") for width in ("400", "800")
    ]
    assert 'alt="A calm harbour."' in drawn
    assert 'fetchpriority="high"' in drawn
    assert 'height="267"' in drawn
    assert 'width="400"' in drawn


def kinds_in(html: str, css: str) -> list[str]:
    """In which kinds the picture of this class comes, the last for browsers that know no other."""
    drawn = next(each for each in re.findall(r"<picture>.*?</picture>", html, re.DOTALL) if f'class="{css}"' in each)
    return [*re.findall(r'type="image/(\w+)"', drawn), re.search(r"<img[^>]*?src=\"[^\"]*?\.(\w+)\"", drawn)[1]]


def test_the_logo_comes_in_three_kinds_and_keeps_its_clear_ground(client, home, picture):
    CharitySettings.objects.update(logo=picture)
    page = client.get("/").content.decode()
    assert kinds_in(page, "header__logo") == ["avif", "webp", "png"]
    assert 'alt=""' in re.search(r'<img[^>]*class="header__logo"[^>]*>', page)[0]


def test_faces_come_in_three_kinds_and_two_widths(client, home, picture):
    person = Person.objects.create(name="Dr Rowan Pebblecombe", picture=picture)
    listed = {"person": person, "role": "", "affiliation": ""}
    said = stories.an_endorsement(person=person)
    body = [("people", {"heading": "Who", "people": [listed]})]
    info = home.add_child(instance=InfoPage(title="Who", slug="who", body=body)).url
    assert kinds_in(client.get(info).content.decode(), "person__picture") == ["avif", "webp", "jpg"]
    told = {"heading": "", "layout": "list", "endorsements": [said]}
    campaign = CampaignPage(title="Heard", slug="heard", aim="To be heard.", body=[("endorsements", told)])
    page = client.get(home.add_child(instance=campaign).url).content.decode()
    assert kinds_in(page, "endorsement__picture") == ["avif", "webp", "jpg"]
    assert 'sizes="3.5rem"' in page
    assert re.search(r" 80w, [^\"]+ 160w", page)


def test_stories_come_in_three_kinds_in_their_list_and_on_their_page(client, home):
    consent = stories.a_consent()
    story = stories.a_story(stories.an_index(home), consent, picture=stories.a_picture(consent))
    assert kinds_in(client.get("/stories/").content.decode(), "card__picture") == ["avif", "webp", "jpg"]
    assert kinds_in(client.get(story.url).content.decode(), "hero__picture") == ["avif", "webp", "jpg"]


def test_fifty_stories_and_faces_ask_no_more_of_the_database_than_five(client, home):
    index = stories.an_index(home)

    def page_with(count: int) -> str:
        people = []
        for at in range(count):
            consent = stories.a_consent(f"Juniper {at} of {count}")
            picture = stories.a_picture(consent, f"{at} of {count}")
            more = {"slug": f"call-{count}-{at}", "picture": picture}
            index.add_child(instance=StoryPage(title="Call", standfirst="By the sea.", consent=consent, **more))
            people.append(Person.objects.create(name=f"Dr {at} of {count}", picture=picture))
        listed = [{"person": person, "role": "", "affiliation": ""} for person in people]
        body = [("people", {"heading": "Who", "people": listed})]
        return home.add_child(instance=InfoPage(title=f"{count}", slug=f"with-{count}", body=body)).url

    few = page_with(5)
    asked = queries_of(client, few), queries_of(client, "/stories/")
    many = page_with(50)
    assert (queries_of(client, many), queries_of(client, "/stories/")) == asked
    assert max(asked) <= 15


def test_a_picture_is_cut_around_what_matters_in_it(client, home, picture):
    HomePage.objects.update(picture=picture)
    client.get("/")
    whole = set(picture.renditions.values_list("focal_point_key", flat=True))
    picture.focal_point_x, picture.focal_point_y = 200, 900
    picture.focal_point_width = picture.focal_point_height = 100
    picture.save()
    client.get("/")
    assert set(picture.renditions.values_list("focal_point_key", flat=True)) - whole


def test_pictures_within_text_keep_their_own_words_even_if_one_stands_twice(client, home, picture):
    body = [
        {"type": "picture", "value": {"image": {"image": picture.pk, "alt_text": words, "decorative": False}}}
        for words in ("In the morning", "In the evening")
    ]
    home.add_child(instance=InfoPage(title="Harbour", slug="harbour", body=json.dumps(body)))
    page = client.get("/harbour/").content.decode()
    assert 'alt="In the morning"' in page
    assert 'alt="In the evening"' in page


def test_fifty_pictures_ask_no_more_of_the_database_than_five(client, home):
    def page_with(count: int) -> str:
        pictures = [
            CharityImage.objects.create(
                title=f"Harbour {at}", file=get_test_image_file(f"{count}-{at}.png", size=(40, 30))
            )
            for at in range(count)
        ]
        body = [
            ("picture", {"image": {"image": each, "alt_text": "Sea", "decorative": False}, "caption": ""})
            for each in pictures
        ]
        cards = [{"page": home, "picture": each, "title": "", "text": ""} for each in pictures]
        body.append(("cards", {"heading": "On", "cards": cards}))
        return home.add_child(instance=InfoPage(title=f"{count}", slug=f"with-{count}", body=body)).url

    assert queries_of(client, page_with(5)) == queries_of(client, page_with(50)) <= 15


def test_pictures_are_drawn_when_a_page_is_published_so_that_no_reader_waits(client, tell, people, picture):
    told = tell("Bryony has begun", picture=picture)
    told.save_revision(user=people.editor).publish(user=people.editor)
    assert ProcrastinateJob.objects.filter(task_name="content.draw_pictures", args={"page": told.pk}).exists()
    draw_pictures(page=told.pk)
    drawn = picture.renditions.count()
    assert drawn == 7
    client.get("/news/")
    client.get("/news/bryony-has-begun/")
    assert picture.renditions.count() == drawn


def test_a_page_that_is_gone_by_then_is_left_alone(tell):
    told = tell("Bryony has begun")
    told.unpublish()
    draw_pictures(page=told.pk)
    draw_pictures(page=0)


# ---- films


def block():
    """The block for films."""
    return InfoBody().child_blocks["video"]


def test_a_film_is_a_link_and_what_is_said_stands_here():
    shown = block().render(block().to_python(FILM))
    assert 'href="https://films.example.org/a" rel="noreferrer">Watch at Harbour Films (demo) (4 minutes)</a>' in shown
    assert "A telephone rings." in shown
    assert "The film has subtitles." in shown
    for loads in ("<iframe", "<video", "<script", "src="):
        assert loads not in shown


@pytest.mark.parametrize(
    ("field", "wrong", "said"),
    [
        ("transcript", "", "required"),
        ("transcript", "<p> </p>", "Write down what is said"),
        ("address", "javascript:alert(1)", "valid URL"),
        ("address", "http://films.example.org/a", "begins with https://"),
        ("title", "", "required"),
    ],
)
def test_a_film_without_its_words_or_with_a_wrong_address_is_refused(field, wrong, said):
    with pytest.raises(ValidationError) as refused:
        block().clean(block().to_python({**FILM, field: wrong}))
    assert said in str(refused.value.as_json_data())
