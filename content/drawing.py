"""Pictures are drawn when a page is published: the first reader would wait seconds for it."""

from typing import Any

from django.template.response import TemplateResponse
from wagtail.coreutils import get_dummy_request
from wagtail.models import Page, Site

from almoner.kit import jobs


def ask(instance: Page, **of_the_signal: Any) -> None:
    """A page was published: have its pictures drawn."""
    jobs.enqueue("content.draw_pictures", page=instance.pk)


def draw(page: int) -> None:
    """Look at the page, and at the list in which it stands, as a reader would: what is missing is drawn by that."""
    published = Page.objects.live().filter(pk=page).first()
    if published is None:
        return
    for each in (published, published.get_parent()):
        if each is not None and each.live and each.depth > 1:
            _look_at(each)


def _look_at(page: Page) -> None:
    site = Site.objects.filter(is_default_site=True).first()
    answer = page.specific.serve(get_dummy_request(path=page.get_url() or "/", site=site))
    if isinstance(answer, TemplateResponse):
        answer.render()
