"""What stands in staff's forms where a control of Django's own does not fit."""

from typing import Any

from django import forms


class PrivateFileInput(forms.ClearableFileInput):
    """A file without an address: it says that there is one, and lets it be replaced."""

    template_name = "content/staff/private_file.html"

    def is_initial(self, value: Any) -> bool:
        """Whether a file is kept. Asking it for its address, as Django does, would fail."""
        return bool(value)
