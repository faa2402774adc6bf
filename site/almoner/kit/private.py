"""Private files: kept where no web server looks, readable by the site alone."""

from django.conf import settings
from django.core.files.storage import FileSystemStorage


def storage() -> FileSystemStorage:
    """Where private files are kept. They have no address: a view of ours hands one out, or nobody does."""
    return FileSystemStorage(
        location=settings.PRIVATE_ROOT,
        base_url=None,
        file_permissions_mode=0o600,
        directory_permissions_mode=0o700,
    )
