"""One page type, or one family of snippets, a file."""

from content.models.image import CharityImage, CharityRendition

__all__ = ["CharityImage", "CharityRendition"]
