"""Where to go next: an action, and cards that lead to other pages."""

from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from content import pictures
from content.blocks.links import LinkBlock


class ActionBlock(blocks.StructBlock):
    """One thing to do, with its reason."""

    heading = blocks.CharBlock(max_length=100, required=False)
    text = blocks.TextBlock(required=False)
    link = LinkBlock()
    is_gift = blocks.BooleanBlock(
        required=False, label=_("This leads to giving"), help_text=_("It then looks like Donate.")
    )

    class Meta:
        icon = "pick"
        label = _("Action")
        description = _("One thing to do: give, share, write, read on.")
        template = "content/blocks/action.html"
        preview_value = {
            "heading": "Stand with us",
            "text": "Every gift goes to the nurse fund.",
            "link": {"text": "Give now", "page": None, "address": "/donate/nurse/"},
            "is_gift": True,
        }


class CardPageChooserBlock(blocks.PageChooserBlock):
    """A page to lead to; all the pages of a body are read in one query."""

    def bulk_to_python(self, values: list[int | None]) -> list[Any]:
        """What a card needs, and whether it may be read. What may not comes out too, for the editor."""
        from wagtail.models import Page

        from content.models.consent import may_be_read

        readable = ExpressionWrapper(Q(live=True) & may_be_read(), BooleanField())
        found = Page.objects.annotate(may_be_read=readable).in_bulk([value for value in values if value])
        return [found.get(value) if value else None for value in values]


class CardPictureChooserBlock(ImageChooserBlock):
    """A picture; all the pictures of a body come with their sizes in two queries."""

    def bulk_to_python(self, values: list[int | None]) -> list[Any]:
        """The chosen ones that may be shown, each with its sizes if they were ever drawn."""
        drawn = self.model_class.objects.prefetch_renditions(*pictures.CUT)
        read = drawn.in_bulk([value for value in values if value])
        found = {key: picture for key, picture in read.items() if picture.may_be_shown}
        return [found.get(value) if value else None for value in values]


class OnwardCardBlock(blocks.StructBlock):
    """A card that leads to one page."""

    page = CardPageChooserBlock()
    picture = CardPictureChooserBlock(required=False, help_text=_("Decoration: it needs no words."))
    title = blocks.CharBlock(max_length=80, required=False, help_text=_("The page's own title, if left empty."))
    text = blocks.CharBlock(max_length=200, required=False)

    class Meta:
        icon = "link"


class OnwardCardsValue(blocks.StructValue):
    """Cards in the editor's order."""

    @property
    def shown(self) -> list[Any]:
        """Those whose page may be read; one that was only just chosen has not been asked about."""
        pages = [(card, card["page"]) for card in self["cards"] if card["page"] is not None]
        return [card for card, page in pages if getattr(page, "may_be_read", page.live)]


class OnwardCardsBlock(blocks.StructBlock):
    """Cards that lead to pages of ours; one whose page is unpublished drops out."""

    heading = blocks.CharBlock(max_length=100, default="Read on")
    cards = blocks.ListBlock(OnwardCardBlock())

    class Meta:
        icon = "grip"
        label = _("Onward cards")
        description = _("Cards that lead to other pages; a page that is taken down drops out.")
        value_class = OnwardCardsValue
        template = "content/blocks/cards.html"
        preview_value = {"heading": "Read on", "cards": []}

    def get_preview_value(self) -> Any:
        """The first pages below home, if there are any."""
        from wagtail.models import Page

        some = Page.objects.live().public().filter(depth=3).order_by("path")[:3]
        cards = [{"page": page, "picture": None, "title": "", "text": page.search_description[:200]} for page in some]
        return self.normalize({**self.meta.preview_value, "cards": cards})
