from django.apps import AppConfig


class AlmonerConfig(AppConfig):
    name = "almoner"
    verbose_name = "Almoner"
