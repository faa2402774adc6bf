from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "almoner.accounts"
    label = "accounts"
    verbose_name = "Accounts"
