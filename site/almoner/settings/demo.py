"""The demo: an embedded PostgreSQL, the Stripe stand-in, mail kept in a folder. No account, no key, no real money."""

from almoner import embedded
from almoner.settings import environment
from almoner.settings.base import *  # noqa: F403
from almoner.settings.base import CONN_MAX_AGE, CONTENT_SECURITY_POLICY, PORT, STRIPE_CHECKOUT_HOSTS, VAR
from almoner.settings.database import database

DEMO = True
STANDIN_URL = f"http://127.0.0.1:{PORT + 1}"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"]
SECRET_KEY = "the demo holds nothing that needs a secret"
BASE_URL = WAGTAILADMIN_BASE_URL = f"http://127.0.0.1:{PORT}"

DATABASE_URL = environment.text("DATABASE_URL", "")  # always wins; without it the embedded server is used
POSTGRES = None if DATABASE_URL else embedded.Server(VAR / "postgres")
if POSTGRES:
    DATABASE_URL = POSTGRES.url("almoner", role="almoner_app")
DATABASES = {"default": database(DATABASE_URL, conn_max_age=CONN_MAX_AGE)}

STRIPE_KEY = "sk_test_demo"
STRIPE_API_BASE = STANDIN_URL
STRIPE_WEBHOOK_SECRETS = ["whsec_demo"]
CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"] += [STANDIN_URL]
STRIPE_CHECKOUT_HOSTS = [*STRIPE_CHECKOUT_HOSTS, STANDIN_URL]

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"
