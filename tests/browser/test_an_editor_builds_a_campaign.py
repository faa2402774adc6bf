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
from tests.browser.desk import ALIVE, PATIENCE, Desk
from tests.browser.empty_site import EmptySite
from tests.browser.signing_in import as_staff

LISTED = dict.fromkeys([name for name, _, _ in campaign.ADVISERS + campaign.THANKED])
PATIENTS = sorted(voices.PATIENTS & LISTED.keys())
USUALLY = {name: described for name, *described in voices.PEOPLE}
ONWARD = {  # kinds of page, what they are called, and what the card says
    "newsindexpage": ("News", "What has happened since we last wrote."),
    "storyindexpage": ("Stories", "People who found the path, in their own words."),
    "publicationindexpage": ("Publications", "What was measured, and what it showed."),
    "centreindexpage": ("Centres", "Hospitals with a team that has seen it before."),
    "supportindexpage": ("Support near you", "Groups, telephones, and somebody to sit with."),
    "peoplepage": ("Who we are", "Five trustees, one nurse, and a kettle."),
    "appealindexpage": ("Appeals", "What we are asking for, and what it pays for."),
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
    editor = Desk(windows.open(1280))
    as_staff(editor.page, "limpet")
    home = a_home_page(editor)
    administrator = Desk(windows.open(1280))
    as_staff(administrator.page, "harbour")
    say_who_we_are(administrator)

    pictures_of_the_sea(editor, tmp_path)
    for kind, (title, _) in ONWARD.items():
        index = a_page_to_read_on(editor, home, kind, title)
    an_appeal_page(editor, index)
    for name in [*PATIENTS, "Juniper A."]:
        a_consent(editor, name)
    for name in PATIENTS:
        a_patient(editor, name)
    known = set(PATIENTS)
    for voice in voices.VOICES:
        an_endorsement(editor, voice, known)

    the_campaign_page(editor, home, known)
    preview_of(editor)
    editor.do("action-submit")
    reader = windows.open(1280)
    answer = reader.goto("/one-fair-path/")
    assert answer.status == 404, "submitted is not published"
    publish_what_waits(editor)
    for width in (320, 768, 1280):
        reader.set_viewport_size({"width": width, "height": 900})
        the_public_reads(reader, width, keep_picture)


# ---- what stands before the campaign


def a_home_page(editor: Desk) -> str:
    """The first page; its number."""
    editor.open("/admin/pages/add/content/homepage/1/")
    editor.entitle("Nobody should face a rare cancer alone")
    editor.fill(standfirst="We pay for nurses and for answers.")
    editor.do("action-publish")
    return editor.number_of_what_was_saved()


def say_who_we_are(administrator: Desk) -> None:
    """The administrator points the site to its home page and says whose it is."""
    administrator.open("/admin/sites/")
    administrator.page.get_by_role("link", name="localhost").first.click()
    administrator.choose("id_root_page", "Nobody should face")
    administrator.press("Save", told="updated")
    administrator.open("/admin/settings/content/charitysettings/")
    administrator.fill(name="Harbour NET Fund", registered_name="Solent Hospitals Charity (demo)")
    administrator.fill(registered_number="0000000")
    administrator.press("Save", told="updated")


def pictures_of_the_sea(editor: Desk, folder: Path) -> None:
    """Drawn by code, and uploaded as photographs would be, all at once."""
    files = []
    for title, draw in pictures.SCENES.items():
        canvas = pictures.Canvas()
        draw(canvas)
        files.append(folder / f"{title}.png")
        files[-1].write_bytes(canvas.finished())
    editor.open("/admin/images/multiple/add/")
    editor.page.locator("#fileupload").set_input_files(files)
    expect(editor.page.locator("#upload-list li.upload-success")).to_have_count(len(files), timeout=PATIENCE)


def a_page_to_read_on(editor: Desk, home: str, kind: str, title: str) -> str:
    """A page that a card will lead to; its number."""
    editor.open(f"/admin/pages/add/content/{kind}/{home}/")
    editor.entitle(title)
    editor.do("action-publish")
    return editor.number_of_what_was_saved()


def an_appeal_page(editor: Desk, index: str) -> None:
    """The story of an appeal whose facts are there already."""
    editor.open(f"/admin/pages/add/content/appealpage/{index}/")
    editor.entitle("A nurse who knows the way")
    editor.fill(standfirst="One nurse for three hospitals.")
    editor.page.locator("[name=appeal]").select_option(label="A nurse who knows the way")
    editor.do("action-publish")


def a_consent(editor: Desk, name: str) -> None:
    """What a patient has agreed to: their words, their name, and that we say they are a patient."""
    editor.open("/admin/snippets/content/consentrecord/add/")
    editor.fill(name=name, covers_words="yes", covers_name="yes", covers_health="yes", on_website="yes")
    editor.fill(wording_version="2025", reached_us_by="form", given_on="2025-09-01")
    editor.press("Save", told="created")


def a_patient(editor: Desk, name: str) -> None:
    """Somebody who is named with their consent."""
    letters, role, affiliation = USUALLY[name]
    editor.open("/admin/snippets/content/person/add/")
    editor.fill(name=name, post_nominals=letters, role=role, affiliation=affiliation, is_lived_experience="yes")
    editor.choose("id_consent", name)
    editor.do("action-publish")


def an_endorsement(editor: Desk, voice: voices.Voice, known: set[str]) -> None:
    """Their words, who they are, and when they agreed; whoever is not on file is entered on the way."""
    more = {name: str(value) for name, value in voice.more.items()}
    editor.open("/admin/snippets/content/endorsement/add/")
    editor.fill(kind=voice.kind.value, quote=voice.quote, role=voice.role, **more)
    if voice.person:
        choose_person(editor, "id_person", voice.person, known)
    if voice.organisation in known:
        editor.choose("id_organisation", voice.organisation)
    elif voice.organisation:
        is_industry = "yes" if voice.organisation in voices.COMPANIES else ""
        editor.enter("id_organisation", name=voice.organisation, is_industry=is_industry)
        known.add(voice.organisation)
    if voice.kind == EndorsementKind.PATIENT:
        editor.choose("id_consent", str(voice.more["chosen_name"]))
    editor.fill(permission_given_on="2025-09-01", permission_channel="email")
    editor.do("action-publish")


def choose_person(editor: Desk, field: str, name: str, known: set[str]) -> None:
    """Somebody on file, or somebody new."""
    if name in known:
        editor.choose(field, name)
        return
    letters, role, affiliation = USUALLY[name]
    editor.enter(field, name=name, post_nominals=letters, role=role, affiliation=affiliation)
    known.add(name)


# ---- the campaign


def the_campaign_page(editor: Desk, home: str, known: set[str]) -> None:
    """Everything that is on it, from top to bottom."""
    editor.open(f"/admin/pages/add/content/campaignpage/{home}/")
    editor.entitle("One fair path")
    editor.fill(aim="Wherever you live, people who know your illness should care for you.")
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
            choose_person(editor, f"{item}-person", name, known)
            editor.type_in(f"{item}-role", role)
            editor.type_in(f"{item}-affiliation", affiliation)

    block = editor.add_block("Action")
    editor.type_in(f"{block}-heading", "Help to pay for a nurse")
    editor.type_in(f"{block}-text", "A nurse who knows the illness is the first step on the path.")
    editor.type_in(f"{block}-link-text", "Give to the nurse appeal")
    editor.type_in(f"{block}-link-address", "/donate/nurse/")
    editor.type_in(f"{block}-is_gift", "yes")

    block = editor.add_block("Onward cards")
    onward = zip(editor.items(f"{block}-cards", 7), ONWARD.values(), pictures.SCENES, strict=True)
    for item, (title, text), picture in onward:
        editor.choose(f"{item}-page", title)
        editor.choose(f"{item}-picture", picture)
        editor.type_in(f"{item}-text", text)


def preview_of(editor: Desk) -> None:
    """What it would look like, before anybody else sees it."""
    editor.page.get_by_role("button", name="Toggle preview").click()
    frame = editor.page.frame_locator("iframe#w-preview-iframe, iframe[title='Preview']").first
    expect(frame.get_by_role("heading", name="One fair path", level=1)).to_be_visible(timeout=PATIENCE)
    expect(frame.get_by_role("heading", name="Who stands behind it")).to_have_count(1)
    editor.page.get_by_role("button", name="Toggle preview").click()


def publish_what_waits(editor: Desk) -> None:
    """The step “Publish” is an editor's; on the page that waits, Approve."""
    editor.open("/admin/")
    waiting = editor.page.locator("section", has_text="Awaiting your review")
    waiting.get_by_role("link", name="One fair path").first.click()
    editor.page.wait_for_url("**/edit/**", wait_until="domcontentloaded")
    editor.page.wait_for_function(ALIVE)
    approve = editor.page.locator("[data-workflow-action-name='approve']").first
    if not approve.is_visible():
        editor.page.get_by_role("button", name="More actions").click()
    approve.click()
    editor.is_told("updated")


def the_public_reads(reader: Page, width: int, keep_picture: object) -> None:
    """Everything is there, for everybody, and it is looked at."""
    assert reader.goto("/one-fair-path/").status == 200
    for heading in ("Nine questions about the pathway", "Who stands behind it", "Our advisers", "With thanks to"):
        expect(reader.get_by_role("heading", name=heading, exact=True)).to_have_count(1)
    assert reader.locator(".qa").count() == 9
    assert reader.locator(".endorsement").count() == 15
    assert reader.locator(".person").count() == 22
    assert "Adviser from industry" in reader.locator(".person").first.inner_text()
    assert reader.locator(".band--cards .card").count() == 7
    assert reader.locator("a[href='/donate/nurse/']").count() >= 1
    kinds = {voice.kind for voice in voices.VOICES}
    assert kinds == set(EndorsementKind)
    assert what_axe_finds(reader) == ""
    assert reader.evaluate("document.documentElement.scrollWidth") <= width
    keep_picture(reader, f"built-by-hand-{width}")
