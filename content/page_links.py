"""Links to pages within text: an address is all that is asked of a page, so its own kind is not read for it."""

from typing import Any

from wagtail.rich_text.pages import PageLinkHandler


class Link(PageLinkHandler):
    """Wagtail's, but for one query in place of one more for each kind of page that is linked to."""

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, str]]) -> list[Any]:
        """The pages of these links, in their order; None for one that is gone."""
        found: list[Any] = super(PageLinkHandler, cls).get_many(attrs_list)
        return found
