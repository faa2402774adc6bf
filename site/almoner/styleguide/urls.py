from django.urls import path

from almoner.styleguide import views

app_name = "styleguide"
urlpatterns = [
    path("", views.styleguide, name="index"),
    path("blocks/", views.bodies, name="bodies"),
]
