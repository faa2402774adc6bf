"""Production: everything from the environment, nothing by default that could be unsafe.

Two database roles: `almoner_owner` migrates (DATABASE_URL of that role, for `manage.py migrate` only) and
`almoner_app` serves (DATABASE_URL of that role, for the web and the worker). See site/docs/running.md.
"""

from almoner.settings import environment
from almoner.settings.base import *  # noqa: F403
from almoner.settings.base import CONN_MAX_AGE
from almoner.settings.database import database

SECRET_KEY = environment.text("SECRET_KEY", purpose="a long random text that signs cookies and links")
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS")
BASE_URL = WAGTAILADMIN_BASE_URL = environment.text("BASE_URL", purpose="the site's own address, https://…")
CSRF_TRUSTED_ORIGINS = [BASE_URL]
DATABASES = {
    "default": database(
        environment.text("DATABASE_URL", purpose="postgres://almoner_app:…@host/almoner"),
        conn_max_age=CONN_MAX_AGE,
        pooled=environment.flag("DATABASE_POOLED"),
    )
}
STRIPE_KEY = environment.text("STRIPE_KEY", purpose="Stripe's secret key; a restricted one (rk_…) is best")

SESSION_COOKIE_NAME = "__Host-sessionid"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"
CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = environment.flag("SECURE_SSL_REDIRECT", True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True

EMAIL_HOST = environment.text("EMAIL_HOST", purpose="the mail server that sends receipts")
EMAIL_PORT = environment.number("EMAIL_PORT", 587)
EMAIL_HOST_USER = environment.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = environment.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = environment.flag("EMAIL_USE_TLS", True)
DEFAULT_FROM_EMAIL = environment.text("MAIL_FROM", purpose="who receipts come from, as Name <name@charity.org>")
