"""The search: what the public may see, found by what the public may type; and what was not found is counted."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import PageViewRestriction

from content.finding import counting, learning, results, words
from content.models import Centre, CentreIndexPage, CentrePage, GlossaryTerm, SearchTerm, SupportService, Word
from content.tasks import forget_what_is_old, learn_words
from tests.content.reading.counting import queries_of

pytestmark = pytest.mark.django_db


def search(client, typed: str, **more: str) -> str:
    """The page of results."""
    answer = client.get("/search/", {"q": typed, **more})
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_page_is_found_by_any_word_of_it_in_any_form(client, tell, indexed):
    tell("Bryony has begun", "She listens on Tuesdays beneath the lighthouse.")
    indexed()
    for typed in ("lighthouse", "Lighthouses", "listening", "BRYONY", "  bryony   lighthouse "):
        assert 'href="/news/bryony-has-begun/"' in search(client, typed), typed


def test_the_lines_in_which_the_word_stands_are_shown_with_the_word_marked(client, tell, indexed):
    tell("Bryony has begun", "She listens beneath the lighthouse & the <b>stars</b>.")
    indexed()
    page = search(client, "lighthouse")
    assert "<mark>lighthouse</mark>" in page
    assert '<span class="result__kind">News</span>' in page
    assert "<b>stars</b>" not in page


def test_zoe_finds_zoe_with_her_dots(client, tell, indexed):
    tell("Professor Zoë Saltwick speaks")
    indexed()
    for typed in ("zoe", "Zoë", "ZOË"):
        assert "Professor Zoë Saltwick speaks" in search(client, typed)


def test_without_words_there_is_only_the_box(client, tell, indexed):
    for path in ("/search/", "/search/?q=", "/search/?q=%20%20", "/search/?page=2"):
        page = client.get(path).content.decode()
        assert 'name="q"' in page
        assert "We found nothing" not in page
    assert not SearchTerm.objects.exists()


@pytest.mark.parametrize(
    "typed",
    [
        "\x00", "a\x00b", "'", "\"", "' OR 1=1 --", "\\", "%", "_", ":*", "a & | ! ( )", "<->", "((((", "nurse:*", "-",
        "<script>alert(1)</script>", "x" * 5000, "nurse " * 500, "\ud7ff", "؀", "a\nb\tc", "${7*7}", "ﷺ" * 40,
        "🌊", "{{ 7*7 }}", "[[[nurse]]]", "the", "and or not", "\u202e nurse", "Ⅷ", "ß", "İ",
    ],
)  # fmt: skip
def test_whatever_is_typed_is_answered_and_shown_as_text(client, tell, indexed, typed):
    tell("Bryony has begun", "A nurse, by the sea.")
    indexed()
    page = search(client, typed)
    assert "<script>alert" not in page
    assert "x" * 200 not in page


@pytest.mark.parametrize(
    "query", ["q=nurse&page=abc", "q=nurse&page=0", "q=nurse&page=99", "q=%ff%fe", "q[]=nurse", "q=a&q=nurse"]
)
def test_a_crooked_address_is_answered(client, tell, indexed, query):
    tell("A nurse")
    indexed()
    assert client.get(f"/search/?{query}").status_code == 200


def test_only_reading_is_allowed(client, home):
    assert client.post("/search/", {"q": "nurse"}).status_code == 405


def test_what_is_not_public_is_not_found(client, tell, indexed, news):
    kept = {title: tell(title, "The heron.") for title in ("Taken down", "Never said", "For members", "Below members")}
    indexed()
    kept["Taken down"].unpublish()
    kept["Never said"].delete()
    PageViewRestriction.objects.create(page=kept["For members"], restriction_type=PageViewRestriction.LOGIN)
    kept["Below members"].move(kept["For members"], "first-child")
    page = search(client, "heron")
    assert "We found nothing" in page
    for title in kept:
        assert title not in page


def test_many_results_come_on_pages(client, tell, indexed):
    for number in range(13):
        tell(f"Heron {number}")
    indexed()
    first = search(client, "heron & co")
    assert "13 pages" in search(client, "heron")
    assert 'href="?q=heron&amp;page=2"' in search(client, "heron")
    assert "Page 2 of 2" in search(client, "heron", page="2")
    assert "with some of your words" in first


def test_where_no_page_has_all_the_words_those_with_some_are_shown(client, tell, indexed):
    tell("The heron")
    indexed()
    page = search(client, "heron bicycle")
    assert "The heron" in page
    assert "with some of your words" in page
    assert SearchTerm.objects.get().found == 0, "nothing answered what was asked"


def test_a_service_of_the_directory_is_found_and_leads_to_its_place(client, support, indexed):
    heron = SupportService.objects.create(
        name="Heron house", way="visit", times="Daily", offers="Sit down.", telephone="01632 960002"
    )
    SupportService.objects.create(
        name="Heron to be", way="visit", times="Daily", offers="–", telephone="01632 960003", live=False
    )
    indexed()
    page = search(client, "heron")
    assert f'href="/support/#service-{heron.pk}">Heron house</a>' in page
    assert "Heron to be" not in page


def test_a_word_of_the_glossary_is_explained_where_it_was_looked_for(client, home, indexed):
    GlossaryTerm.objects.create(term="biopsy", meaning="A tiny piece is taken.")
    GlossaryTerm.objects.create(term="biopsy needle", meaning="Not told yet.", live=False)
    indexed()
    page = search(client, "Biopsy")
    assert "What the word means" in page
    assert "<dfn>Biopsy</dfn>" in page
    assert "A tiny piece is taken." in page
    assert "Not told yet." not in page
    assert "We found nothing" not in page
    assert SearchTerm.objects.get().found == 1


def test_a_centre_is_found_by_its_name_or_place_and_leads_to_its_page_once(client, home, indexed):
    index = home.add_child(instance=CentreIndexPage(title="Centres", slug="centres"))
    kingfisher = a_centre("Kingfisher Infirmary", "1 Quay Road, Eastquay")
    index.add_child(instance=CentrePage(title="Kingfisher Infirmary", slug="kingfisher", centre=kingfisher))
    a_centre("Saltmarsh Clinic", "Eastquay")
    a_centre("Herring Clinic", "Eastquay", live=False)
    indexed()
    by_place = search(client, "eastquay")
    assert 'href="/centres/kingfisher/">Kingfisher Infirmary</a>' in by_place
    assert 'href="/centres/?place=ZZ1+1AA">Saltmarsh Clinic</a>' in by_place
    assert "Herring" not in by_place
    assert search(client, "kingfisher").count(">Kingfisher Infirmary</a>") == 1


def a_centre(name: str, address: str, live: bool = True) -> Centre:
    """A centre at the quay."""
    return Centre.objects.create(name=name, address=address, postcode="ZZ1 1AA", nation="england", live=live)


def test_a_misspelt_word_of_the_glossary_is_put_right(client, home, indexed):
    GlossaryTerm.objects.create(term="scintigraphy", meaning="A picture made by what shines.")
    indexed()
    assert 'Did you mean <a href="?q=scintigraphy">scintigraphy</a>?' in search(client, "scintigrafy")


# ---- promoted


def test_a_promoted_page_stands_first_with_what_the_editor_says_of_it(client, tell, indexed):
    page = tell("Where to ring")
    tell("The help we gave")
    SearchPromotion.objects.create(query=Query.get("Help"), page=page, description="One number for everything.")
    indexed()
    shown = search(client, "  HELP ")
    assert shown.index("Start here") < shown.index("Where to ring") < shown.index("The help we gave")
    assert "One number for everything." in shown
    assert "Start here" not in search(client, "helping")


def test_a_promoted_page_that_was_taken_down_is_not_shown(client, tell, indexed):
    page = tell("Where to ring")
    SearchPromotion.objects.create(query=Query.get("help"), page=page)
    SearchPromotion.objects.create(
        query=Query.get("help"), external_link_url="javascript:alert(1)", external_link_text="Bad"
    )
    SearchPromotion.objects.create(
        query=Query.get("help"), external_link_url="https://help.example.org/", external_link_text="Elsewhere"
    )
    page.unpublish()
    shown = search(client, "help")
    assert "Where to ring" not in shown
    assert "javascript:" not in shown
    assert 'href="https://help.example.org/">Elsewhere</a>' in shown


# ---- misspelt


@pytest.mark.parametrize("typed", ["lightouse", "lihgthouse", "ligthhouse", "Lighthousse"])
def test_a_misspelling_is_put_right(client, tell, indexed, typed):
    tell("Bryony has begun", "She listens beneath the lighthouse.")
    indexed()
    assert 'Did you mean <a href="?q=lighthouse">lighthouse</a>?' in search(client, typed)


def test_only_the_wrong_word_is_put_right_and_only_where_something_is_found(client, tell, indexed):
    tell("Bryony has begun", "She listens beneath the lighthouse.")
    indexed()
    assert 'href="?q=bryony%20lighthouse">bryony lighthouse</a>' in search(client, "bryony lighthuose")
    assert "Did you mean" not in search(client, "lighthouse")
    assert "Did you mean" not in search(client, "xylophone")


def test_a_word_that_stood_only_on_a_page_taken_down_is_not_suggested(client, tell, indexed):
    page = tell("Secret", "The cormorant.")
    indexed()
    page.unpublish()
    assert "cormorant" not in search(client, "cormorrant")
    learning.learn()
    assert not Word.objects.filter(word="cormorant").exists()


def test_words_are_learnt_anew_when_something_has_changed(tell, indexed, people):
    page = tell("Bryony", "The cormorant.")
    indexed()
    Word.objects.all().delete()
    learn_words(timestamp=0)
    assert Word.objects.filter(word="cormorant", pages=1).exists()
    page.save_revision(user=people.editor).publish(user=people.editor)
    assert learning.learn_if_changed() > 0


def test_what_was_typed_is_made_fit_for_asking():
    assert words.asked_for("  the\n\t nurse\x00\x07 ") == "the nurse"
    assert len(words.asked_for("x" * 5000)) == 100
    assert words.asked_for("a b c d e f g h i j k l") == "a b c d e f g h i j"


def test_lines_from_the_middle_of_a_page_are_shown_as_such():
    assert results.parts("A [[[word]]] of it.") == [("A ", False), ("word", True), (" of it.", False)]
    assert results.parts("some?, [[[Words]]] of") == [("… some? ", False), ("Words", True), (" of …", False)]
    assert results.parts("") == []


# ---- counted


def test_what_is_not_found_is_counted_for_the_editors(client, home, people):
    for _ in range(3):
        search(client, "Parking at Eastquay")
    line = SearchTerm.objects.fruitless().get()
    assert (line.words, line.times, line.found) == ("parking at eastquay", 3, 0)
    client.force_login(people.editor)
    report = client.get("/admin/reports/searches/").content.decode()
    assert "parking at eastquay" in report
    assert "nothing" in report
    assert client.get("/admin/reports/searches/?export=csv").status_code == 302


def test_the_dashboard_says_what_was_not_found_until_a_page_is_promoted_for_it(client, home, people, tell, indexed):
    page = tell("Where to ring")
    indexed()
    for typed in ("parking", "Parking", "ring"):
        search(client, typed)
    client.force_login(people.editor)
    dashboard = client.get("/admin/").content.decode()
    assert "Looked for, and not found" in dashboard
    assert '<tr><td>parking</td><td class="figure">2</td></tr>' in dashboard
    assert "<td>ring</td>" not in dashboard
    SearchPromotion.objects.create(query=Query.get("parking"), page=page)
    assert "<td>parking</td>" not in client.get("/admin/").content.decode()
    assert "Where to ring" in search(client, "parking")


def test_an_editor_who_promotes_a_page_is_offered_words_that_are_asked_for(client, home, people):
    for typed in ("Parking at Eastquay", "parking at eastquay", "ward 7", "wren@example.org", "o'hara's walk"):
        search(client, typed)
    asked = {query.query_string: query.hits for query in Query.get_most_popular()}
    assert asked == {"parking at eastquay": 2, "o'hara's walk": 1}
    client.force_login(people.editor)
    assert "parking at eastquay" in client.get(reverse("wagtailsearchpromotions:chooser")).content.decode()


def test_who_writes_no_pages_does_not_see_what_is_looked_for(client, people):
    client.force_login(people.finance_officer)
    assert client.get("/admin/reports/searches/").status_code == 302


@pytest.mark.parametrize(
    "typed",
    ["wren@example.org", "01632 960001", "ZZ1 1AA", "4242 4242 4242 4242", "i was told last week that my scan is lost"],
)
def test_what_looks_like_somebodys_own_is_not_kept(client, home, typed):
    search(client, typed)
    assert not SearchTerm.objects.exists()


def test_looking_at_the_second_page_is_not_asking_again(client, home):
    search(client, "heron")
    search(client, "heron", page="2")
    client.head("/search/", {"q": "heron"})
    assert SearchTerm.objects.get().times == 1


def test_a_machine_that_asks_for_everything_fills_no_table(client, home, monkeypatch):
    monkeypatch.setattr(counting, "MOST_A_DAY", 3)
    for typed in ("one", "two", "three", "four", "one"):
        search(client, typed)
    assert SearchTerm.objects.count() == 3


def test_what_was_looked_for_is_forgotten_after_three_months(db):
    for days in (89, 91):
        SearchTerm.objects.create(words=f"{days} days", day=timezone.localdate() - timedelta(days=days), found=0)
    forget_what_is_old(timestamp=0)
    assert [term.words for term in SearchTerm.objects.all()] == ["89 days"]


def test_words_for_editors_are_forgotten_too_unless_a_page_is_promoted_for_them(home):
    for asked in ("parking", "nurse"):
        Query.get(asked).add_hit(timezone.localdate() - timedelta(days=91))
    SearchPromotion.objects.create(query=Query.get("nurse"), page=home)
    forget_what_is_old(timestamp=0)
    assert [query.query_string for query in Query.objects.all()] == ["nurse"]
    assert not Query.get_most_popular().exists()


def test_fifty_pages_that_match_ask_no_more_of_the_database_than_five(client, tell, indexed, news):
    def until(count: int) -> None:
        for number in range(news.get_children().count(), count):
            tell(f"Heron {number}")
        indexed()

    until(5)
    few = queries_of(client, "/search/?q=heron")
    until(50)
    assert queries_of(client, "/search/?q=heron") == few <= 15
