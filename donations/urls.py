"""The addresses of giving. They are printed on paper: they do not change."""

from django.urls import include, path

from donations import webhooks
from donations.views import at_once, choosing, journey, mending, partners, thanks, unsubscribing

app_name = "donations"
urlpatterns = [
    path("donate/", choosing.choose, name="choose"),
    path("donate/thanks/<str:reference>/", thanks.thanks, name="thanks"),
    path("donate/mend/<str:signed>/", mending.mend, name="mend"),
    path("donate/<slug:slug>/", journey.give, name="give"),
    path("donate/<slug:slug>/at-once/", at_once.give_at_once, name="give_at_once"),
    path("donate/<slug:slug>/button.svg", partners.button, name="button"),
    path("donate/<slug:slug>/<uuid:token>/<slug:name>/", journey.question, name="question"),
    path("unsubscribe/<str:signed>/", unsubscribing.unsubscribe, name="unsubscribe"),
    path("giving/", include("donations.own.urls")),
    path("stripe/webhook/", webhooks.stripe_webhook, name="webhook"),
]
