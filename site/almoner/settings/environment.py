"""Reading the environment: each value once, and a missing one is named, with what it is for."""

import os

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str | None = None, *, purpose: str = "") -> str:
    """The value of `name`, or `default`; with neither, an error that says which variable and what it is for."""
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Set {name} in the environment: {purpose or 'Almoner cannot start without it'}.")
    return value


def flag(name: str, default: bool = False) -> bool:
    """A yes or no. Anything but 1, true, yes, on, 0, false, no, off or nothing is refused by name."""
    value = os.environ.get(name, "").strip().lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    if value:
        raise ImproperlyConfigured(f"{name} is {value!r}: write 1 or 0.")
    return default


def number(name: str, default: int) -> int:
    """A whole number."""
    value = os.environ.get(name, str(default))
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} is {value!r}: write a whole number.") from None


def words(name: str, default: str = "", *, among: tuple[str, ...] = ()) -> list[str]:
    """A list, its parts separated by commas; where only some words can be meant, `among` them."""
    said = [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]
    if among and not set(said) <= set(among):
        raise ImproperlyConfigured(f"{name} is {','.join(said)!r}: choose among {', '.join(among)}.")
    return said
