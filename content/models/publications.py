"""Publications: what a paper or report says in plain words first, then where to read it and how to cite it."""

from typing import Any

from django.core.paginator import Paginator
from django.core.validators import RegexValidator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.documents import get_document_model_string

from content import structured
from content.blocks.bodies import Body, PublicationBody
from content.models.base import BasePage

ON_A_PAGE = 12


class Licence(models.TextChoices):
    """What readers may do with it."""

    CC_BY = "cc-by", _("Creative Commons Attribution 4.0")
    CC_BY_NC = "cc-by-nc", _("Creative Commons Attribution, not for profit 4.0")
    CC_BY_ND = "cc-by-nd", _("Creative Commons Attribution, no changes 4.0")
    OGL = "ogl", _("Open Government Licence 3.0")
    RESERVED = "reserved", _("All rights reserved")


LICENCES = {
    Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
    Licence.CC_BY_NC: "https://creativecommons.org/licenses/by-nc/4.0/",
    Licence.CC_BY_ND: "https://creativecommons.org/licenses/by-nd/4.0/",
    Licence.OGL: "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
}


class PublicationIndexPage(BasePage):
    """All publications, the latest first."""

    kind = _("Publications")
    standfirst = models.TextField(max_length=300, blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("standfirst")]
    template = "content/publication_index_page.html"
    parent_page_types = ["content.HomePage"]
    subpage_types = ["content.PublicationPage"]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """One page of them; how many there are does not change how much is asked."""
        context = super().get_context(request, *args, **kwargs)
        live = PublicationPage.objects.child_of(self).live().select_related("document").defer("body")
        latest = live.order_by("-published_on", "-pk")
        context["publications"] = Paginator(latest, ON_A_PAGE).get_page(request.GET.get("page"))
        return context


class PublicationPage(BasePage):
    """One paper or report."""

    kind = _("Publication")
    summary = models.TextField(
        _("plain summary"), help_text=_("What it says, in words that everybody knows. It comes first.")
    )
    authors = models.CharField(max_length=400, help_text=_("As they are cited: “M. Tidewell, J. Spindrift”."))
    journal = models.CharField(_("journal or publisher"), max_length=200, blank=True)
    published_on = models.DateField(_("date"), default=timezone.localdate)
    doi = models.CharField(
        _("DOI"), max_length=120, blank=True, help_text=_("As in 10.1234/abc.5, without https://doi.org/."),
        validators=[RegexValidator(r"^10\.\d{4,9}/\S+$", "A DOI begins with 10., as in 10.1234/abc.5.")],
    )  # fmt: skip
    licence = models.CharField(max_length=10, choices=Licence.choices, default=Licence.RESERVED)
    body = Body(
        PublicationBody(),
        blank=True,
        verbose_name=_("the text as a web page"),
        help_text=_("Everybody can read a web page, on any screen; a PDF many cannot."),
    )
    web_version = models.URLField(
        _("web version elsewhere"), blank=True, help_text=_("If the text is a page of the journal.")
    )
    document = models.ForeignKey(
        get_document_model_string(), on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("file"), help_text=_("Kind and size are said beside the link."),
    )  # fmt: skip

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel(
            [FieldPanel("authors"), FieldPanel("journal"), FieldPanel("published_on"), FieldPanel("doi")],
            heading=_("How it is cited"),
        ),
        FieldPanel("licence"),
        MultiFieldPanel(
            [
                HelpPanel(
                    _("A web page is best. If there is only a PDF, people with small screens or readers are left out.")
                ),
                FieldPanel("body"),
                FieldPanel("web_version"),
                FieldPanel("document"),
            ],
            heading=_("Where it is read"),
        ),
    ]
    template = "content/publication_page.html"
    parent_page_types = ["content.PublicationIndexPage"]
    subpage_types: list[str] = []

    @classmethod
    def for_reading(cls) -> "models.QuerySet[PublicationPage]":
        """The page with its file."""
        return super().for_reading().select_related("document")

    def told_to_machines(self, request: HttpRequest, trail: list[tuple[str, str]]) -> list[dict[str, Any]]:
        """That it is a paper."""
        return [*super().told_to_machines(request, trail), structured.paper(self, request)]

    @property
    def doi_url(self) -> str:
        """Where the DOI leads."""
        return f"https://doi.org/{self.doi}" if self.doi else ""

    @property
    def licence_url(self) -> str:
        """Where the licence can be read, if it is a known one."""
        return LICENCES.get(Licence(self.licence), "")

    @property
    def file_kind(self) -> str:
        """“PDF”, as the file's name says."""
        return str(self.document.file_extension).upper() if self.document else ""

    @property
    def file_size(self) -> int | None:
        """How many bytes the file has; known to its row from the first time that it was asked."""
        return self.document.get_file_size() if self.document else None

    @property
    def citation(self) -> str:
        """The line by which it is cited."""
        said = [f"{self.authors} ({self.published_on.year})", self.title, self.journal, self.doi_url]
        return " ".join(f"{part.rstrip('.')}." if part != self.doi_url else part for part in said if part)
