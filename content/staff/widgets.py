"""What stands in staff's forms where a control of Django's own does not fit."""

from typing import Any

from django import forms

from content.colours import WRITTEN, tidied
from content.look import Look


class PrivateFileInput(forms.ClearableFileInput):
    """A file without an address: it says that there is one, and lets it be replaced."""

    template_name = "content/staff/private_file.html"

    def is_initial(self, value: Any) -> bool:
        """Whether a file is kept. Asking it for its address, as Django does, would fail."""
        return bool(value)


class ColourInput(forms.TextInput):
    """A colour that is typed, and beside it the browser’s palette: whichever was changed counts, without a script."""

    template_name = "content/staff/colour.html"

    def __init__(self, usual: str = Look.brand, attrs: dict[str, Any] | None = None) -> None:
        self.usual = usual  # what the palette begins with where nothing is chosen
        super().__init__(attrs)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """A palette knows no empty colour, so it says too with which it began."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        written = tidied(str(value or ""))
        context["widget"]["palette"] = written if WRITTEN.fullmatch(written) else self.usual
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The palette's colour if another was picked there, else what was typed."""
        typed, picked, began = (data.get(each) for each in (name, f"{name}-picked", f"{name}-began"))
        return picked if picked and picked != began else typed


class CornerSelect(forms.RadioSelect):
    """Corners to choose from, each drawn beside its name."""

    option_template_name = "content/staff/corner.html"
