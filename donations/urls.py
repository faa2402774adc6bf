"""The addresses of giving. They are printed on paper: they do not change."""

from django.urls import include, path

from donations import views, webhooks

app_name = "donations"
urlpatterns = [
    path("donate/thanks/<str:reference>/", views.thanks, name="thanks"),
    path("donate/mend/<str:signed>/", views.mend, name="mend"),
    path("donate/<slug:slug>/", views.give, name="give"),
    path("giving/", include("donations.urls_of_donors")),
    path("stripe/webhook/", webhooks.stripe_webhook, name="webhook"),
]
