"""The tests: a PostgreSQL of their own that does not wait for the disk, mail in memory."""

import os

from almoner import embedded
from almoner.settings import environment
from almoner.settings.base import *  # noqa: F403
from almoner.settings.base import CACHES, CONTENT_SECURITY_POLICY, MIDDLEWARE, VAR
from almoner.settings.database import database

DEMO = True
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
SECRET_KEY = "tests keep no secrets"
BASE_URL = WAGTAILADMIN_BASE_URL = "http://testserver"

DATABASE_URL = environment.text("DATABASE_URL", "")  # always wins; without it the embedded server is used
POSTGRES = None if DATABASE_URL else embedded.Server(VAR / "test-postgres", careful=False)
if POSTGRES:
    DATABASE_URL = POSTGRES.url("postgres")
DATABASES = {"default": database(DATABASE_URL)}

# No static files are collected for tests; and a page is looked at right after something was done.
MIDDLEWARE = [each for each in MIDDLEWARE if "whitenoise" not in each and "memory" not in each]
KNOWN_SECONDS = 0
CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}  # so that queries can be counted

STRIPE_KEY = "sk_test_tests"
STRIPE_API_BASE = "http://127.0.0.1:9"  # nobody answers there, unless a test puts a stand-in in its place
STRIPE_WEBHOOK_SECRETS = ["whsec_tests"]
CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"] += ["http://127.0.0.1:*"]

EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
AVIF_SPEED = 10  # nobody looks at them
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the cast signs in often
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
FILES = VAR / "test-files" / str(os.getpid())  # each process its own: one sweeps up while another still reads
MEDIA_ROOT = FILES / "media"
PRIVATE_ROOT = FILES / "private"
