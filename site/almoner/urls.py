"""Every address of the product. Those that are printed on letters never change."""

from django.conf import settings
from django.urls import include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.urls import serve_pattern

from almoner import views
from content import routing
from content.finding import views as finding

urlpatterns = [
    path("", include("donations.urls")),  # /donate/<appeal>/ and /stripe/webhook/
    path("board/", include("grants.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("styleguide/", include("almoner.styleguide.urls")),
    path("search/", finding.search, name="search"),
    path("sitemap.xml", finding.sitemap, name="sitemap"),
    path("robots.txt", finding.robots, name="robots"),
    path("healthz", views.healthz, name="healthz"),
]

if settings.DEMO:
    urlpatterns += [
        path("demo/mail/", include("almoner.demo.mail")),
        path("media/<path:path>", serve, {"document_root": settings.MEDIA_ROOT}),  # elsewhere, the web server does
    ]

# Everything else is a page: /, /where-your-money-goes/, /appeals/…
urlpatterns += [re_path(serve_pattern, routing.serve), path("", include(wagtail_urls))]
