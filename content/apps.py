from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_save


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
        post_save.connect(give_workflow_to_health_pages)


def give_workflow_to_health_pages(sender: Any, instance: Any, created: bool, **more: Any) -> None:
    """A new part of the tree that is about health has its clinical review from the first day."""
    if created and getattr(instance, "is_health", False) and not more.get("raw"):
        from content import reviewing

        reviewing.give_workflow(instance)
