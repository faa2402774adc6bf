"""Bad input by editors: refused in a sentence, or cleaned; whatever else they typed is still there."""

import io
import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from content.models import CharityImage, Endorsement, InfoPage, Organisation, Person

pytestmark = pytest.mark.django_db

KEPT = "These words took her an hour."
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


@pytest.fixture
def office(client, home, people):
    """Rocky at his desk."""
    client.force_login(people.editor)
    return client


# ---- pictures


def drawn(width: int, height: int, kind: str = "PNG") -> bytes:
    """A picture of this size."""
    file = io.BytesIO()
    Image.new("1", (width, height)).save(file, kind)
    return file.getvalue()


def too_many_bytes() -> bytes:
    return drawn(10, 10) + b"\0" * (15 * 1024 * 1024)


PICTURES = [
    (
        "a huge picture",
        "quay.png",
        lambda: drawn(9000, 9000),
        ["too many pixels (81000000)", "Maximum pixels 50000000"],
    ),
    ("a huge file", "quay.png", too_many_bytes, ["too big (15.0", "Maximum filesize 15.0"]),
    ("a drawing with a script", "quay.svg", lambda: SVG, ["Not a supported image format", "AVIF", "PNG"]),
    ("a drawing that calls itself a picture", "quay.png", lambda: SVG, ["image"]),
    ("a text that calls itself a picture", "quay.jpg", lambda: b"Dear all", ["image"]),
    ("a picture of another kind", "quay.png", lambda: drawn(20, 20, "GIF"), ["The extension does not match"]),
]


@pytest.mark.parametrize(("name", "make", "said"), [case[1:] for case in PICTURES], ids=[case[0] for case in PICTURES])
def test_a_picture_that_cannot_be_taken_is_refused_with_the_reason(office, name, make, said):
    sent = {"title": "The quay", "credit": KEPT, "file": SimpleUploadedFile(name, make())}
    page = office.post(reverse("wagtailimages:add"), sent).content.decode()
    for words in said:
        assert words in page.replace("\xa0", " ")
    assert KEPT in page
    assert not CharityImage.objects.exists()


# ---- words of others


def an_endorsement(**changed) -> dict:
    person, _ = Person.objects.get_or_create(name="Coral Anchorley", live=True)
    typed = {
        "kind": "person",
        "quote": "Good work.",
        "role": "Keeper of the light",
        "person": person.pk,
        "permission_given_on": "2026-03-01",
        "permission_channel": "email",
        "sign_off": "",
        "affiliation": KEPT,
    }
    return typed | changed


ENDORSEMENTS = [
    ("300 words", {"quote": "word " * 300}, "A quote has up to 150 words; this has 300."),
    ("a long extract", {"kind": "letter", "quote": "x" * 301}, "An extract has up to 300 letters; this has 301."),
    ("no permission", {"permission_given_on": ""}, "Nothing is published without permission"),
    ("no channel", {"permission_channel": ""}, "Say how permission reached us."),
    ("nobody", {"person": ""}, "Choose the person, and say in which role they speak."),
    ("a company without its interest", {"kind": "industry"}, "say what their company sells"),
    ("permission ends first", {"permission_expires_on": "2026-02-01"}, "Permission cannot end before it was given."),
]


@pytest.mark.parametrize(
    ("changed", "said"), [case[1:] for case in ENDORSEMENTS], ids=[case[0] for case in ENDORSEMENTS]
)
def test_an_endorsement_that_may_not_be_shown_is_refused_and_kept_in_the_form(office, changed, said):
    sent = an_endorsement(**changed) | {"action-publish": "1"}
    page = office.post(reverse("wagtailsnippets_content_endorsement:add"), sent).content.decode()
    assert said in page
    assert KEPT in page
    assert not Endorsement.objects.filter(live=True).exists()


def test_with_permission_it_is_published(office):
    office.post(reverse("wagtailsnippets_content_endorsement:add"), an_endorsement() | {"action-publish": "1"})
    assert Endorsement.objects.get().live
    assert Endorsement.objects.get().permission_given_on == date(2026, 3, 1)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,hello", "lighthouse"])
def test_an_organisations_website_is_an_address_of_the_web(office, address):
    sent = {"name": KEPT, "website": address, "action-publish": "1"}
    page = office.post(reverse("wagtailsnippets_content_organisation:add"), sent).content.decode()
    assert "Enter a valid URL." in page
    assert KEPT in page
    assert not Organisation.objects.exists()


