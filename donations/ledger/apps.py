from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "donations.ledger"
    label = "ledger"
    verbose_name = "Ledger"
