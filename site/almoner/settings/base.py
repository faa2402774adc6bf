"""What every installation shares. The environment is read here, once, and fails loudly by name."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.conf.locale import LANG_INFO

from almoner.settings import environment

ROOT = Path(__file__).resolve().parents[3]
VAR = Path(
    environment.text("ALMONER_VAR", str(ROOT / ".var"))
)  # everything that may be deleted: databases, media, mail

PORT = environment.number("PORT", 8000)
DEMO = False  # only settings/demo.py and settings/test.py say otherwise
DEBUG = False
ALLOWED_HOSTS: list[str] = []
ROOT_URLCONF = "almoner.urls"
WSGI_APPLICATION = "almoner.wsgi.application"
ASGI_APPLICATION = "almoner.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"

INSTALLED_APPS = [
    "almoner",
    "almoner.accounts",
    "almoner.styleguide",
    "content",
    "grants",
    "donations",
    "donations.ledger",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.search_promotions",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "procrastinate.contrib.django",
    "import_export",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "almoner.doors.machines_first",
    "almoner.memory.pages_from_memory",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "almoner.policies.by_place",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "almoner.context.site",
            ],
            "builtins": ["almoner.templatetags.components"],
        },
    }
]

# ---- the database: PostgreSQL, always; who is asked is said by the file that imports this one
CONN_MAX_AGE = environment.number("CONN_MAX_AGE", 600)  # without persistent connections throughput halves

# ---- what a process knows by itself. Drawn pictures are many and would push everything else out: they have a place of
# their own, and one that was taken out is forgotten within a minute.
CACHES = {
    "default": {"BACKEND": "almoner.kit.briefly.BriefCache"},
    "renditions": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "renditions",
        "TIMEOUT": 60,
        "OPTIONS": {"MAX_ENTRIES": 3000},
    },
}

# ---- language and time
LANGUAGE_CODE = "en-gb"
# English, and what a charity adds: MORE_LANGUAGES="cy". How words are translated: site/docs/translating.md
LANGUAGES = [(code, LANG_INFO[code]["name_local"]) for code in ["en-gb", *environment.words("MORE_LANGUAGES")]]
LOCALE_PATHS = [ROOT / "site" / "almoner" / "locale"]
WAGTAIL_AUTOSAVE_INTERVAL = 2_000  # milliseconds after the last change: each saves the whole page
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = len(LANGUAGES) > 1
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/London"

# ---- files
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"  # public: pictures
PRIVATE_ROOT = VAR / "private"  # never served by the web server: imports, papers, evidence
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440

STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "almoner.stylesheet.Finder",
]

# ---- forms: a plain {{ form }} is right everywhere
FORM_RENDERER = "almoner.kit.forms.Renderer"

# ---- Stripe
STRIPE_KEY = environment.text("STRIPE_KEY", "")
STRIPE_API_BASE = environment.text("STRIPE_API_BASE", "https://api.stripe.com")
STRIPE_WEBHOOK_SECRETS = environment.words("STRIPE_WEBHOOK_SECRETS")  # several, so that one can be rotated
# What Stripe keeps of a UK card payment, 1.5 % and 20p: only for offering donors to cover it.
CARD_FEE_PARTS = environment.number("CARD_FEE_PARTS", 150)  # of 10,000
CARD_FEE_PENCE = environment.number("CARD_FEE_PENCE", 20)
REFUND_NEEDS_TWO_ABOVE_PENCE = environment.number("REFUND_NEEDS_TWO_ABOVE_PENCE", 10_000)  # £100
STRIPE_CHECKOUT_HOSTS = ["https://checkout.stripe.com", "https://billing.stripe.com"]

# ---- keeping in touch: channels (email, text) for which the charity relies on the charitable soft opt-in, in force
# since 5 February 2026 (PECR, regulation 22(3A)). Without any, only a yes is a yes.
SOFT_OPT_IN = environment.words("SOFT_OPT_IN", among=("email", "text"))
# ---- a link by which a clinician without an account reads one revision of a page: so many days
REVIEW_LINK_DAYS = environment.number("REVIEW_LINK_DAYS", 14)
# ---- the donor's page: how often a key to it may be asked for, and who stands between us and who asks
KEYS_FOR_AN_ADDRESS = environment.number("KEYS_FOR_AN_ADDRESS", 3)
KEYS_FOR_AN_ADDRESS_MINUTES = environment.number("KEYS_FOR_AN_ADDRESS_MINUTES", 15)
KEYS_FROM_A_PLACE = environment.number("KEYS_FROM_A_PLACE", 20)
KEYS_FROM_A_PLACE_MINUTES = environment.number("KEYS_FROM_A_PLACE_MINUTES", 60)

# ---- card testing: what a donor may do before being asked to prove that somebody gives (site/docs/running.md)
# How many proxies of your own stand before the site, each adding to X-Forwarded-For. 0: that header is not believed.
TRUSTED_PROXIES = environment.number("TRUSTED_PROXIES", 0)
# From one address (of IPv6, one /64) so many payment pages in so many seconds; then a challenge.
DEFENCE_ADDRESS_TRIES = environment.number("DEFENCE_ADDRESS_TRIES", 15)
DEFENCE_ADDRESS_SECONDS = environment.number("DEFENCE_ADDRESS_SECONDS", 300)
# One donor, by email or by form: so many at once, then one each so many seconds.
DEFENCE_DONOR_TRIES = environment.number("DEFENCE_DONOR_TRIES", 5)
DEFENCE_DONOR_SECONDS = environment.number("DEFENCE_DONOR_SECONDS", 30)
# Cards that were declined and that nobody knew, on one payment page, donor or address: so many, then one each so many
# minutes. A card that paid is known for so many minutes.
DEFENCE_NEW_CARDS = environment.number("DEFENCE_NEW_CARDS", 5)
DEFENCE_NEW_CARD_MINUTES = environment.number("DEFENCE_NEW_CARD_MINUTES", 30)
DEFENCE_GOOD_CARD_MINUTES = environment.number("DEFENCE_GOOD_CARD_MINUTES", 120)
# The alarm, which challenges everybody: in so many minutes at least so many declines, and that share of all tries.
DEFENCE_ALARM_MINUTES = environment.number("DEFENCE_ALARM_MINUTES", 10)
DEFENCE_ALARM_DECLINES = environment.number("DEFENCE_ALARM_DECLINES", 10)
DEFENCE_ALARM_PERCENT = environment.number("DEFENCE_ALARM_PERCENT", 40)
# The class of the challenge, and of ours how much work it is: so many numbers, each with so many zero bits.
DEFENCE_CHALLENGE = environment.text("DEFENCE_CHALLENGE", "donations.defence.proof_of_work.ProofOfWork")
DEFENCE_WORK_PIECES = environment.number("DEFENCE_WORK_PIECES", 8)
DEFENCE_WORK_BITS = environment.number("DEFENCE_WORK_BITS", 13)
# Who has no JavaScript waits so many seconds instead.
DEFENCE_WAIT_SECONDS = environment.number("DEFENCE_WAIT_SECONDS", 60)
# Challenges passed by work from one address: so many at once, then one each so many seconds.
DEFENCE_WORKED_TRIES = environment.number("DEFENCE_WORKED_TRIES", 10)
DEFENCE_WORKED_SECONDS = environment.number("DEFENCE_WORKED_SECONDS", 60)
# Challenges passed by waiting, from one address and from all together.
DEFENCE_WAITED_TRIES = environment.number("DEFENCE_WAITED_TRIES", 3)
DEFENCE_WAITED_SECONDS = environment.number("DEFENCE_WAITED_SECONDS", 60)
DEFENCE_ALL_WAITED_TRIES = environment.number("DEFENCE_ALL_WAITED_TRIES", 10)
DEFENCE_ALL_WAITED_SECONDS = environment.number("DEFENCE_ALL_WAITED_SECONDS", 10)

# ---- pages answered from memory (almoner.memory): asked anew after so many seconds, and never older than so many (0:
# always asked anew)
PAGES_FRESH_SECONDS = environment.number("PAGES_FRESH_SECONDS", 2)
PAGES_KEPT_SECONDS = environment.number("PAGES_KEPT_SECONDS", 4)
# What changes once a week and stands on every page (almoner.kit.briefly): asked anew after so many seconds. A page that
# is kept was made of it, so both together are how long a change may take to be seen: five seconds.
KNOWN_SECONDS = environment.number("KNOWN_SECONDS", 1)

# ---- Content-Security-Policy: strict on every public page; almoner.policies loosens it under /admin/ only
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [SELF],
        # Chromium checks the redirect that follows a form, so Stripe's pages are named here.
        "form-action": [SELF, *STRIPE_CHECKOUT_HOSTS],
    }
}
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "almoner.views.form_expired"
LOGIN_URL = "/board/sign-in/"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

# ---- Wagtail
WAGTAIL_SITE_NAME = "Almoner"
WAGTAILIMAGES_IMAGE_MODEL = "content.CharityImage"
AVIF_SPEED = 7  # of 10; Pillow’s own is 6, which takes twice as long
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "heic", "jpg", "jpeg", "png", "webp"]  # phones send HEIC
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024  # a telephone's largest photograph; the refusal names both sizes
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000  # a small file may hold a huge picture, which would take all memory
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "content.finishing.finish"  # records the review, and publishes
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # no staff email hashes leave
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_BASE_URL = environment.text("BASE_URL", "http://127.0.0.1:8000")
# “reading” is English without accents: content/migrations make it.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "reading"}}
BASE_URL = WAGTAILADMIN_BASE_URL  # links in mail begin with this

# ---- jobs: in PostgreSQL, enqueued inside the transaction that causes them
TASKS = {"default": {"BACKEND": "almoner.kit.jobs.ProcrastinateBackend", "QUEUES": []}}
PROCRASTINATE_ON_APP_READY = "almoner.kit.jobs.on_app_ready"

# ---- mail
DEFAULT_FROM_EMAIL = environment.text("MAIL_FROM", "Almoner <giving@example.org>")
EMAIL_TIMEOUT = 10

# ---- import and export: our own views; this is the backstop behind them
IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True
IMPORT_EXPORT_USE_TRANSACTIONS = True

# ---- logs: to the standard output, no personal data
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": environment.text("LOG_LEVEL", "INFO")},
    "loggers": {
        "procrastinate": {"level": "WARNING"},
        "django.request": {"level": "ERROR"},
        "stripe": {"level": "WARNING"},  # below that it quotes what donors typed
    },
}
