"""The pages that the product's pages are measured beside, each an application for gunicorn.

hello    WSGI and nothing else
bare     a Django view: no middleware, no database; /query/ adds one query
usual    a Django view behind the middleware that `startproject` sets, with one query and a template with a form
"""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import dj_database_url
import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

BODY = "Hello from a plain page."
USUAL = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]


def hello(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The least that a web server can be asked."""
    body = BODY.encode()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]


def bare() -> WSGIHandler:
    """Django without middleware."""
    return application([])


def usual() -> WSGIHandler:
    """Django as a new project has it."""
    return application(USUAL)


def application(middleware: list[str]) -> WSGIHandler:
    """A small Django project, on the same database."""
    settings.configure(
        SECRET_KEY="a plain page keeps no secrets",
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        MIDDLEWARE=middleware,
        INSTALLED_APPS=[
            "django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sessions", "django.contrib.messages",
        ],
        DATABASES={"default": dj_database_url.parse(os.environ["BENCH_DATABASE_URL"], conn_max_age=600)},
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [Path(__file__).parent],
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    )  # fmt: skip
    django.setup()
    return WSGIHandler()


def no_query(request: HttpRequest) -> HttpResponse:
    """A view that asks nobody."""
    return HttpResponse(BODY, headers={"Content-Length": str(len(BODY))})


def one_query(request: HttpRequest) -> HttpResponse:
    """A view that reads one row through a model."""
    from django.contrib.contenttypes.models import ContentType

    body = f"{BODY} {ContentType.objects.get(app_label='ledger', model='fund').pk}"
    return HttpResponse(body, headers={"Content-Length": str(len(body))})


def form(request: HttpRequest) -> HttpResponse:
    """A view that reads one row and shows it with a form."""
    from django.contrib.contenttypes.models import ContentType

    kind = ContentType.objects.get(app_label="ledger", model="fund")
    return render(request, "form.html", {"body": BODY, "kind": kind})


urlpatterns = [path("", no_query), path("query/", one_query), path("form/", form)]
