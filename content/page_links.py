"""Links to pages within text. An address is all that is asked of a page, so its own kind is not read for it; and where
a page was taken down, by an editor or by a consent that fell, the words stay and lead nowhere.
"""

from typing import Any

from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from content.models.consent import may_be_read


class Link(PageLinkHandler):
    """Wagtail's, but for one query in place of one more for each kind of page that is linked to."""

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, str]]) -> list[Any]:
        """The pages of these links, in their order; None for one that the public may not read, or that is gone."""
        numbers = [attrs.get("id", "") for attrs in attrs_list]
        asked = Page.objects.filter(may_be_read(), live=True, pk__in=[each for each in numbers if each.isdecimal()])
        found = {str(page.pk): page for page in asked}
        return [found.get(number) for number in numbers]
