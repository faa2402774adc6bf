"""Reads the classes of the installed `stripe` package into shapes, each when it is first asked for."""

import ast
import importlib.util
import threading
from functools import cached_property
from pathlib import Path

from stripe_standin.specification.shapes import (
    Exactly,
    Expandable,
    Field,
    ListOf,
    MapOf,
    Nothing,
    Nullable,
    OneOf,
    Plain,
    Shape,
    Structure,
)

PLAIN = {
    "str": Plain("text"),
    "int": Plain("whole"),
    "bool": Plain("truth"),
    "float": Plain("decimal"),
    "Decimal": Plain("decimal"),
    "Any": Shape(),
    "object": Shape(),
}


def _package() -> Path:
    """Where the package lies. It is found, not imported."""
    spec = importlib.util.find_spec("stripe")
    if spec is None or spec.origin is None:
        raise RuntimeError("The stand-in reads the `stripe` package, which is not installed.")
    return Path(spec.origin).parent


class Module:
    """One source file: its classes by dotted name, and where its imported names come from."""

    def __init__(self, path: Path) -> None:
        self.tree = ast.parse(path.read_text(encoding="utf-8"))
        self.classes: dict[str, ast.ClassDef] = {}
        self.imports: dict[str, tuple[str, str]] = {}
        self.functional: dict[str, ast.Call] = {}  # X = TypedDict("X", {...}): for fields named like keywords
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                for alias in node.names:
                    self.imports[alias.asname or alias.name] = (node.module, alias.name)
        for statement in self.tree.body:
            if isinstance(statement, ast.ClassDef):
                self._collect(statement, "")
            elif isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Call):
                for target in statement.targets:
                    if isinstance(target, ast.Name):
                        self.functional[target.id] = statement.value

    def _collect(self, node: ast.ClassDef, outer: str) -> None:
        name = f"{outer}.{node.name}" if outer else node.name
        self.classes[name] = node
        for inner in node.body:
            if isinstance(inner, ast.ClassDef):
                self._collect(inner, name)


