"""A charity makes the site its own: colours, corners, icon. Nobody is given a page that cannot be read."""

import re

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Site

from almoner.stylesheet import SOURCES
from content import edition
from content.colours import CONTROL, INK, TEXT, WHITE, contrast, nearest, tidied
from content.look import SHELL, Look, check, deep
from content.models import CharityImage, CharitySettings

SPRAT, KELP, SUNFLOWER, HEATHER = "#b9d7ea", "#2f5d50", "#ffd400", "#7b4b94"


def test_black_and_white_stand_furthest_apart():
    assert contrast("#000000", WHITE) == pytest.approx(21)
    assert contrast(KELP, KELP) == 1
    assert contrast("#767676", WHITE) == pytest.approx(4.54, abs=0.01)  # known from WCAG


@pytest.mark.parametrize("typed", ["#0B5F6D", "0b5f6d", " #0b5f6d ", "0B5F6d"])
def test_a_colour_may_be_typed_in_many_ways(typed):
    assert tidied(typed) == "#0b5f6d"
    assert tidied("#fa3") == "#ffaa33"
    assert tidied("seaweed") == "seaweed"


def test_the_look_of_everybody_is_that_of_the_fixed_tokens():
    tokens = (SOURCES / "tokens.css").read_text()
    said = dict(re.findall(r"--([a-z-]+): ([^;]+);", tokens))
    look = Look()
    for name in ("brand", "accent", "link", "tint"):
        assert said[name] == getattr(look, name)
    assert said["shell"] == SHELL
    assert said["ink"] == INK == said["focus-ink"]
    for name, value in re.findall(
        r"--(radius|radius-large|corner|corner-card|corner-button): ([^;]+);", look.stylesheet
    ):
        assert said[name] == value
    check(look)


def test_focus_is_the_same_on_every_site():
    assert "focus" not in Look(brand=HEATHER).stylesheet


@pytest.mark.parametrize(
    ("field", "colour", "ratio"), [("brand", SPRAT, "1.5:1"), ("link", SUNFLOWER, "1.4:1"), ("accent", KELP, "2.")]
)
def test_a_colour_that_cannot_be_read_is_refused_with_its_ratio_and_the_nearest_that_can(field, colour, ratio):
    with pytest.raises(ValidationError) as refused:
        check(Look(**{field: colour}))
    (said,) = refused.value.message_dict[field]
    assert ratio in said
    assert "needs 4.5:1" in said or "needs 3:1" in said
    offered = re.search(r"#[0-9a-f]{6}", said).group()
    check(Look(**{field: offered}))  # what is offered passes


def test_dark_words_stand_on_a_bright_brand_colour_and_its_links_have_a_colour_of_their_own():
    bright = CharitySettings(brand="#e08a00", link="#8a3b00")
    assert bright.look.on_brand == WHITE or contrast("#e08a00", INK) >= TEXT
    check(Look(brand="#cf7200", on_brand=INK, link="#7a3b00", tint="#fdf3e6"))


def test_every_shade_that_is_offered_is_the_nearest_of_its_hue():
    found = nearest(SUNFLOWER, lambda shade: contrast(shade, WHITE) >= CONTROL)
    assert contrast(found, WHITE) == pytest.approx(3, abs=0.1)


@pytest.mark.parametrize("brand", [KELP, HEATHER, "#8b0000", "#005eb8", "#4a4a4a"])
def test_whatever_passes_leaves_headings_foot_and_tint_readable(brand):
    look = CharitySettings(brand=brand).look
    check(look)
    assert contrast(look.link, look.tint) >= TEXT
    assert contrast(deep(look.link), WHITE) >= 7
    assert contrast(look.accent, deep(look.link)) >= TEXT


# ---- on the site


@pytest.fixture
def charity(db, home) -> CharitySettings:
    return CharitySettings.objects.get(site__is_default_site=True)


def test_a_site_that_chose_nothing_has_one_stylesheet(client, charity):
    assert "/theme." not in client.get("/").content.decode()


def test_the_look_stands_at_an_address_that_may_be_kept_for_ever(client, charity):
    CharitySettings.objects.update(brand=HEATHER, corner="square")
    page = client.get("/").content.decode()
    address = re.search(r'href="(/theme\.[0-9a-f]+\.css)"', page).group(1)
    sheet = client.get(address)
    assert sheet["Cache-Control"] == "public, max-age=31536000, immutable"
    assert sheet["Content-Type"].startswith("text/css")
    assert f"--brand: {HEATHER};" in sheet.content.decode()
    assert "--corner: 0;" in sheet.content.decode()
    assert " style=" not in page
    assert "<style" not in page
    assert "style-src 'self'" in client.get("/")["Content-Security-Policy"]
    assert "unsafe-inline" not in client.get("/")["Content-Security-Policy"]