# ---- pages


def content(*blocks: dict, **entities) -> str:
    """What the editor's text box sends."""
    whole = [
        {"key": "aaaaa", "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": []} | block
        for block in blocks
    ]
    return json.dumps({"blocks": whole, "entityMap": entities})


def a_page(body: list, **changed) -> dict:
    return nested_form_data(
        {
            "title": "Open day",
            "slug": "open-day",
            "standfirst": KEPT,
            "tone": "plain",
            "body": streamfield(body),
            "comments": inline_formset([]),
            "seo_title": "",
            "search_description": "",
            **changed,
        }
    )


def send(office, home, body: list):
    address = reverse("wagtailadmin_pages:add", args=["content", "infopage", home.pk])
    return office.post(address, a_page(body) | {"action-publish": "1"})


def link(where: str) -> dict:
    return {"heading": "", "text": "", "link": {"text": "Read the plan", "page": "", "address": where}}


ADDRESSES = [
    "javascript:alert(1)",
    " JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "//evil.example",
    "\tjavascript:x",
]


@pytest.mark.parametrize("where", ADDRESSES)
def test_an_action_leads_to_no_script(office, home, where):
    answer = send(office, home, [("action", link(where))])
    page = answer.content.decode()
    assert "An address begins with https://, mailto:, tel:, / or #." in page
    assert KEPT in page
    assert not InfoPage.objects.filter(slug="open-day").exists()


@pytest.mark.parametrize("where", ["javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "vbscript:x"])
def test_a_link_in_text_that_leads_to_a_script_loses_its_address_and_keeps_its_words(office, home, where):
    text = {"text": "Read the plan, please.", "entityRanges": [{"offset": 9, "length": 4, "key": 0}]}
    entity = {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": where}}}
    send(office, home, [("text", content(text, **entity))])
    page = InfoPage.objects.get(slug="open-day")
    stored = page.body[0].value.source.lower()
    assert "script:" not in stored
    assert "data:" not in stored
    assert "plan" in stored
    assert page.standfirst == KEPT


def test_what_was_pasted_from_word_keeps_its_words_and_loses_its_dress(office, home):
    pasted = content(
        {"text": "Dear Wren", "type": "header-two"},
        {
            "text": "Bold and large",
            "inlineStyleRanges": [
                {"offset": 0, "length": 4, "style": "BOLD"},
                {"offset": 0, "length": 14, "style": "FONT_SIZE_28"},
                {"offset": 0, "length": 14, "style": "MsoNormal"},
            ],
        },
        {"text": "<o:p>&nbsp;</o:p><span style='mso-fareast-language:EN-GB'>as typed</span>"},
        {"text": "Table", "type": "atomic", "entityRanges": [{"offset": 0, "length": 1, "key": 0}]},
        **{"0": {"type": "EMBED", "mutability": "IMMUTABLE", "data": {"url": "https://video.example/"}}},
    )
    send(office, home, [("text", pasted)])
    stored = InfoPage.objects.get(slug="open-day").body[0].value.source
    assert "Dear Wren" in stored
    assert "<b>Bold</b>" in stored
    for dress in ("<h1", ' style="', "font", "MsoNormal", "<o:p", "<span", "<embed", "iframe"):
        assert dress not in stored, dress
    assert "&lt;o:p&gt;" in stored, "what looks like markup is words"
    shown = office.get("/open-day/").content.decode()
    assert "<o:p" not in shown
    assert ' style="' not in shown


def test_markup_in_plain_fields_is_words(office, home):
    body = [("notice", {"title": "<script>alert(1)</script>", "text": rich_text("<p>Closed.</p>", features=["bold"])})]
    send(office, home, body)
    shown = office.get("/open-day/").content.decode()
    assert "<script>alert" not in shown
    assert "&lt;script&gt;" in shown


def test_a_picture_without_words_is_asked_for_them(office, home):
    picture = CharityImage.objects.create(title="quay", file=SimpleUploadedFile("quay.png", drawn(40, 30)))
    value = {"image": {"image": picture.pk, "alt_text": "", "decorative": ""}, "caption": ""}
    page = send(office, home, [("picture", value)]).content.decode()
    assert "Please add some alt text" in page or "alt text" in page.lower()
    assert KEPT in page
    assert not InfoPage.objects.filter(slug="open-day").exists()
