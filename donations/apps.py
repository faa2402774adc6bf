from django.apps import AppConfig


class DonationsConfig(AppConfig):
    name = "donations"
    verbose_name = "Donations"

    def ready(self) -> None:
        """Refuse to start where a key and an address do not belong together: a live key must never meet a stand-in."""
        from donations import gateway

        gateway.check_configuration()
