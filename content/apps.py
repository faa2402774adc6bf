from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "content"
    verbose_name = "Content"

    def ready(self) -> None:
        """Tell letters and receipts who the charity is."""
        from content.models.settings import charity_for_letters
        from donations import charity

        charity.told_by(charity_for_letters)
