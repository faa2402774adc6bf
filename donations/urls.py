"""The addresses of giving. They are printed on paper: they do not change."""

from django.urls import path

from donations import unsubscribing, views, webhooks

app_name = "donations"
urlpatterns = [
    path("donate/thanks/<str:reference>/", views.thanks, name="thanks"),
    path("donate/mend/<str:signed>/", views.mend, name="mend"),
    path("donate/<slug:slug>/", views.give, name="give"),
    path("unsubscribe/<str:signed>/", unsubscribing.unsubscribe, name="unsubscribe"),
    path("stripe/webhook/", webhooks.stripe_webhook, name="webhook"),
]
