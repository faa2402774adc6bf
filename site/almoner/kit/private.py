"""Private files: kept where no web server looks, readable by the site alone."""

from django.conf import settings
from django.core.files.storage import FileSystemStorage


class PrivateStorage(FileSystemStorage):
    """Files without an address: a view of ours hands one out, or nobody does."""

    def url(self, name: str | None) -> str:
        """There is none. Raises ValueError."""
        raise ValueError("A private file is not accessible via a URL.")


def storage() -> PrivateStorage:
    """Where private files are kept."""
    return PrivateStorage(location=settings.PRIVATE_ROOT, file_permissions_mode=0o600, directory_permissions_mode=0o700)
