from django.apps import AppConfig


class StyleguideConfig(AppConfig):
    name = "almoner.styleguide"
    label = "styleguide"
