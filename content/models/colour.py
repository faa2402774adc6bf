"""A colour as a column: written as in a stylesheet."""

from typing import Any

from django.core.validators import RegexValidator
from django.db import models

from content.colours import tidied

AS_WRITTEN = "^#[0-9a-f]{6}$"


class ColourField(models.CharField):
    """“#0b5f6d”, however it was typed."""

    default_validators = [RegexValidator(AS_WRITTEN, "Write a colour as # and six digits or letters a to f: #0b5f6d.")]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": 20, **kwargs})

    def to_python(self, value: Any) -> Any:
        """Small letters, with the #, six long."""
        found = super().to_python(value)
        return tidied(found) if isinstance(found, str) else found
