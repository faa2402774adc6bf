"""“Before you publish”: what an editor may have overlooked is said beside the page, and refused to nobody."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.rich_text import RichText

from content.checking import findings
from content.models import CharityImage, ConditionPage, GlossaryTerm, InfoPage, NewsPage, PolicyPage, TreatmentPage

pytestmark = pytest.mark.django_db


def of(*body, **more) -> list[str]:
    """What is said about a page with this body."""
    page = InfoPage(title="Open day", search_description="Come and see the quay.", body=list(body), **more)
    return [finding.said for finding in findings(page)]


def text(html: str) -> tuple[str, RichText]:
    return ("text", RichText(html))


def test_of_a_good_page_nothing_is_said():
    assert of(text('<p>The <a href="https://quay.example/">plan for the quay</a> is ready.</p>')) == []


@pytest.mark.parametrize("words", ["click here", "Click here", "here", "Read more…", "More", "this page", "DOWNLOAD"])
def test_a_link_that_does_not_say_where_it_leads(words):
    (said,) = of(text(f'<p>For the plan <a href="https://quay.example/">{words}</a>.</p>'))
    assert f"A link says “{words}”" in said


def test_an_action_that_does_not_say_where_it_leads():
    action = {"heading": "", "text": "", "link": {"text": "Click here", "page": None, "address": "/"}, "is_gift": False}
    assert any("“Click here”" in said for said in of(("action", action)))


def test_a_link_to_a_pdf_only():
    document = get_document_model().objects.create(title="Plan", file=ContentFile(b"%PDF-", name="plan.pdf"))
    (said,) = of(text(f'<p><a linktype="document" id="{document.pk}">The plan</a></p>'))
    assert "“The plan” leads to a PDF only" in said
    (said,) = of(text('<p><a href="https://quay.example/plan.PDF?v=2">The plan</a></p>'))
    assert "PDF only" in said
    assert of(text('<p><a href="https://quay.example/plan/">The plan</a></p>')) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Ask for a NETS clinic.", True),
        ("People with neuroendocrine tumours (NETS) meet here.", False),
        ("NETS (neuroendocrine tumours) are rare.", False),
        ("The NHS in the UK.", False),
        ("Nothing short.", False),
    ],
)
def test_a_short_form_is_explained_once(words, said):
    assert any("“NETS” is not explained" in each for each in of(text(f"<p>{words}</p>"))) is said


def test_what_the_glossary_explains_on_the_page_needs_no_more_words():
    GlossaryTerm.objects.create(term="MRI scan", meaning="A picture made with magnets.")
    assert not any("“MRI”" in said for said in of(text("<p>You may have an MRI scan.</p>")))
    news = NewsPage(title="Told", search_description="By the sea.", body=[text("<p>We bought an MRI scanner.</p>")])
    assert any("“MRI” is not explained" in finding.said for finding in findings(news)), "news explains no words"
    GlossaryTerm.objects.update(live=False)
    assert any("“MRI” is not explained" in said for said in of(text("<p>You may have an MRI scan.</p>")))


@pytest.mark.parametrize("kind", [TreatmentPage, ConditionPage])
def test_a_page_about_health_without_its_dates_of_review(kind):
    page = kind(title="Tablets", search_description="How they help.")
    assert [each.said for each in findings(page) if each.kind == "review"] == [
        "“Last reviewed on” is empty: readers are told when a page was last checked.",
        "“Next review by” is empty: readers are told when a page was last checked.",
    ]


def test_a_picture_without_words_and_one_with_a_file_name():
    picture = CharityImage(title="The quay")
    picture.contextual_alt_text, picture.decorative = "", False
    assert any(
        "no words for those who do not see it" in said for said in of(("picture", {"image": picture, "caption": ""}))
    )
    picture.contextual_alt_text = "IMG_2041.jpg"
    assert any("looks like the name of a file" in said for said in of(("picture", {"image": picture, "caption": ""})))
    picture.contextual_alt_text = "Three boats at the quay"
    assert of(("picture", {"image": picture, "caption": ""})) == []
    picture.contextual_alt_text, picture.decorative = "", True
    assert of(("picture", {"image": picture, "caption": ""})) == []


def test_a_policy_without_its_date_of_review():
    said = [finding.said for finding in findings(PolicyPage(title="Privacy", search_description="What we keep."))]
    assert said == ["“Reviewed on” is empty: readers are told when a page was last checked."]


def test_a_page_without_a_description():
    assert [finding.kind for finding in findings(InfoPage(title="Open day"))] == ["search"]


@pytest.fixture
def draft(home, people) -> InfoPage:
    page = home.add_child(
        instance=InfoPage(title="Open day", slug="open-day", body=[text('<p><a href="/">Click here</a></p>')])
    )
    page.save_revision(user=people.editor)
    return page


def test_they_stand_beside_the_page_and_follow_each_save(client, draft, people):
    client.force_login(people.editor)
    editor = client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).content.decode()
    assert "Before you publish: 2 things to look at" in editor
    assert "content/checks.js" in editor
    draft.body = [text('<p><a href="/">The way to the quay</a></p>')]
    draft.search_description = "Come and see."
    draft.save_revision(user=people.editor)
    newer = client.get(reverse("page_checks", args=[draft.pk])).content.decode()
    assert "look well" in newer


def test_only_those_who_may_edit_the_page_are_told(client, draft, people):
    client.force_login(people.finance_officer)
    assert client.get(reverse("page_checks", args=[draft.pk])).status_code in (302, 403)


def test_previews_and_saving_by_itself_are_on(client, draft, people):
    client.force_login(people.editor)
    editor = client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).content.decode()
    assert "w-autosave" in editor
    assert 'data-side-panel="preview"' in editor or "preview" in editor
