"""Publications: plain words first, then where to read them, how large they are, and how to cite them."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from content.models import PublicationIndexPage, PublicationPage
from tests.content.reading.counting import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def publications(home) -> PublicationIndexPage:
    """The list of publications, empty."""
    return home.add_child(instance=PublicationIndexPage(title="Publications", slug="publications"))


@pytest.fixture
def write(publications):
    """Publishes a paper."""

    def written(title: str = "First doubt", **more) -> PublicationPage:
        given = {
            "summary": "People wait too long.",
            "authors": "M. Tidewell, J. Spindrift",
            "published_on": date(2025, 11, 3),
        }
        return publications.add_child(instance=PublicationPage(title=title, **{**given, **more}))

    return written


@pytest.fixture
def pdf(db):
    """A file of two kilobytes."""
    return get_document_model().objects.create(
        title="First doubt", file=ContentFile(b"%PDF" + b"x" * 2044, "doubt.pdf")
    )


def test_plain_words_come_before_the_file_whose_kind_and_size_are_said(client, write, pdf):
    write(document=pdf, body=[("text", "<h2>What we asked</h2><p>We asked 212 people.</p>")])
    page = client.get("/publications/first-doubt/").content.decode().partition("<main")[2]
    order = ["In plain words", "People wait too long.", "On this page", "(PDF, 2.0", "What we asked", "How to cite it"]
    assert [page.index(words) for words in order] == sorted(page.index(words) for words in order)


def test_it_is_cited_in_one_line(write):
    paper = write(journal="Annals of Harbour Medicine (demo)", doi="10.1234/abc.5")
    assert paper.citation == (
        "M. Tidewell, J. Spindrift (2025). First doubt. Annals of Harbour Medicine (demo). https://doi.org/10.1234/abc.5"
    )


def test_a_paper_without_plain_words_is_refused(write):
    paper = write()
    paper.summary = ""
    with pytest.raises(ValidationError) as refused:
        paper.full_clean()
    assert "summary" in refused.value.error_dict


@pytest.mark.parametrize(
    "doi", ["https://doi.org/10.1234/abc", "11.1234/abc", "10.1234", "10.1234/a b", "javascript:alert(1)"]
)
def test_what_is_no_doi_is_refused(write, doi):
    paper = write()
    paper.doi = doi
    with pytest.raises(ValidationError, match=r"A DOI begins with 10\."):
        paper.full_clean()


def test_a_licence_leads_to_its_words_and_none_is_said_too(client, write):
    write(licence="cc-by")
    assert (
        'rel="license">Creative Commons Attribution 4.0</a>'
        in client.get("/publications/first-doubt/").content.decode()
    )
    write("Second doubt")
    page = client.get("/publications/second-doubt/").content.decode()
    assert "All rights reserved" in page
    assert "Only on paper." in page


def test_a_long_list_asks_no_more_than_a_short_one(client, write, pdf):
    for number in range(5):
        write(f"Paper {number}", document=pdf)
    few = queries_of(client, "/publications/")
    for number in range(5, 50):
        write(f"Paper {number}", document=pdf)
    assert queries_of(client, "/publications/") == few <= 15
    assert queries_of(client, "/publications/paper-3/") <= 15
