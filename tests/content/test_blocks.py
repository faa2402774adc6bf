"""What an editor chooses from: each block says what it is for, and can be looked at before it is used."""

import pytest
from django.urls import reverse
from wagtail.blocks import Block

from content import blocks

BODIES = [getattr(blocks, name) for name in blocks.__all__]
BLOCKS = {name: block for body in BODIES for name, block in body().child_blocks.items()}


@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS.keys())
def test_a_block_says_in_a_sentence_what_it_is_for(block: Block):
    assert block.meta.description.endswith(".")
    assert str(block.label)[0].isupper()


@pytest.mark.django_db
@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS.keys())
def test_a_block_can_be_looked_at_before_it_is_used(block: Block, rf):
    preview = block.get_preview_value()
    assert preview
    assert block.meta.template.startswith("content/blocks/")
    drawn_from_what_is_on_file = ("endorsements", "picture", "accreditations", "funded")  # and here there is nothing
    assert block.render(preview, context={"request": rf.get("/")}).strip() or block.name in drawn_from_what_is_on_file


@pytest.mark.django_db
@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS.keys())
def test_an_editor_sees_it_as_readers_would(block: Block, client, people):
    assert block.is_previewable
    client.force_login(people.editor)
    seen = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    assert "almoner/site.css" in seen.content.decode()


def test_a_notice_is_set_apart_and_says_its_title():
    notice = BLOCKS["notice"]
    shown = notice.render(notice.normalize({"title": "Closed on Friday", "text": "<p>We ring back.</p>"}))
    assert 'class="notice notice--warning"' in shown
    assert "<strong>Closed on Friday</strong>" in shown
    assert "<p>We ring back.</p>" in shown
