"""What stands behind our word: accreditations, figures with their source, and what gifts have become."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from content import figures, pictures
from donations.ledger import balances
from donations.ledger.models import Fund
from donations.ledger.money import NOTHING, Money

if TYPE_CHECKING:
    from wagtail.images.models import Picture

    from donations.ledger.balances import Numbers


class AccreditationChooserBlock(SnippetChooserBlock):
    """One accreditation; only those that stand come out, all of a page in one query."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("content.Accreditation", **kwargs)

    def bulk_to_python(self, values: list[int | None]) -> list[Any]:
        """The chosen ones with their bodies; None for one that has ended."""
        found = self.model_class.objects.standing().in_bulk([value for value in values if value])
        return [found.get(value) if value else None for value in values]


class AccreditationsValue(blocks.StructValue):
    """Accreditations in the editor's order."""

    @property
    def shown(self) -> list[Any]:
        """Those that stand today."""
        return [each for each in self["accreditations"] if each is not None and each.stands()]


class AccreditationsBlock(blocks.StructBlock):
    """What outside bodies have found; each leaves by itself when it ends."""

    heading = blocks.CharBlock(max_length=100, default="Who has looked at this")
    accreditations = blocks.ListBlock(AccreditationChooserBlock())

    class Meta:
        icon = "success"
        label = _("Accreditations")
        description = _("What outside bodies have found, in words. One that has ended is left out.")
        template = "content/blocks/accreditations.html"
        value_class = AccreditationsValue
        preview_value = {"heading": "Who has looked at this", "accreditations": []}

    def get_preview_value(self) -> Any:
        """Some that stand, if there are any."""
        some = list(self.child_blocks["accreditations"].child_block.model_class.objects.standing()[:2])
        return self.normalize({**self.meta.preview_value, "accreditations": some})


def fund_choices() -> list[tuple[str, str]]:
    """All funds together, then each."""
    return [
        (figures.ALL_FUNDS, gettext("All funds together")),
        *Fund.objects.order_by("pk").values_list("code", "name"),
    ]


class FundChoiceBlock(blocks.ChoiceBlock):
    """A fund by its code. What a page holds is taken as it is: Wagtail would ask for all funds at each figure."""

    def normalize(self, value: Any) -> Any:
        """The code."""
        return value

    def to_python(self, value: Any) -> Any:
        """The code."""
        return value


class LedgerFigureBlock(blocks.StructBlock):
    """A figure that the ledger gives."""

    fund = FundChoiceBlock(choices=fund_choices, default=figures.ALL_FUNDS)
    position = blocks.ChoiceBlock(choices=list(figures.POSITIONS.items()), default="raised", label=_("What"))
    words = blocks.CharBlock(max_length=100, required=False, help_text=_("“raised since 2010”."))
    round_to = blocks.CharBlock(
        max_length=30, required=False, label=_("Shown as nearly"),
        help_text=_(
            "“£500,000”. Used only while the exact figure lies within 2 % below; the exact one stands beneath."
        ),
    )  # fmt: skip

    class Meta:
        icon = "order"
        label = _("From the ledger")


class TypedFigureBlock(blocks.StructBlock):
    """A figure that somebody counted elsewhere."""

    figure = blocks.CharBlock(max_length=30, help_text=_("The exact figure: “£493,250”, “112”."))
    words = blocks.CharBlock(max_length=100)
    round_to = blocks.CharBlock(max_length=30, required=False, label=_("Shown as nearly"))
    source = blocks.CharBlock(max_length=150, help_text=_("Who counted: “Yearly report of the network”."))
    as_of = blocks.DateBlock(label=_("As of"))
    source_url = blocks.URLBlock(required=False, label=_("Where it can be read"))

    class Meta:
        icon = "edit"
        label = _("Typed, with its source")

    def clean(self, value: Any) -> Any:
        """“Nearly” is said only where it is honest."""
        cleaned = super().clean(value)
        if cleaned["round_to"]:
            try:
                honest = figures.is_nearly(figures.number_in(cleaned["figure"]), figures.number_in(cleaned["round_to"]))
            except figures.NotANumber:
                honest = False
            if not honest:
                sentence = gettext("“Nearly” needs an exact figure that is less, and by no more than 2 %.")
                raise blocks.StructBlockValidationError(block_errors={"round_to": ValidationError(sentence)})
        return cleaned


