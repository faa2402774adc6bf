"""What readers look for, and what they do not find: so that editors may write it, or promote a page for it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView

from content.models import SearchTerm

SEE = "content.view_searchterm"


class SearchesView(ReportView):
    """One line for each, the most frequent first; those without a result are marked."""

    page_title = _("What readers look for")
    header_icon = "search"
    index_url_name = "searches"
    index_results_url_name = "searches_results"
    columns = [
        Column("words", label=_("Looked for"), accessor=lambda term: term["words"]),
        Column("asked", label=_("How often"), accessor=lambda term: term["asked"]),
        Column("found", label=_("Found"), accessor=lambda term: term["most"] or "nothing"),
        Column("last", label=_("Last on"), accessor=lambda term: term["last"]),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """For editors; nothing is taken away as a file."""
        if not request.user.has_perm(SEE) or "export" in request.GET:
            raise PermissionDenied
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def get_queryset(self) -> Any:
        """The last three months, the most asked for first."""
        return SearchTerm.objects.by_words()
