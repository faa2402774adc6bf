"""The web server's way in: gunicorn almoner.wsgi."""

import os

from django.core.wsgi import get_wsgi_application

from almoner.memory import fresh_pages_first

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "almoner.settings.production")
application = fresh_pages_first(get_wsgi_application())
