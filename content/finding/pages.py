"""Which pages the public may find. The search and the site map ask here, so that what is hidden is hidden from both."""

from typing import Any

from wagtail.models import Page, Site

from content.models.consent import readable_pages


def public(site: Site) -> Any:
    """Published pages of this site that ask nothing of their readers, and that no consent forbids."""
    return readable_pages(Page.objects.descendant_of(site.root_page, inclusive=True).live().public())