class Library:
    """The package as a shelf of shapes. One is enough for a process: what it has read never changes."""

    def __init__(self, root: Path | None = None) -> None:
        self.root = root or _package()
        self._lock = threading.RLock()
        self._modules: dict[str, Module] = {}
        self._shapes: dict[tuple[str, str], Structure] = {}

    def module(self, dotted: str) -> Module:
        """The source file of `stripe.x._y`."""
        with self._lock:
            if dotted not in self._modules:
                path = self.root.joinpath(*dotted.split(".")[1:])
                path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
                self._modules[dotted] = Module(path)
            return self._modules[dotted]

    def shape(self, dotted: str, name: str) -> Structure:
        """The shape of class `name` in module `dotted`."""
        with self._lock:
            key = (dotted, name)
            if key not in self._shapes:
                self._shapes[key] = Structure(name, lambda: self._fields(dotted, name))
            return self._shapes[key]

    @cached_property
    def objects(self) -> dict[str, tuple[str, str]]:
        """Where the class of each kind of object is, by the `object` that it carries."""
        found: dict[str, tuple[str, str]] = {}
        for node in self.module("stripe._object_classes").tree.body:
            if isinstance(node, ast.AnnAssign) and ast.unparse(node.target).endswith("OBJECT_CLASSES") and node.value:
                found = ast.literal_eval(node.value) | found
        if not found:
            raise RuntimeError("The installed `stripe` package lists no object classes.")
        return found

    def object(self, kind: str) -> Structure | None:
        """The shape of a kind of object, such as "payment_intent"; None if Stripe has no such kind."""
        where = self.objects.get(kind)
        return self.shape(*where) if where else None

    def need(self, kind: str) -> Structure:
        """The shape of a kind of object that the stand-in makes itself."""
        shape = self.object(kind)
        if shape is None:
            raise LookupError(f"The installed `stripe` package has no object {kind!r}.")
        return shape

    # ---- reading one class

    def _fields(self, dotted: str, name: str) -> dict[str, Field]:
        with self._lock:
            module = self.module(dotted)
            if name in module.functional:
                return self._functional_fields(dotted, module.functional[name])
            node = module.classes[name]
            fields: dict[str, Field] = {}
            for base in map(ast.unparse, node.bases):
                if base in module.functional or base in module.classes:  # bases from elsewhere are Python's own
                    fields |= self._fields(dotted, base)
            renamed = self._class_dict(node, "_field_remappings")
            for statement in node.body:
                if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
                    field = self._field(statement.annotation, dotted, name)
                    label = statement.target.id
                    if field is not None and not label.startswith("_"):
                        fields[renamed.get(label, label)] = field
            return fields

    def _functional_fields(self, dotted: str, call: ast.Call) -> dict[str, Field]:
        assert isinstance(call.args[1], ast.Dict)
        fields = {}
        for key, annotation in zip(call.args[1].keys, call.args[1].values, strict=True):
            field = self._field(annotation, dotted, "")
            if isinstance(key, ast.Constant) and field is not None:
                fields[str(key.value)] = field
        return fields

    @staticmethod
    def _class_dict(node: ast.ClassDef, name: str) -> dict[str, str]:
        for statement in node.body:
            if isinstance(statement, ast.Assign) and any(
                isinstance(t, ast.Name) and t.id == name for t in statement.targets
            ):
                found: dict[str, str] = ast.literal_eval(statement.value)
                return found
        return {}

    def _field(self, annotation: ast.expr, dotted: str, scope: str) -> Field | None:
        """A field from its annotation; None for what belongs to Python and not to Stripe."""
        head, inner = _subscript(_unquoted(annotation))
        if head == "ClassVar":
            return None
        if head == "NotRequired":
            return Field(self._read(inner[0], dotted, scope), required=False)
        return Field(self._read(annotation, dotted, scope), required=head != "Optional")

    def _read(self, annotation: ast.expr, dotted: str, scope: str) -> Shape:
        node = _unquoted(annotation)
        if isinstance(node, ast.BinOp):
            return self._union(list(_arms(node)), dotted, scope)
        if isinstance(node, ast.Constant) and node.value is None:
            return Nothing()
        head, inner = _subscript(node)
        match head:
            case "Literal":
                return Exactly(tuple(value.value for value in inner if isinstance(value, ast.Constant)))
            case "Optional":
                return Nullable((Nothing(), self._read(inner[0], dotted, scope)))
            case "Union":
                return self._union(inner, dotted, scope)
            case "ExpandableField":
                return Expandable((PLAIN["str"], self._read(inner[0], dotted, scope)))
            case "List":
                return ListOf(self._read(inner[0], dotted, scope))
            case "ListObject":
                return self._list_of(self._read(inner[0], dotted, scope))
            case "UntypedStripeObject":
                return MapOf(self._read(inner[0], dotted, scope))
            case "Dict" | "Mapping":
                return MapOf(self._read(inner[1], dotted, scope))
        return self._named(ast.unparse(node), dotted, scope)

    def _union(self, arms: list[ast.expr], dotted: str, scope: str) -> Shape:
        shapes = [self._read(arm, dotted, scope) for arm in arms]
        named = [value for shape in shapes if isinstance(shape, Exactly) for value in shape.values]
        # Literal beside str means "these today": closed here, so that an invented value is found.
        # Literal[""] beside str is another thing: any text, or nothing to unset it.
        if any(named):
            shapes = [shape for shape in shapes if shape != PLAIN["str"]]
        return shapes[0] if len(shapes) == 1 else OneOf(tuple(shapes))

    @staticmethod
    def _list_of(item: Shape) -> Structure:
        return Structure(
            "list",
            lambda: {
                "object": Field(Exactly(("list",)), True),
                "data": Field(ListOf(item), True),
                "has_more": Field(PLAIN["bool"], True),
                "url": Field(PLAIN["str"], True),
                "total_count": Field(PLAIN["int"], False),
            },
        )

    def _named(self, name: str, dotted: str, scope: str) -> Shape:
        """A class by the name used in module `dotted`, inside class `scope`."""
        if name in PLAIN:
            return PLAIN[name]
        module = self.module(dotted)
        for candidate in (f"{scope}.{name}", name):
            if candidate in module.classes or candidate in module.functional:
                return self.shape(dotted, candidate)
        first, _, rest = name.partition(".")
        if first in module.imports:
            where, original = module.imports[first]
            return self.shape(where, f"{original}.{rest}" if rest else original)
        raise LookupError(f"{dotted} uses {name}, which is nowhere to be found.")


def _unquoted(node: ast.expr) -> ast.expr:
    """An annotation without the quotes around it."""
    while isinstance(node, ast.Constant) and isinstance(node.value, str):
        node = ast.parse(" ".join(node.value.split()), mode="eval").body
    return node


def _subscript(node: ast.expr) -> tuple[str, list[ast.expr]]:
    """`Head[a, b]` as ("Head", [a, b]); ("", []) for anything else."""
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name):
        inner = node.slice
        return node.value.id, list(inner.elts) if isinstance(inner, ast.Tuple) else [inner]
    return "", []


def _arms(node: ast.expr) -> list[ast.expr]:
    """`A | B | C` as a list."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return [*_arms(node.left), *_arms(node.right)]
    return [node]


def _version(root: Path) -> str:
    """The API version that the package sends."""
    for node in ast.walk(ast.parse((root / "_api_version.py").read_text(encoding="utf-8"))):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == "CURRENT":
            return str(ast.literal_eval(node.value))
    raise RuntimeError("The installed `stripe` package names no API version.")


LIBRARY = Library()
VERSION = _version(LIBRARY.root)
