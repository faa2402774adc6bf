"""Words, medicines and sources: each explained once, and chosen one at a time."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail import hooks
from wagtail.blocks import StructBlockValidationError

from content.blocks.bodies import HealthBody
from content.models import CancerSite, Centre, GlossaryTerm, MedicineTerm, Reference, Specialty, Stage

pytestmark = pytest.mark.django_db


def refused(thing) -> str:
    """Why it is refused."""
    with pytest.raises(ValidationError) as why:
        thing.full_clean()
    return " ".join(why.value.messages)


def test_a_word_is_explained_once_however_it_is_written():
    GlossaryTerm.objects.create(term="Biopsy", meaning="A tiny piece is taken.")
    assert "explained already" in refused(GlossaryTerm(term="biopsy", meaning="Something else."))


def test_a_medicine_is_explained_once():
    MedicineTerm.objects.create(generic_name="octreotide", meaning="Calms.")
    assert "explained already" in refused(MedicineTerm(generic_name="Octreotide", meaning="Calms."))


def test_a_subject_stands_on_its_list_once():
    Stage.objects.create(name="Just told")
    assert "on the list already" in refused(Stage(name="Just told"))


def test_a_source_with_an_address_says_when_it_was_read_and_one_without_says_its_year():
    assert "when this address was read" in refused(Reference(title="A", publisher="B", url="https://example.org/"))
    assert "in which year" in refused(Reference(title="A", publisher="B"))
    Reference(title="A", publisher="B", year=2025).full_clean()


def test_a_note_explains_a_word_or_a_medicine_and_never_both():
    hooks.search_for_hooks()  # registers what can be chosen, wherever this test stands among others
    block = HealthBody().child_blocks["glossary"]
    word = GlossaryTerm.objects.create(term="biopsy", meaning="A tiny piece is taken.")
    medicine = MedicineTerm.objects.create(generic_name="octreotide", meaning="Calms.")
    block.clean(block.normalize({"term": word, "medicine": None}))
    for term, other in ((word, medicine), (None, None)):
        with pytest.raises(StructBlockValidationError):
            block.clean(block.normalize({"term": term, "medicine": other}))


def test_the_generic_name_stands_before_those_under_which_it_is_sold():
    block = HealthBody().child_blocks["glossary"]
    medicine = MedicineTerm.objects.create(generic_name="octreotide", brand_names="Tidecalm (demo)", meaning="Calms.")
    shown = block.render(block.normalize({"term": None, "medicine": medicine}))
    assert shown.index("Octreotide") < shown.index("Tidecalm")


@pytest.mark.parametrize(
    ("urgency", "said"), [("soon", "Worth telling"), ("urgent", "Urgent"), ("emergency", "Emergency")]
)
def test_a_care_card_says_in_words_how_soon(urgency, said):
    block = HealthBody().child_blocks["care"]
    shown = block.render(block.normalize({"urgency": urgency, "heading": "Ring if", "text": "<p>Fever.</p>"}))
    assert said in shown
    assert f"care--{urgency}" in shown


@pytest.mark.parametrize("kind", [GlossaryTerm, MedicineTerm, Reference, Stage])
def test_a_snippet_can_be_looked_at_before_it_is_published(kind, rf):
    samples = {
        GlossaryTerm: {"term": "biopsy", "meaning": "A tiny piece."},
        MedicineTerm: {"generic_name": "octreotide", "meaning": "Calms."},
        Reference: {"title": "A guide", "publisher": "Annals", "year": 2025},
        Stage: {"name": "Just told", "words": "The first weeks."},
    }
    thing = kind.objects.create(live=False, **samples[kind])
    answer = thing.make_preview_request()
    assert answer.status_code == 200
    assert next(iter(samples[kind].values())).lower() in answer.rendered_content.lower()


@pytest.mark.parametrize("kind", [GlossaryTerm, MedicineTerm, Reference, Centre, CancerSite, Stage, Specialty])
def test_an_editor_keeps_them_in_the_admin_and_finance_does_not(client, people, kind):
    address = reverse(f"wagtailsnippets_content_{kind._meta.model_name}:list")
    client.force_login(people.editor)
    assert client.get(address).status_code == 200
    assert client.get(address.replace("/list/", "/") + "add/").status_code == 200
    client.force_login(people.finance_officer)
    assert client.get(address).status_code in (302, 403)


def test_the_style_guide_shows_every_part_of_a_health_page(client):
    guide = client.get("/styleguide/").content.decode()
    for part in (
        "care care--emergency",
        "do-dont__side",
        "details__summary",
        "glossary__word",
        "term__note",
        "section__foot",
    ):
        assert part in guide, part
    for part in ("sources__list", "contents__list", "review__missed", "centre__name", "specialties"):
        assert part in guide, part
