"""Which pages the public may find. The search and the site map ask here, so that what is hidden is hidden from both."""

from typing import Any

from wagtail.models import Page, Site

from content.models.stories import unreadable


def public(site: Site) -> Any:
    """Published pages of this site that ask nothing of their readers, and that no consent forbids."""
    found = Page.objects.descendant_of(site.root_page, inclusive=True).live().public()
    return found.exclude(pk__in=unreadable())  # by number: a search cannot look beyond a page's own fields
