"""The words of public pages are learnt, so that misspellings can be put right, and forgotten with their pages."""

from datetime import timedelta

from django.db.models import Max
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Site
from wagtail.search.models import IndexEntry
from wagtail.search.utils import get_descendants_content_types_pks

from content.finding import pages, words
from content.models import Centre, GlossaryTerm, SupportService, Word

BEFORE = timedelta(
    minutes=25
)  # what has happened in two rounds of the job: indexing may have been slower than the first


def learn() -> int:
    """Every word of public pages, services, centres and the glossary; how many there are."""
    texts: list[str] = []
    for site in Site.objects.select_related("root_page"):
        public = [str(pk) for pk in pages.public(site).values_list("pk", flat=True)]
        texts += _texts(Page, public)
    for kind in (SupportService, Centre, GlossaryTerm):
        texts += _texts(kind, [str(pk) for pk in kind.objects.filter(live=True).values_list("pk", flat=True)])
    return words.learn(texts)


def learn_if_changed() -> int:
    """The same, unless nothing was published or taken down of late; what was expires with the next change."""
    latest = PageLogEntry.objects.aggregate(latest=Max("timestamp"))["latest"]
    if Word.objects.exists() and (latest is None or latest < timezone.now() - BEFORE):
        return 0
    return learn()


def _texts(model: type, numbers: list[str]) -> list[str]:
    kinds = get_descendants_content_types_pks(model)
    entries = IndexEntry.objects.filter(content_type_id__in=kinds, object_id__in=numbers)
    return [f"{title} {body}" for title, body in entries.values_list("title_text", "body_text")]