class FigureStream(blocks.StreamBlock):
    """Figures of both kinds, in any order."""

    ledger = LedgerFigureBlock()
    typed = TypedFigureBlock()


class ImpactFiguresBlock(blocks.StructBlock):
    """Figures, each with how it was counted."""

    is_live = True
    heading = blocks.CharBlock(max_length=100, required=False)
    figures = FigureStream()

    class Meta:
        icon = "order"
        label = _("Impact figures")
        description = _("A few large figures, each from a fund of the ledger or typed with its source and date.")
        template = "content/blocks/impact_figures.html"
        preview_value = {
            "heading": "What it has come to",
            "figures": [
                {
                    "type": "typed",
                    "value": {
                        "figure": "112",
                        "words": "people met the nurse last year",
                        "round_to": "",
                        "source": "Yearly report of the Solent NET Network (demo)",
                        "as_of": "2026-03-31",
                        "source_url": "",
                    },
                }
            ],
        }

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """The ledger's figures as they stand, the typed ones with their source."""
        asked = [each.value for each in value["figures"] if each.block_type == "ledger"]
        told = iter(figures.of_ledger(asked))
        shown = [next(told) if each.block_type == "ledger" else figures.typed(each.value) for each in value["figures"]]
        return {**super().get_context(value, parent_context), "shown": [each for each in shown if each]}


@dataclass(frozen=True)
class ImpactCard:
    """What was funded, as its card says it."""

    title: str
    text: str
    kind: str
    organisation: str
    promised: Money
    paid: Money
    href: str = ""
    picture: Picture | None = None

    @property
    def is_paid(self) -> bool:
        """Whether nothing is still to pay."""
        return self.paid >= self.promised


def impact_cards(items: Sequence[Any], numbers: Mapping[str, Numbers] | None = None) -> list[ImpactCard]:
    """Cards with the ledger's sums: those that are known, else in one more query however many there are."""
    if not items:
        return []
    if numbers is None:
        numbers = balances.of_awards()
    cards = []
    for item in items:
        sums = numbers.get(item.award.reference)
        page = item.page if item.page is not None and item.page.live else None
        drawn = item.picture.drawn(pictures.CUT) if item.picture and item.picture.may_be_shown else None
        cards.append(
            ImpactCard(
                title=item.title,
                text=item.text,
                kind=item.get_kind_display(),
                organisation=item.award.organisation,
                promised=sums.allocated if sums else NOTHING,
                paid=sums.paid if sums else NOTHING,
                href=page.url or "" if page is not None else "",
                picture=drawn,
            )
        )
    return cards


class ImpactItemChooserBlock(SnippetChooserBlock):
    """One telling of an award; those of a page in a constant number of queries."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("content.ImpactItem", **kwargs)

    def bulk_to_python(self, values: list[int | None]) -> list[Any]:
        """The chosen ones that are published, with award, page and picture."""
        found = self.model_class.objects.for_cards().in_bulk([value for value in values if value])
        return [found.get(value) if value else None for value in values]


class ImpactItemsBlock(blocks.StructBlock):
    """What gifts have become, as cards."""

    is_live = True
    heading = blocks.CharBlock(max_length=100, default="What you funded")
    items = blocks.ListBlock(ImpactItemChooserBlock())

    class Meta:
        icon = "pick"
        label = _("What you funded")
        description = _("Awards told as stories, each with what was promised and paid as the books stand.")
        template = "content/blocks/impact_items.html"
        preview_value = {"heading": "What you funded", "items": []}

    def get_preview_value(self) -> Any:
        """Some that are told, if there are any."""
        some = list(self.child_blocks["items"].child_block.model_class.objects.for_cards()[:3])
        return self.normalize({**self.meta.preview_value, "items": some})

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """The cards."""
        chosen = [item for item in value["items"] if item is not None]
        return {**super().get_context(value, parent_context), "cards": impact_cards(chosen)}
