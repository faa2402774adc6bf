"""What every page shares: how it is found and shared, and what is known of it where its address was read in one go."""

from typing import Any, Self

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PagePermissionTester, PageViewRestriction
from wagtail.search import index

from content import structured
from content.staff.checks import ChecksPanel

# Fields in whose words readers may find a page, whichever of them it has.
READ = ("standfirst", "aim", "summary", "authors", "journal", "byline", "source", "body", "search_description")


class SeoMixin(models.Model):
    """How a page looks in search results and where it is shared."""

    share_picture = models.ForeignKey(
        "content.CharityImage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Shown where the page is shared."),
    )
    is_unlisted = models.BooleanField(_("ask search engines to leave this page out"), default=False)

    class Meta:
        abstract = True


class BasePage(SeoMixin, Page):  # type: ignore[django-manager-missing]  # Wagtail publishes no types
    """Any page of ours."""

    content_panels = [*Page.content_panels, ChecksPanel()]
    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")], heading=_("Search engines")
        ),
        MultiFieldPanel(
            [FieldPanel("show_in_menus"), FieldPanel("share_picture"), FieldPanel("is_unlisted")],
            heading=_("On this site"),
        ),
    ]

    kind: Any = ""  # what it is called among results of a search
    tells_of_questions = True  # whether its questions and answers are told to search engines
    review_fields: tuple[str, ...] = ()  # dates of review that readers are told: content.checking asks for them
    explains_words = False  # whether words of the glossary are explained within its text: content.glossary
    is_health = False  # a kind of page that a clinician reads first, with everything below it: content.reviewing

    # What content.routing found out on the way to the page: those above it, and that nothing is asked of its readers.
    above: list[Page] | None = None
    is_for_everybody = False
    drawn: dict[Any, str] | None = None  # its parts in HTML while the edition is the same: templatetags.standing

    class Meta:
        abstract = True

    @classmethod
    def get_search_fields(cls) -> list[Any]:
        """Wagtail's own, and all the words that readers see."""
        its = {field.name for field in cls._meta.get_fields()}
        return [*super().get_search_fields(), *(index.SearchField(name) for name in READ if name in its)]

    @classmethod
    def clean_parent_page_models(cls) -> list[type[Page]]:
        """Where it may stand; an example of it also among the templates."""
        from content.models.templates import TemplatesPage

        is_first = cls._clean_parent_page_models is None
        found: list[type[Page]] = super().clean_parent_page_models()
        if is_first and cls.max_count is None and TemplatesPage not in found:
            found.append(TemplatesPage)
        return found

    @classmethod
    def for_reading(cls) -> "models.QuerySet[Self]":
        """The query that fetches a page to be shown; kinds of page add what they always need."""
        return cls.objects.select_related("share_picture")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The page, and the way back to the home page."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["trail"] = trail = self.trail(request)
        context["told_to_machines"] = lambda: self.told_to_machines(request, trail)  # not asked for where it is known
        return context

    def told_to_machines(self, request: HttpRequest, trail: list[tuple[str, str]]) -> list[dict[str, Any]]:
        """What search engines are told of this page; kinds of page add what they are."""
        told = [structured.breadcrumbs([*trail, (self.title, self.get_url(request) or "/")], request)] if trail else []
        questions = structured.questions(getattr(self, "body", ()))
        return [*told, questions] if questions else told

    @property
    def says_in_a_line(self) -> str:
        """What is said of it where it is shared or found."""
        said = self.search_description or getattr(self, "standfirst", "") or getattr(self, "aim", "")
        return str(said or getattr(self, "summary", ""))

    @property
    def picture_to_share(self) -> Any:
        """Shown where it is shared: its own for that, or the one on top of it."""
        return self.share_picture or getattr(self, "picture", None)

    def get_view_restrictions(self) -> "models.QuerySet[PageViewRestriction]":
        """What is asked of readers of this page, or of one above it."""
        if self.is_for_everybody:
            return PageViewRestriction.objects.none()
        asked: models.QuerySet[PageViewRestriction] = super().get_view_restrictions()
        return asked

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        """Whoever may publish here, but for pages about health and for templates."""
        from content import reviewing
        from content.models.templates import is_template

        tester: PagePermissionTester = super().permissions_for_user(user)
        held: set[str] = getattr(tester, "permissions", set())  # an administrator's are not listed
        if "publish" in held and (is_template(self) or not reviewing.may_publish(user, self)):
            tester.permissions = held - {"publish"}
        return tester

    def save_revision(self, *args: Any, overwrite_revision: Any = None, **kwargs: Any) -> Any:
        """A revision that somebody was asked to read is not written over: what changes later is another one."""
        from content import reviewing

        if overwrite_revision is not None and reviewing.was_shown(overwrite_revision):
            overwrite_revision = None
        return super().save_revision(*args, overwrite_revision=overwrite_revision, **kwargs)

    def trail(self, request: HttpRequest) -> list[tuple[str, str]]:
        """(title, address) of the pages above this one, the home page first."""
        above = self.above
        if above is None:
            above = list(self.get_ancestors().filter(depth__gt=1).order_by("depth"))
        return [(gettext("Home") if page.depth == 2 else page.title, page.get_url(request) or "/") for page in above]
