"""A medical word is explained where a reader meets it first, without a script, and nowhere else."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from content import glossary
from content.models import GlossaryTerm, NewsPage
from tests.content.health.conftest import page_of
from tests.content.reading.counting import queries_of

pytestmark = pytest.mark.django_db
BUTTON = re.compile(r'<button type="button" class="term" popovertarget="(term_\d+)">(.*?)</button>')


@pytest.fixture
def words(db) -> list[GlossaryTerm]:
    """A small glossary; its last word is a draft."""
    told = [
        ("biopsy", "by-op-see", "A tiny piece is taken."),
        ("tumour", "", "A lump of cells."),
        ("neuroendocrine tumour", "", "One that begins in cells which make hormones."),
        ("MRI scan", "", "A picture made with magnets."),
        ("NET", "", "Short for it."),
    ]
    made = [GlossaryTerm.objects.create(term=term, said=said, meaning=meaning) for term, said, meaning in told]
    return [*made, GlossaryTerm.objects.create(term="lantern", meaning="Not yet.", live=False)]


def marked(html: str) -> list[str]:
    """The words that are marked, in their order."""
    return [word for _, word in BUTTON.findall(str(glossary.explained(html)))]


def test_hester_meets_a_word_and_reads_what_it_means(client, hub, words):
    page = page_of(hub, slug="tests", body=[("text", "<p>You may have a biopsy. A biopsy is quick.</p>")])
    shown = client.get(page.url).content.decode()
    [(anchor, word)] = BUTTON.findall(shown)
    assert word == "biopsy"
    note = re.search(rf'<span class="term__note" id="{anchor}" popover>(.*?)</span></span>', shown).group(1)
    assert "Biopsy" in note
    assert "say “by-op-see”" in note
    assert "A tiny piece is taken." in note


def test_each_word_is_explained_once_on_a_page_wherever_its_blocks_begin(client, hub, words):
    inside = [("text", "<p>The biopsy again, and a tumour.</p>")]
    section = {"heading": "A biopsy", "body": inside, "sources": [], "as_of": None, "anchor": ""}
    body = [("text", "<p>A biopsy.</p>"), ("section", section), ("text", "<p>This tumour.</p>")]
    shown = client.get(page_of(hub, slug="tests", body=body).url).content.decode()
    assert [word for _, word in BUTTON.findall(shown)] == ["biopsy", "tumour"]


@pytest.mark.parametrize(
    "html",
    [
        '<p><a href="/">the biopsy</a></p>', "<h2>Biopsy</h2>", "<summary>Biopsy</summary>", "<li><h3>Biopsy</h3></li>",
        '<p title="biopsy">Nothing</p>', "<p>biopsying, autobiopsy, biopsy-like, post-biopsy</p>",
        "<blockquote><p>My biopsy</p></blockquote>", "<dl><dd><p>biopsy</p></dd></dl>", "<div>biopsy</div>",
        "<p>a net of NETwork, a Net, an mri scan, an MRI</p>", "<p>A lantern</p>", "<p>&biopsy;</p>",
    ],
)  # fmt: skip
def test_links_headings_other_words_and_drafts_are_left_as_they_are(words, html):
    assert glossary.explained(html) == html


def test_a_word_is_known_at_the_beginning_of_a_sentence_and_of_several(words):
    assert marked("<p>Biopsy first.</p>") == ["Biopsy"]
    assert marked("<ul><li>Two MRI scans</li></ul>") == ["MRI scans"]
    assert marked("<p>“NET”, (biopsy).</p>") == ["NET", "biopsy"]


def test_the_longer_word_comes_before_the_shorter_one_in_it(words):
    assert marked("<p>A neuroendocrine tumour, and a tumour.</p>") == ["neuroendocrine tumour", "tumour"]


def test_what_an_editor_writes_in_the_glossary_is_text_and_no_html():
    GlossaryTerm.objects.create(term="B&W scan", said="<b>", meaning="<script>alert(1)</script>")
    shown = glossary.explained("<p>A B&amp;W scan</p>")
    assert 'class="term"' in shown
    assert "B&amp;W scan</button>" in shown
    assert "<script>" not in shown
    assert "<b>" not in shown


def test_without_a_glossary_nothing_is_changed():
    assert glossary.explained("<p>A biopsy</p>") == "<p>A biopsy</p>"


def test_news_is_left_as_it_was_written(client, home, words):
    from content.models import NewsIndexPage

    news = home.add_child(instance=NewsIndexPage(title="News", slug="news"))
    told = NewsPage(title="Told", standfirst="By the sea.", body=[("text", "<p>A biopsy.</p>")])
    assert "popovertarget" not in client.get(news.add_child(instance=told).url).content.decode()


def test_a_thousand_words_ask_no_more_of_the_database_than_five(client, hub, words):
    page = page_of(hub, slug="tests", body=[("text", "<p>You may have a biopsy.</p>")])
    few = queries_of(client, page.url)
    GlossaryTerm.objects.bulk_create(
        GlossaryTerm(term=f"word{at}{letter}", meaning="Something.") for at in range(250) for letter in "abcd"
    )
    assert queries_of(client, page.url) == few <= 15


def test_the_pattern_is_made_once_for_each_glossary(words, monkeypatch):
    glossary._made_of.cache_clear()
    for _ in range(3):
        glossary.explained("<p>A biopsy</p>")
    assert glossary._made_of.cache_info().misses == 1
    GlossaryTerm.objects.filter(term="biopsy").update(meaning="A small piece is taken.")
    assert "A small piece is taken." in glossary.explained("<p>A biopsy</p>")
    assert glossary._made_of.cache_info().misses == 2


def test_the_hub_keeps_its_explained_words_until_somebody_publishes(client, hub, words):
    hub.body = [("text", "<p>You may have a biopsy.</p>")]
    hub.save()
    assert "A tiny piece is taken." in client.get(hub.url).content.decode()
    with CaptureQueriesContext(connection) as asked:
        client.get(hub.url)
    assert not [each["sql"] for each in asked if "content_glossaryterm" in each["sql"]]
    GlossaryTerm.objects.filter(term="biopsy").update(meaning="A small piece is taken.")
    assert "A small piece is taken." in client.get(hub.url).content.decode()