def test_another_look_has_another_address_and_the_earlier_one_is_not_kept(client, charity):
    CharitySettings.objects.update(brand=HEATHER)
    earlier = CharitySettings.objects.get(pk=charity.pk).look.mark
    CharitySettings.objects.update(brand=KELP)
    sheet = client.get(f"/theme.{earlier}.css")
    assert sheet["Cache-Control"] == "no-cache"
    assert KELP in sheet.content.decode()


def test_a_look_costs_no_query(client, charity, django_assert_max_num_queries):
    CharitySettings.objects.update(brand=HEATHER)
    client.get("/")
    edition.forget()
    with django_assert_max_num_queries(6):
        client.get("/")


def test_nobody_else_draws_our_pages(client, charity):
    assert client.get("/theme.draft.css?look=brand").status_code == 404
    assert client.get("/theme.draft.css").status_code == 404


# ---- in the office


def send(client, charity, **changed):
    site = Site.objects.get(is_default_site=True)
    form = {
        **{field: getattr(charity, field) for field in ("name", "registered_number", "register", "brand", "accent")},
        "registered_name": "Harbour Health",
        "corner": "soft",
        "link": "",
        "tint": "",
        **changed,
    }
    address = f"/admin/settings/content/charitysettings/{site.pk}/"
    return address, form


def test_an_administrator_changes_the_look(client, people, charity):
    client.force_login(people.administrator)
    address, form = send(client, charity, brand="7B4B94")
    assert client.post(address, form).status_code == 302
    charity.refresh_from_db()
    assert charity.brand == HEATHER


def test_a_colour_is_picked_from_a_palette_or_typed_whichever_was_changed(client, people, charity):
    client.force_login(people.administrator)
    address, form = send(client, charity)
    shown = client.get(address).content.decode()
    assert re.search(rf'type="color" name="brand-picked" value="{Look.brand}"', shown)
    assert re.search(rf'type="color" name="link-picked" value="{Look.brand}"', shown), "empty: begins with the brand"
    untouched = {"link-picked": Look.brand, "link-began": Look.brand}
    client.post(address, form | untouched | {"brand-picked": HEATHER, "brand-began": Look.brand})
    charity.refresh_from_db()
    assert (charity.brand, charity.link) == (HEATHER, "")
    typed = {"brand": Look.brand, "brand-picked": HEATHER, "brand-began": HEATHER}
    client.post(address, form | untouched | typed)
    charity.refresh_from_db()
    assert charity.brand == Look.brand


def test_a_palettes_colour_that_cannot_be_read_is_refused_as_well(client, people, charity):
    client.force_login(people.administrator)
    address, form = send(client, charity)
    page = client.post(address, form | {"brand-picked": SPRAT, "brand-began": Look.brand}).content.decode()
    assert "The nearest shade that passes is #" in page
    assert f'value="{SPRAT}"' in page


def test_corners_are_drawn_beside_their_names(client, people, charity):
    client.force_login(people.administrator)
    shown = client.get(send(client, charity)[0]).content.decode()
    for corner in ("soft", "round", "square"):
        assert f'<span class="corner__drawn corner__drawn--{corner}"' in shown


def test_what_cannot_be_read_is_refused_beside_the_field_and_nothing_else_is_lost(client, people, charity):
    client.force_login(people.administrator)
    address, form = send(client, charity, brand=SPRAT, mission="A lamp on every quay.")
    page = client.post(address, form).content.decode()
    assert "The nearest shade that passes is #" in page
    assert SPRAT in page
    assert "A lamp on every quay." in page
    charity.refresh_from_db()
    assert charity.brand == Look.brand


def test_the_look_is_seen_before_it_is_saved(client, people, charity):
    client.force_login(people.administrator)
    address, form = send(client, charity, brand=HEATHER)
    preview = f"{address}preview/"
    told = client.post(preview, form).json()
    assert told["is_valid"] is True
    page = client.get(preview).content.decode()
    draft = re.search(r'href="(/theme\.draft\.css\?look=[^"]+)"', page).group(1)
    assert f"--brand: {HEATHER};" in client.get(draft.replace("&amp;", "&")).content.decode()
    charity.refresh_from_db()
    assert charity.brand == Look.brand


def test_an_editor_changes_no_look(client, people, charity):
    client.force_login(people.editor)
    address, form = send(client, charity, brand=HEATHER)
    client.post(address, form)
    charity.refresh_from_db()
    assert charity.brand == Look.brand


def test_an_icon_is_square_and_large_enough(charity):
    charity.favicon = CharityImage(width=400, height=300)
    with pytest.raises(ValidationError, match="400 by 300 pixels"):
        charity.clean()
