"""Messages from the public: read in the admin by those whose role says so, and never taken away as a file."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.forms.views import SubmissionsListView


class MessagesView(SubmissionsListView):
    """The messages of one form."""

    show_export_buttons = False
    page_title = _("Messages")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Whoever asks for a file is refused, whatever their role."""
        if "export" in request.GET:
            raise PermissionDenied
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer
