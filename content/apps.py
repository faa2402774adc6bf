from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, post_save
from django.utils.translation import gettext_lazy as _


class ContentConfig(AppConfig):
    name = "content"
    verbose_name = _("Content")

    def ready(self) -> None:
        """Tell letters and receipts who the charity is; have the pictures of what is published drawn."""
        from PIL import Image
        from wagtail.signals import page_published

        from content import drawing, pictures
        from content.models.settings import charity_for_letters
        from donations import charity

        page_published.connect(drawing.ask, dispatch_uid="content.drawing")
        Image.register_save("AVIF", pictures.draw_avif)

        charity.told_by(charity_for_letters)
        post_save.connect(give_workflow_to_health_pages)
        post_migrate.connect(let_tables_tell, sender=self)


def give_workflow_to_health_pages(sender: Any, instance: Any, created: bool, **more: Any) -> None:
    """A new part of the tree that is about health has its clinical review from the first day."""
    if created and getattr(instance, "is_health", False) and not more.get("raw"):
        from content import reviewing

        reviewing.give_workflow(instance)


def let_tables_tell(using: str, **of_the_signal: Any) -> None:
    """After every migrate, of whatever app: tables of which pages are made tell when they change (content.edition)."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT to_regproc('content_has_changed')")
        if cursor.fetchone()[0] is None:
            return  # migrated backwards
        cursor.execute((Path(__file__).parent / "edition.sql").read_text(encoding="utf-8"))
