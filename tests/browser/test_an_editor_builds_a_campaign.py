"""An editor who is given an empty site builds the whole campaign page through the admin, and publishes it.

The words are those of the demo, typed by hand. What came out is kept under tests/output/, to be looked at.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from almoner.demo import campaign, pictures, voices
from content.models import EndorsementKind
from tests.browser.conftest import Windows, what_axe_finds
from tests.browser.desk import Desk
from tests.browser.empty_site import EmptySite
from tests.browser.signing_in import as_staff

SPEAKERS = dict.fromkeys([voice.person for voice in voices.VOICES if voice.person])
LISTED = dict.fromkeys([name for name, _, _ in campaign.ADVISERS + campaign.THANKED])
BEHIND = dict.fromkeys([voice.organisation for voice in voices.VOICES if voice.organisation])
ONWARD = {
    "Just diagnosed": "The first fortnight, one step at a time.",
    "Your team": "Who is in the room, and what each of them does.",
    "Tests and scans": "What they show, and how long to wait.",
    "Living with it": "Work, food, sleep, and the people around you.",
    "For families": "What helps, and what can be left undone.",
    "Support near you": "Groups, telephones, and somebody to sit with.",
    "Stand with us": "Write, share, or give an hour.",
}
FIRST_WORDS = 6  # by which an endorsement is looked for


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmptySite]:
    """The site on its first day."""
    running = EmptySite(tmp_path_factory.mktemp("empty"))
    running.start()
    yield running
    running.press_ctrl_c()


@pytest.fixture
def windows(chromium: Browser, empty: EmptySite) -> Iterator[Windows]:
    """Windows on it; a breach of a page's security policy fails the test."""
    opened = Windows(chromium, empty)
    yield opened
    opened.close()
    assert opened.breaches == []


def test_an_editor_builds_the_campaign_page_on_an_empty_site(windows, keep_picture, tmp_path):
    editor = Desk(as_staff(windows.open(1280), "limpet"))
    home = a_home_page(editor)
    say_who_we_are(Desk(as_staff(windows.open(1280), "harbour")))
    for title, draw in pictures.SCENES.items():
        a_picture(editor, title, draw, tmp_path)
    for title, standfirst in ONWARD.items():
        a_page_to_read_on(editor, home, title, standfirst)
    an_appeal_page(editor, home)
    for name in BEHIND:
        editor.open("/admin/snippets/content/organisation/add/")
        editor.fill(name=name, is_industry="yes" if name in voices.COMPANIES else "")
        editor.do("action-publish")
    for name in [*sorted(voices.PATIENTS & LISTED.keys()), "Juniper A."]:
        a_consent(editor, name)
    for name, letters, role, affiliation in voices.PEOPLE:
        if name in SPEAKERS or name in LISTED:
            editor.open("/admin/snippets/content/person/add/")
            editor.fill(name=name, post_nominals=letters, role=role, affiliation=affiliation)
            if name in voices.PATIENTS:
                editor.fill(is_lived_experience="yes")
                editor.choose("id_consent", name)
            editor.do("action-publish")
    for voice in voices.VOICES:
        an_endorsement(editor, voice)

    the_campaign_page(editor, home)
    preview_of(editor, keep_picture)
    editor.do("action-submit")
    assert "submitted for moderation" in editor.said().lower()
    reader = windows.open(1280)
    assert reader.goto("/one-fair-path/").status == 404, "submitted is not published"
    publish_what_waits(editor)
    for width in (320, 768, 1280):
        the_public_reads(windows.open(width), width, keep_picture)


# ---- what stands before the campaign


def a_home_page(editor: Desk) -> str:
    """The first page; its number."""
    editor.open("/admin/pages/add/content/homepage/1/")
    editor.fill(title="Nobody should face a rare cancer alone", standfirst="We pay for nurses and for answers.")
    editor.do("action-publish")
    return editor.number_of_what_was_saved()


