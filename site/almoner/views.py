"""Pages that belong to no room: health, and the errors that people may meet."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Said instead of Django's “CSRF verification failed”: the form can be sent again."""
    return render(request, "403_csrf.html", status=403)
