"""A long page is laid out so that one finds the way in it: anchors, contents, sources cited once."""

import pytest

from content import contents, edition
from content.blocks.bodies import HealthBody
from content.models import CancerSite, GlossaryTerm, InfoPage, Reference, TreatmentPage
from tests.content.health.conftest import page_of

pytestmark = pytest.mark.django_db


def section(heading, anchor="", sources=(), body=(("text", "<p>Words.</p>"),), as_of=None):
    """A section block."""
    value = {"heading": heading, "anchor": anchor, "sources": list(sources), "body": list(body), "as_of": as_of}
    return "section", value


def laid_out(*blocks):
    """These blocks as a page lays them out."""
    return contents.lay_out(HealthBody().normalize(list(blocks)))


def test_sections_and_headings_stand_in_the_contents_in_their_order():
    layout = laid_out(
        ("text", "<h2>First &amp; last</h2><p>Words.</p><h3>Not this</h3>"), section("Surgery"), section("Tablets")
    )
    assert layout.contents == [("first-last", "First & last"), ("surgery", "Surgery"), ("tablets", "Tablets")]


def test_a_short_page_has_no_contents():
    assert laid_out(section("Surgery"), section("Tablets")).contents == []


def test_no_two_headings_have_the_same_anchor_and_none_takes_the_pages_own():
    layout = laid_out(section("Surgery"), section("Surgery"), section("Sources"), section("?!"))
    assert [part.anchor for part in layout.parts] == ["surgery", "surgery-2", "sources-2", "part"]


def test_an_anchor_that_was_set_outlives_its_heading():
    assert laid_out(section("An operation", anchor="surgery")).parts[0].anchor == "surgery"


@pytest.fixture
def papers(db):
    """Three things that a page rests on, of which the last is taken down."""
    kept = [Reference.objects.create(title=f"Paper {at}", publisher="Harbour Annals", year=2020 + at) for at in (1, 2)]
    return [*kept, Reference.objects.create(title="Withdrawn", publisher="Harbour Annals", year=2019, live=False)]


def test_a_source_is_listed_once_numbered_by_where_it_is_first_cited(client, hub, papers):
    one, two, gone = papers
    body = [
        section("A", sources=[two]),
        section("B", sources=[two, gone, one]),
        ("references", {"heading": "Our sources", "references": [one]}),
        section("C"),
    ]
    page = client.get(page_of(hub, slug="treatments", body=body).url).content.decode()
    listed = page[page.index('id="sources"') :]
    assert listed.index("Paper 2") < listed.index("Paper 1")
    assert listed.count("Paper 1") == listed.count("Paper 2") == 1
    assert "Withdrawn" not in page
    assert 'href="#source-2"' in page
    assert "Our sources" in page


def test_a_time_sensitive_section_says_on_which_day_it_was_so(client, hub):
    page = client.get(page_of(hub, slug="treatments", body=[section("PRRT", as_of="2026-03-02")]).url)
    assert "This changes. It was so on 2 March 2026." in page.content.decode()


def test_headings_inside_a_section_are_one_level_down(client, hub):
    care = ("care", {"urgency": "urgent", "heading": "Ring today if", "text": "<p>Fever.</p>"})
    inside = client.get(page_of(hub, slug="one", body=[section("PRRT", body=[care])]).url).content.decode()
    assert '<h3 class="care__heading">' in inside
    outside = client.get(page_of(hub, slug="two", body=[care]).url).content.decode()
    assert '<h2 class="care__heading">' in outside


def test_a_word_that_is_taken_out_of_the_glossary_leaves_the_page(client, hub):
    term = GlossaryTerm.objects.create(term="biopsy", meaning="A tiny piece is taken.")
    page = page_of(hub, slug="tests", body=[("glossary", {"term": term, "medicine": None})])
    assert "A tiny piece is taken." in client.get(page.url).content.decode()
    GlossaryTerm.objects.update(live=False)
    assert "A tiny piece is taken." not in client.get(page.url).content.decode()


def test_a_sample_says_so_on_the_page_and_on_paper_and_is_left_out_of_search_engines(client, hub):
    page = page_of(hub, "Food", InfoPage, slug="food", is_sample=True)
    assert page.is_unlisted
    shown = client.get(page.url).content.decode()
    assert "This is sample text, not medical advice" in shown
    assert '<p class="only-print small">Sample text, not medical advice.' in shown
    assert '<meta name="robots" content="noindex">' in shown


def test_the_hub_lists_every_page_along_the_journey(client, hub, just_told):
    page_of(hub, "What NETs are", InfoPage, slug="nets", stage=just_told)
    page_of(hub, "Treatments", slug="treatments", stage=just_told)
    draft = page_of(hub, "Not yet", slug="not-yet", stage=just_told)
    draft.unpublish()
    page = client.get("/information/").content.decode()
    assert "Just told" in page
    assert page.index("What NETs are") < page.index("Treatments")
    assert "Not yet" not in page


def test_the_hub_lists_pages_by_where_a_cancer_began(client, hub):
    lung, liver = (CancerSite.objects.create(name=name) for name in ("Lung", "Liver"))
    treating = page_of(hub, "Treatments", slug="treatments")
    treating.cancer_sites.set([lung])
    treating.save()
    drafted = page_of(hub, "Not yet", InfoPage, slug="not-yet")
    drafted.cancer_sites.set([lung, liver])
    drafted.save()
    drafted.unpublish()
    sites = client.get("/information/").context["sites"]
    assert [(leg.name, [page.title for page in leg.pages]) for leg in sites] == [("Lung", ["Treatments"])]


@pytest.mark.parametrize("many", [5, 50])
def test_the_questions_to_the_database_do_not_grow_with_the_page(client, hub, many, django_assert_max_num_queries):
    terms = [GlossaryTerm.objects.create(term=f"word {at}", meaning="Plain.") for at in range(many)]
    papers = [Reference.objects.create(title=f"Paper {at}", publisher="Annals", year=2020) for at in range(many)]
    body = [
        section(f"Part {at}", sources=papers[at:], body=[("glossary", {"term": terms[at], "medicine": None})])
        for at in range(many)
    ]
    page = page_of(hub, slug="treatments", body=body)
    client.get(page.url)
    edition.forget()
    with django_assert_max_num_queries(12):
        shown = client.get(page.url).content.decode()
    assert f"Paper {many - 1}" in shown
    assert TreatmentPage.objects.count() == 1


@pytest.mark.parametrize("many", [5, 50])
def test_the_hub_asks_no_more_for_fifty_pages(client, hub, just_told, many, django_assert_max_num_queries):
    for at in range(many):
        hub.add_child(instance=InfoPage(title=f"Page {at}", slug=f"page-{at}", stage=just_told))
    client.get(hub.url)
    edition.forget()
    with django_assert_max_num_queries(9):
        assert f"Page {many - 1}" in client.get(hub.url).content.decode()
