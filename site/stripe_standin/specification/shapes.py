"""What a value may look like, and how a value is compared with it.

The same shapes serve both directions. In an answer a number is a number; in a request everything is a string on
the wire, so `wire=True` accepts "2500" where a whole number belongs.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

WHOLE = re.compile(r"-?\d+\Z")
DECIMAL = re.compile(r"-?\d+(\.\d+)?\Z")


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a value: `problem` is unknown, missing, type or value."""

    path: str
    problem: str
    detail: str

    def __str__(self) -> str:
        return f"{self.path}: {self.detail}"


def _shown(value: Any) -> str:
    """A value, short enough for a sentence."""
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"


class Shape:
    """Anything at all; the others say more."""

    def faults(self, value: Any, path: str, wire: bool) -> Iterator[Fault]:
        """Each fault of `value`, found at `path`."""
        return iter(())

    def smallest(self) -> Any:
        """The smallest value that has this shape."""
        return None


@dataclass(frozen=True)
class Plain(Shape):
    """A string, a whole number, a decimal or a truth value."""

    kind: str  # text, whole, decimal, truth

    def faults(self, value: Any, path: str, wire: bool) -> Iterator[Fault]:
        if not self._fits(value, wire):
            yield Fault(path, "type", f"{_shown(value)} is not {self.kind}")

    def _fits(self, value: Any, wire: bool) -> bool:
        if wire:
            if not isinstance(value, str):
                return False
            match self.kind:
                case "whole":
                    return bool(WHOLE.match(value))
                case "decimal":
                    return bool(DECIMAL.match(value))
                case "truth":
                    return value in {"true", "false"}
            return True
        match self.kind:
            case "whole":
                return isinstance(value, int) and not isinstance(value, bool)
            case "decimal":  # decimals travel as strings, floats as numbers: the package shows both as numbers
                return (isinstance(value, (int, float)) and not isinstance(value, bool)) or (
                    isinstance(value, str) and bool(DECIMAL.match(value))
                )
            case "truth":
                return isinstance(value, bool)
        return isinstance(value, str)

    def smallest(self) -> Any:
        return {"text": "", "whole": 0, "decimal": 0, "truth": False}[self.kind]


@dataclass(frozen=True)
class Exactly(Shape):
    """One of a closed list of values."""

    values: tuple[Any, ...]

    def faults(self, value: Any, path: str, wire: bool) -> Iterator[Fault]:
        allowed = [str(v).lower() if isinstance(v, bool) else str(v) for v in self.values] if wire else self.values
        if not any(value == v and type(value) is type(v) for v in allowed):
            yield Fault(path, "value", f"{_shown(value)} is not one of {', '.join(map(str, self.values[:12]))}")

    def smallest(self) -> Any:
        return self.values[0]


@dataclass(frozen=True)
class Nothing(Shape):
    """Null."""

    def faults(self, value: Any, path: str, wire: bool) -> Iterator[Fault]:
        if value is not None:
            yield Fault(path, "type", f"{_shown(value)} is not null")


@dataclass(frozen=True)
class ListOf(Shape):
    """Several of one shape, in order."""

    item: Shape

    def faults(self, value: Any, path: str, wire: bool) -> Iterator[Fault]:
        if not isinstance(value, list):
            yield Fault(path, "type", f"{_shown(value)} is not a list")
            return
        for index, item in enumerate(value):
            yield from self.item.faults(item, f"{path}[{index}]", wire)

    def smallest(self) -> Any:
        return []


@dataclass(frozen=True)
class MapOf(Shape):
    """A free map: any keys, values of one shape."""

    item: Shape

    def faults(self, value: Any, path: str, wire: bool) -> Iterator[Fault]:
        if not isinstance(value, dict):
            yield Fault(path, "type", f"{_shown(value)} is not a map")
            return
        for key, item in value.items():
            yield from self.item.faults(item, f"{path}[{key}]", wire)

    def smallest(self) -> Any:
        return {}


@dataclass(frozen=True)
class OneOf(Shape):
    """Any one of several shapes; where none fits, the fault of the nearest is told."""

    arms: tuple[Shape, ...]

    def faults(self, value: Any, path: str, wire: bool) -> Iterator[Fault]:
        nearest: list[Fault] | None = None
        for arm in self.arms:
            found = list(arm.faults(value, path, wire))
            if not found:
                return
            # An arm that fails further in was the one that was meant.
            if nearest is None or max(len(f.path) for f in found) > max(len(f.path) for f in nearest):
                nearest = found
        yield from nearest or ()

    def smallest(self) -> Any:
        return self.arms[0].smallest()


@dataclass(frozen=True)
class Nullable(OneOf):
    """Null, or the one other shape."""

    def faults(self, value: Any, path: str, wire: bool) -> Iterator[Fault]:
        return iter(()) if value is None else self.arms[1].faults(value, path, wire)


@dataclass(frozen=True)
class Expandable(OneOf):
    """An id, or in its place the object itself."""


@dataclass(frozen=True)
class Field:
    """One field of an object: its shape, and whether it must be there."""

    shape: Shape
    required: bool


class Structure(Shape):
    """An object with named fields. They are read when first needed: the package's classes refer to each other."""

    def __init__(self, name: str, read: Callable[[], dict[str, Field]]) -> None:
        self.name = name
        self._read = read

    def __repr__(self) -> str:
        return f"<{self.name}>"

    @cached_property
    def fields(self) -> dict[str, Field]:
        """Every field by name."""
        return self._read()

    def faults(self, value: Any, path: str, wire: bool) -> Iterator[Fault]:
        if not isinstance(value, dict):
            yield Fault(path, "type", f"{_shown(value)} is not a {self.name}")
            return
        for name in value.keys() - self.fields.keys():
            yield Fault(_inside(path, name, wire), "unknown", f"{self.name} has no {name}")
        for name, field in self.fields.items():
            if name in value:
                if value[name] is None and isinstance(field.shape, Nullable):
                    continue  # most fields of most answers: no need to build their path
                yield from field.shape.faults(value[name], _inside(path, name, wire), wire)
            elif field.required:
                yield Fault(_inside(path, name, wire), "missing", f"{self.name} must have {name}")

    def smallest(self) -> dict[str, Any]:
        wanted = {name: field for name, field in self.fields.items() if field.required or name not in LEFT_OUT}
        return {name: field.shape.smallest() for name, field in wanted.items()}


# Fields that Stripe leaves out, rather than sending null, unless there is something to say.
LEFT_OUT = {"deleted", "previous_attributes", "line_items", "secret"}


def _inside(path: str, name: str, wire: bool) -> str:
    """The path of a field: as Stripe's errors name parameters on the wire, with dots in answers."""
    if not path:
        return name
    return f"{path}[{name}]" if wire else f"{path}.{name}"


def smallest(shape: Shape, **known: Any) -> dict[str, Any]:
    """The smallest valid object of a class, with the fields that are known put in."""
    built = shape.smallest()
    assert isinstance(built, dict), shape
    return built | known