def say_who_we_are(administrator: Desk) -> None:
    """The administrator points the site to its home page and says whose it is."""
    administrator.open("/admin/sites/")
    administrator.page.get_by_role("link", name="localhost").first.click()
    administrator.choose("id_root_page", "Nobody should face")
    administrator.page.get_by_role("button", name="Save").first.click()
    administrator.open("/admin/settings/content/charitysettings/")
    administrator.fill(name="Harbour NET Fund", registered_name="Solent Hospitals Charity (demo)")
    administrator.fill(registered_number="0000000")
    administrator.page.get_by_role("button", name="Save").first.click()
    expect(administrator.page.locator(".messages")).to_contain_text("updated")


def a_picture(editor: Desk, title: str, draw: object, folder: Path) -> None:
    """Drawn by code, and uploaded as a photograph would be."""
    canvas = pictures.Canvas()
    draw(canvas)
    file = folder / f"{title.lower().replace(' ', '-')}.png"
    file.write_bytes(canvas.finished())
    editor.open("/admin/images/add/")
    editor.page.locator("[name=file]").set_input_files(file)
    editor.fill(title=title, credit="Drawn by code")
    editor.page.get_by_role("button", name="Upload").click()
    expect(editor.page.locator(".messages")).to_contain_text("added")


def a_page_to_read_on(editor: Desk, home: str, title: str, standfirst: str) -> None:
    """A page that a card will lead to."""
    editor.open(f"/admin/pages/add/content/infopage/{home}/")
    editor.fill(title=title, standfirst=standfirst)
    editor.write(editor.add_block("Text"), ["## In short", standfirst])
    editor.do("action-publish")


def an_appeal_page(editor: Desk, home: str) -> None:
    """The story of the appeal whose facts are there already."""
    editor.open(f"/admin/pages/add/content/appealindexpage/{home}/")
    editor.fill(title="Appeals")
    editor.do("action-publish")
    editor.open(f"/admin/pages/add/content/appealpage/{editor.number_of_what_was_saved()}/")
    editor.fill(title="A nurse who knows the way", standfirst="One nurse for three hospitals.")
    editor.page.locator("[name=appeal]").select_option(label="A nurse who knows the way")
    editor.do("action-publish")


def a_consent(editor: Desk, name: str) -> None:
    """What a patient has agreed to: their words, their name, and that we say they are a patient."""
    editor.open("/admin/snippets/content/consentrecord/add/")
    editor.fill(name=name, covers_words="yes", covers_name="yes", covers_health="yes", on_website="yes")
    editor.fill(wording_version="2025", reached_us_by="form", given_on="2025-09-01")
    editor.page.get_by_role("button", name="Save").first.click()
    expect(editor.page.locator(".messages")).to_contain_text("created")


def an_endorsement(editor: Desk, voice: voices.Voice) -> None:
    """Their words, who they are, and when they agreed."""
    more = {name: str(value) for name, value in voice.more.items()}
    editor.open("/admin/snippets/content/endorsement/add/")
    editor.fill(kind=voice.kind.value, quote=voice.quote, role=voice.role, **more)
    if voice.person:
        editor.choose("id_person", voice.person)
    if voice.organisation:
        editor.choose("id_organisation", voice.organisation)
    if voice.kind == EndorsementKind.PATIENT:
        editor.choose("id_consent", str(voice.more["chosen_name"]))
    editor.fill(permission_given_on="2025-09-01", permission_channel="email")
    editor.do("action-publish")


# ---- the campaign


