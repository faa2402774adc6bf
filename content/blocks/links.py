"""One link, everywhere the same: a page of ours, or an address."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class LinkValue(blocks.StructValue):
    """A link's address and words."""

    @property
    def href(self) -> str:
        """Where it leads; nothing if its page is gone or not public."""
        page = self.get("page")
        if page is not None:
            return page.url or "" if page.live else ""
        return self.get("address") or ""

    @property
    def words(self) -> str:
        """What the link says: its own words, or the page's title."""
        page = self.get("page")
        return self.get("text") or (page.title if page is not None else "")


class LinkBlock(blocks.StructBlock):
    """A page or an address, and words that say where it leads."""

    text = blocks.CharBlock(max_length=80, label=_("Words"), help_text=_("Say where it leads: never “click here”."))
    page = blocks.PageChooserBlock(required=False)
    address = blocks.CharBlock(
        required=False, max_length=500, help_text=_("Where there is no page: https://…, mailto:…, or /donate/…/")
    )

    class Meta:
        icon = "link"
        label = _("Link")
        description = _("A link to a page of ours or to another address.")
        value_class = LinkValue
        preview_value = {"text": "How we choose what to fund", "page": None, "address": "/where-your-money-goes/"}
        template = "content/blocks/link.html"

    def clean(self, value: Any) -> Any:
        """Exactly one of page and address, and an address of a kind that a browser may follow."""
        cleaned = super().clean(value)
        page, address = cleaned.get("page"), (cleaned.get("address") or "").strip()
        wrong = {}
        if bool(page) == bool(address):
            wrong["address"] = ValidationError(gettext("Choose a page or give an address: one of the two."))
        elif address and (
            address.startswith("//") or not address.startswith(("https://", "http://", "mailto:", "tel:", "/", "#"))
        ):
            wrong["address"] = ValidationError(gettext("An address begins with https://, mailto:, tel:, / or #."))
        if wrong:
            raise blocks.StructBlockValidationError(block_errors=wrong)
        return cleaned
