"""One stylesheet for the reader's browser, many small ones for the reader of the source.

`almoner/site.css` is tokens.css, base.css, then components/*.css in the order of their names, put together when
static files are collected or asked for. Nothing is minified: the web server compresses.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

NAME = "almoner/site.css"
SOURCES = Path(__file__).parent / "static" / "almoner"


def sources() -> list[Path]:
    """The stylesheets, in the order in which they are read."""
    return [SOURCES / "tokens.css", SOURCES / "base.css", *sorted((SOURCES / "components").glob("*.css"))]


def build() -> Path:
    """Write the one stylesheet, if it changed; its path."""
    built = Path(settings.VAR) / "stylesheet" / NAME
    text = "\n".join(source.read_text() for source in sources())
    if not built.exists() or built.read_text() != text:
        built.parent.mkdir(parents=True, exist_ok=True)
        built.write_text(text)
    return built


class Finder(BaseFinder):
    """Lets Django's static files find the one stylesheet."""

    def check(self, **kwargs: Any) -> list[Any]:
        """Nothing can be set wrongly."""
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """The stylesheet, freshly built, if it is what is asked for."""
        if path != NAME:
            return []
        return [str(build())] if find_all or kwargs.get("all") else str(build())

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        """The stylesheet, for `collectstatic`."""
        build()
        yield NAME, FileSystemStorage(location=Path(settings.VAR) / "stylesheet")
