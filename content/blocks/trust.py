"""Why a reader may believe us: endorsements, people, milestones, figures from the ledger."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from content.money import key_figures


class EndorsementChooserBlock(SnippetChooserBlock):
    """One endorsement, read with the others of a page in a constant number of queries.

    One that may not be shown comes out too, or the editor could not save a page that names it; `cards` leaves it out.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("content.Endorsement", **kwargs)

    def bulk_to_python(self, values: list[int | None]) -> list[Any]:
        """The chosen ones with people, organisations and pictures."""
        found = self.model_class.objects.for_cards().in_bulk([value for value in values if value])
        return [found.get(value) if value else None for value in values]


class EndorsementsValue(blocks.StructValue):
    """Endorsements in the editor's order."""

    @property
    def cards(self) -> list[Any]:
        """Those that may be shown today."""
        return [chosen.card for chosen in self["endorsements"] if chosen is not None and chosen.may_be_shown()]


class EndorsementsBlock(blocks.StructBlock):
    """Endorsements, as a list or as a rail that scrolls sideways."""

    heading = blocks.CharBlock(max_length=100, default="What people say")
    endorsements = blocks.ListBlock(EndorsementChooserBlock())
    layout = blocks.ChoiceBlock(
        choices=[("rail", _("A rail, scrolled sideways")), ("list", _("A list"))], default="rail"
    )

    class Meta:
        icon = "openquote"
        label = _("Endorsements")
        description = _("Who stands behind this, in their own words. One whose permission has run out is left out.")
        template = "content/blocks/endorsements.html"
        value_class = EndorsementsValue
        form_classname = "struct-block"
        preview_value = {"heading": "What people say", "endorsements": [], "layout": "rail"}

    def get_preview_value(self) -> Any:
        """Some that may be shown, if there are any."""
        some = list(self.child_blocks["endorsements"].child_block.model_class.objects.permitted().for_cards()[:4])
        return self.normalize({**self.meta.preview_value, "endorsements": some})


class PersonChooserBlock(SnippetChooserBlock):
    """One person, read with the others of a page in a constant number of queries."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("content.Person", **kwargs)

    def bulk_to_python(self, values: list[int | None]) -> list[Any]:
        """The chosen people with their pictures, published or not."""
        found = self.model_class.objects.with_pictures().in_bulk([value for value in values if value])
        return [found.get(value) if value else None for value in values]


class ListedPersonBlock(blocks.StructBlock):
    """A person in a list, with the role and place as they are worded here."""

    person = PersonChooserBlock()
    role = blocks.CharBlock(max_length=150, required=False, help_text=_("Only if worded differently here."))
    affiliation = blocks.CharBlock(max_length=200, required=False, help_text=_("Only if worded differently here."))

    class Meta:
        icon = "user"


class PeopleValue(blocks.StructValue):
    """People in the editor's order."""

    @property
    def cards(self) -> list[dict[str, Any]]:
        """What each person's line says here."""
        return [
            {
                "name": listed["person"].name,
                "post_nominals": listed["person"].post_nominals,
                "role": listed["role"] or listed["person"].role,
                "affiliation": listed["affiliation"] or listed["person"].affiliation,
                "picture": listed["person"].portrait,
            }
            for listed in self["people"]
            if listed["person"] is not None and listed["person"].may_be_shown
        ]


class PeopleBlock(blocks.StructBlock):
    """A list of people in the editor's order."""

    heading = blocks.CharBlock(max_length=100)
    people = blocks.ListBlock(ListedPersonBlock())

    class Meta:
        icon = "group"
        label = _("People")
        description = _("People in your order, each with role and place as worded here.")
        template = "content/blocks/people.html"
        value_class = PeopleValue
        preview_value = {"heading": "Our advisers", "people": []}

    def get_preview_value(self) -> Any:
        """Some of our people, if there are any."""
        some = self.child_blocks["people"].child_block.child_blocks["person"].model_class.objects.for_cards()[:4]
        listed = [{"person": person, "role": "", "affiliation": ""} for person in some]
        return self.normalize({**self.meta.preview_value, "people": listed})


class MilestoneBlock(blocks.StructBlock):
    """One step: when, what, where, and whether it is done."""

    when = blocks.CharBlock(max_length=60, help_text=_("“March 2027”, “this autumn”."))
    title = blocks.CharBlock(max_length=120)
    text = blocks.TextBlock(required=False)
    place = blocks.CharBlock(max_length=120, required=False)
    status = blocks.ChoiceBlock(
        choices=[("planned", "Planned"), ("now", _("Under way")), ("done", "Done")], default="planned"
    )

    class Meta:
        icon = "date"


class MilestonesBlock(blocks.StructBlock):
    """Dated steps, in order."""

    heading = blocks.CharBlock(max_length=100)
    milestones = blocks.ListBlock(MilestoneBlock())

    class Meta:
        icon = "history"
        label = _("Milestones")
        description = _("What has happened, what is under way, what comes next.")
        template = "content/blocks/milestones.html"
        preview_value = {
            "heading": "What comes next",
            "milestones": [
                {"when": "May 2026", "title": "The plan is agreed", "text": "", "place": "", "status": "done"},
                {"when": "October 2026", "title": "First pilot", "text": "", "place": "Eastquay", "status": "now"},
                {"when": "2027", "title": "All four nations", "text": "", "place": "", "status": "planned"},
            ],
        }


class FiguresBlock(blocks.StructBlock):
    """Raised, allocated and paid, asked of the ledger each time."""

    is_live = True
    heading = blocks.CharBlock(max_length=100, required=False)
    note = blocks.CharBlock(max_length=200, required=False, help_text=_("How it was counted, or since when."))

    class Meta:
        icon = "order"
        label = _("Figures from the ledger")
        description = _("What has been raised, promised and paid, as the books stand now. Nothing is typed.")
        template = "content/blocks/figures.html"
        preview_value = {"heading": "So far, together", "note": "Since 2010."}

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """The ledger's numbers."""
        return {**super().get_context(value, parent_context), "figures": key_figures()}