def the_campaign_page(editor: Desk, home: str) -> None:
    """Everything that is on it, from top to bottom."""
    editor.open(f"/admin/pages/add/content/campaignpage/{home}/")
    editor.fill(title="One fair path", aim="Wherever you live, people who know your illness should care for you.")
    editor.choose("id_picture", "Path through the dunes")
    editor.choose("id_appeal_page", "A nurse who knows the way", looked_for="nurse")

    editor.write(editor.add_block("Text"), ["## Why this matters", "It can be quiet for years.", "It should be heard."])

    block = editor.add_block("Questions and answers")
    editor.type_in(f"{block}-heading", "Nine questions about the pathway")
    for item, (question, answer) in zip(editor.items(f"{block}-questions", 9), campaign.QUESTIONS, strict=True):
        editor.type_in(f"{item}-question", question)
        editor.write(f"{item}-answer", re.sub(r"</?b>", "", answer).split("\n\n"))

    block = editor.add_block("Publication")
    editor.type_in(f"{block}-title", "From first doubt to first letter")
    editor.type_in(f"{block}-summary", "Three hospitals followed the pathway for a year. Waits did not get shorter.")
    editor.type_in(f"{block}-journal", "Annals of Harbour Medicine (demo)")
    editor.type_in(f"{block}-published", "2026-03-16")
    editor.type_in(f"{block}-link-text", "Ask us for a copy")
    editor.type_in(f"{block}-link-address", "mailto:campaign@example.org")

    block = editor.add_block("Endorsements")
    editor.type_in(f"{block}-heading", "Who stands behind it")
    for item, voice in zip(editor.items(f"{block}-endorsements", 15), voices.VOICES, strict=True):
        editor.choose(item, voice.quote[:40], looked_for=" ".join(voice.quote.split()[:FIRST_WORDS]))

    for heading, listed in (("Our advisers", campaign.ADVISERS), ("With thanks to", campaign.THANKED)):
        block = editor.add_block("People")
        editor.type_in(f"{block}-heading", heading)
        for item, (name, role, affiliation) in zip(editor.items(f"{block}-people", 11), listed, strict=True):
            editor.choose(f"{item}-person", name)
            editor.type_in(f"{item}-role", role)
            editor.type_in(f"{item}-affiliation", affiliation)

    block = editor.add_block("Action")
    editor.type_in(f"{block}-heading", "Help to pay for a nurse")
    editor.type_in(f"{block}-text", "A nurse who knows the illness is the first step on the path.")
    editor.type_in(f"{block}-link-text", "Give to the nurse appeal")
    editor.type_in(f"{block}-link-address", "/donate/nurse/")
    editor.type_in(f"{block}-is_gift", "yes")

    block = editor.add_block("Onward cards")
    onward = zip(editor.items(f"{block}-cards", 7), ONWARD.items(), pictures.SCENES, strict=True)
    for item, (title, text), picture in onward:
        editor.choose(f"{item}-page", title)
        editor.choose(f"{item}-picture", picture)
        editor.type_in(f"{item}-text", text)


def preview_of(editor: Desk, keep_picture: object) -> None:
    """What it would look like, before anybody else sees it."""
    editor.page.get_by_role("button", name="Toggle preview").click()
    frame = editor.page.frame_locator("iframe.w-preview__iframe, #w-preview-iframe, iframe[title='Preview']").first
    expect(frame.get_by_role("heading", name="One fair path", level=1)).to_be_visible(timeout=30_000)
    expect(frame.get_by_role("heading", name="Who stands behind it")).to_have_count(1)
    editor.page.get_by_role("button", name="Toggle preview").click()


def publish_what_waits(editor: Desk) -> None:
    """The step “Publish” is an editor's; on the page that waits, Approve."""
    editor.open("/admin/")
    editor.page.locator("section", has_text="Awaiting your review").get_by_role(
        "link", name="One fair path"
    ).first.click()
    editor.page.wait_for_load_state("networkidle")
    more = editor.page.get_by_role("button", name="More actions")
    approve = editor.page.locator("[data-workflow-action-name='approve']").first
    if not approve.is_visible():
        more.click()
    approve.click()
    expect(editor.page.locator(".messages")).to_contain_text("published")


def the_public_reads(reader: Page, width: int, keep_picture: object) -> None:
    """Everything is there, for everybody, and it is looked at."""
    assert reader.goto("/one-fair-path/").status == 200
    for heading in ("Nine questions about the pathway", "Who stands behind it", "Our advisers", "With thanks to"):
        expect(reader.get_by_role("heading", name=heading)).to_have_count(1)
    assert reader.locator(".qa").count() == 9
    assert reader.locator(".endorsement").count() == 15
    assert reader.locator(".person").count() == 22
    assert reader.locator(".band--cards .card").count() == 7
    assert reader.locator("a[href='/donate/nurse/']").count() >= 1
    kinds = {voice.kind for voice in voices.VOICES}
    assert kinds == set(EndorsementKind)
    assert what_axe_finds(reader) == ""
    assert reader.evaluate("document.documentElement.scrollWidth") <= width
    keep_picture(reader, f"built-by-hand-{width}")
