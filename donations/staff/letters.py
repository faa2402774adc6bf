"""Every letter: to whom, about what, sent or waiting, and what it says."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column

from almoner.kit import mail
from almoner.kit.staff.read_only import DayColumn, InspectView, MoneyList, ReadOnlyViewSet
from almoner.kit.staff.screens import Screen
from donations import facts, outbox
from donations.models import Letter


def standing(letter: Letter) -> str:
    """Whether it has been sent."""
    return gettext("Sent") if letter.sent_at else gettext("Waiting to be sent")


def by_standing(written: "QuerySet[Letter]", name: str, wanted: str) -> "QuerySet[Letter]":
    """The letters that stand so."""
    return written.filter(sent_at__isnull=wanted != "sent")


def pdf(content: bytes, name: str) -> HttpResponse:
    """A paper, to be saved or printed."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


class LetterFilters(WagtailFilterSet):
    """By kind, standing and day."""

    kind = django_filters.ChoiceFilter(label=_("Letter"), choices=Letter.Kind.choices)
    standing = django_filters.ChoiceFilter(
        label=_("Standing"), choices=[("sent", "Sent"), ("waiting", _("Waiting to be sent"))], method=by_standing
    )
    written_at = django_filters.DateFromToRangeFilter(label=_("Written"), widget=DateRangePickerWidget)

    class Meta:
        model = Letter
        fields = ["kind", "standing", "written_at"]


class LetterList(MoneyList):
    """Letters, the newest first."""

    @cached_property
    def columns(self) -> list[Column]:
        """Which, to whom, and whether it is sent."""
        return [
            self._get_title_column("kind"),
            Column("to", label=gettext("To"), sort_key="to"),
            Column("about", label=gettext("About")),
            DayColumn("written_at", label=gettext("Written"), sort_key="written_at"),
            Column("standing", label=gettext("Standing"), accessor=standing),
            DayColumn("sent_at", label=gettext("Sent"), sort_key="sent_at"),
        ]


class LetterPage(InspectView):
    """One letter, put together again from the words that it was sent in and what the rows say."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The letter as its reader has it, but for the links that are the reader's alone."""
        letter = outbox.whole(self.object.pk)
        shown = mail.render(f"donations/letters/{letter.kind}", **facts.of(letter, for_the_donor=False))
        return {
            **super().get_context_data(**kwargs),
            "shown": shown,
            "standing": standing(letter),
            "has_paper": letter.kind in outbox.WITH_PAPER,
        }


class LetterPaper(Screen):
    """The paper that went with a letter."""

    permission = "donations.view_letter"
    page_title = _("The paper of a letter")
    under = (_("Letters"), "letters:index")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """As PDF."""
        letter = get_object_or_404(Letter, pk=self.kwargs["pk"])
        for paper in outbox.papers_of(outbox.whole(letter.pk)):
            return pdf(paper.content, paper.name)
        raise Http404


class LetterViewSet(ReadOnlyViewSet):
    """The outbox, and what has left it."""

    model = Letter
    name = "letters"
    url_prefix = "giving/letters"
    menu_label = _("Letters")
    icon = "mail"
    index_view_class = LetterList
    inspect_view_class = LetterPage
    inspect_template_name = "donations/staff/letter.html"
    ordering = ["-pk"]
    search_fields = ["to", "about", "donation__donor_name"]
    search_backend_name = None
    filterset_class = LetterFilters

    def get_urlpatterns(self) -> list[URLPattern]:
        """And the paper's."""
        return [*super().get_urlpatterns(), path("<int:pk>/paper/", LetterPaper.as_view(), name="paper")]
