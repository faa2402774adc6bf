"""How a page speaks. On a page with a sensitive tone nobody is asked for anything, and the helpline comes first."""

import re
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page

PAGE_LINK = re.compile(r'<a\b(?=[^>]*\blinktype="page")[^>]*\bid="(\d+)"')
OUR_FORMS = ("/donate/", "/appeals/")


class Tone(models.TextChoices):
    """What the reader may be going through."""

    PLAIN = "plain", _("Plain")
    SENSITIVE = "sensitive", _("Sensitive")  # no ask, no sharing counts, no related news, not counted; helpline first


class ToneMixin(models.Model):
    """A page that may ask for nothing."""

    tone = models.CharField(
        max_length=10,
        choices=Tone.choices,
        default=Tone.PLAIN,
        help_text=_("Sensitive: the helpline comes first, nothing is asked for, and visits are not counted."),
    )

    tone_panels = [MultiFieldPanel([FieldPanel("tone")], heading=_("Tone"))]

    class Meta:
        abstract = True

    @property
    def is_sensitive(self) -> bool:
        """Whether this page must not ask for anything. Whoever counts visits leaves it out, too."""
        return self.tone == Tone.SENSITIVE

    def clean(self) -> None:
        """A sensitive page holds no ask: neither a Give button nor a link to an appeal or its form."""
        super().clean()
        if self.is_sensitive and asks(getattr(self, "body", None)):
            raise ValidationError(
                {"body": _("A page with a sensitive tone asks for nothing: take out what leads to giving.")}
            )


def asks(body: Any) -> bool:
    """Whether any block leads to giving."""
    written = list(_said_in(body.get_prep_value())) if body else []
    texts = [each for each in written if isinstance(each, str)]
    if any(form in text for text in texts for form in OUR_FORMS):
        return True
    numbers = {each for each in written if isinstance(each, int)}
    numbers |= {int(number) for text in texts for number in PAGE_LINK.findall(text)}
    return any(is_ask(page) for page in Page.objects.filter(pk__in=numbers))


def _said_in(part: Any) -> Iterator[Any]:
    """The texts in a body, and the numbers of the pages to which its links and cards lead."""
    if isinstance(part, dict):
        if part.get("is_gift"):
            yield OUR_FORMS[0]  # wherever it leads
        if isinstance(part.get("page"), int):
            yield part["page"]
        for each in part.values():
            if not isinstance(each, int):
                yield from _said_in(each)
    elif isinstance(part, list):
        for each in part:
            yield from _said_in(each)
    elif isinstance(part, str):
        yield part


def is_ask(page: Page) -> bool:
    """Whether a page is there to ask: an appeal, or the list of appeals."""
    from content.models.appeals import AppealIndexPage, AppealPage

    return page.specific_class in (AppealPage, AppealIndexPage)
