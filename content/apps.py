from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "content"
    verbose_name = "Content"

    def ready(self) -> None:
        """Tell letters and receipts who the charity is; have the pictures of what is published drawn."""
        from wagtail.signals import page_published

        from content import drawing
        from content.models.settings import charity_for_letters
        from donations import charity

        page_published.connect(drawing.ask, dispatch_uid="content.drawing")

        charity.told_by(charity_for_letters)
