"""Words that people read: said already, or waiting for the language of whoever reads them (gettext_lazy)."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Words
else:
    Words = str

__all__ = ["Words"]
