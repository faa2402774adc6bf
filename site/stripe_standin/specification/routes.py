"""Which method and path take which parameters: read from the package's service modules, as they are needed."""

import ast
import re
import threading
from dataclasses import dataclass
from pathlib import Path

from stripe_standin.specification.library import LIBRARY, Library
from stripe_standin.specification.shapes import Structure

PLACEHOLDER = re.compile(r"\{\w+\}")


@dataclass(frozen=True)
class Route:
    """One call of Stripe's API. `params` is None where the call takes none; `answer` is a class's name."""

    method: str
    path: str
    params: Structure | None
    answer: str

    @property
    def name(self) -> str:
        """As Stripe's reference writes it: POST /v1/checkout/sessions/{session}/expire."""
        return f"{self.method} {self.path}"

    def matches(self, path: str) -> bool:
        """Whether `path` is an address of this route."""
        pattern = PLACEHOLDER.sub("[^/]+", re.escape(self.path).replace(r"\{", "{").replace(r"\}", "}"))
        return re.fullmatch(pattern, path) is not None


class Routes:
    """Every route that the package knows. Only the service files that mention an address are parsed."""

    def __init__(self, library: Library = LIBRARY) -> None:
        self.library = library
        self._lock = threading.Lock()
        self._texts: dict[Path, str] | None = None
        self._parsed: dict[Path, list[Route]] = {}
        self._starting: dict[str, list[Route]] = {}

    def find(self, method: str, path: str) -> Route | None:
        """The route of a request; literal segments win over placeholders. None if Stripe has no such route."""
        with self._lock:
            candidates = [route for route in self._near(path) if route.method == method and route.matches(path)]
        return min(candidates, key=lambda route: len(PLACEHOLDER.findall(route.path)), default=None)

    def _near(self, path: str) -> list[Route]:
        """The routes of every service file that mentions the first segments of `path`."""
        start = "/".join(path.split("/")[:3])
        if start in self._starting:
            return self._starting[start]
        if self._texts is None:
            self._texts = {file: file.read_text(encoding="utf-8") for file in self.library.root.rglob("*_service.py")}
        routes: list[Route] = []
        for file, text in self._texts.items():
            if f'"{start}' in text:
                if file not in self._parsed:
                    self._parsed[file] = self._routes_of(file)
                routes += self._parsed[file]
        if routes:  # addresses that nobody has are not collected
            self._starting[start] = routes
        return routes

    def _routes_of(self, file: Path) -> list[Route]:
        dotted = ".".join(("stripe", *file.relative_to(self.library.root).with_suffix("").parts))
        module = self.library.module(dotted)
        routes = []
        for service in module.classes.values():
            for verb in service.body:
                if isinstance(verb, ast.FunctionDef):
                    routes += [self._route(verb, call, dotted) for call in ast.walk(verb) if _is_request(call)]
        return routes

    def _route(self, verb: ast.FunctionDef, call: ast.AST, dotted: str) -> Route:
        assert isinstance(call, ast.Call)
        method, path = call.args[0], call.args[1]
        if isinstance(path, ast.Call):  # "/v1/charges/{charge}".format(charge=…)
            assert isinstance(path.func, ast.Attribute)
            path = path.func.value
        params = None
        for argument in verb.args.args:
            if argument.arg == "params" and argument.annotation is not None:
                name = re.search(r"\w+Params\b", ast.unparse(argument.annotation))
                if name:
                    params = self.library.shape(*self.library.module(dotted).imports[name[0]])
        return Route(
            method=ast.literal_eval(method).upper(),
            path=ast.literal_eval(path),
            params=params,
            answer=ast.unparse(verb.returns).strip("'\"") if verb.returns else "",
        )


def _is_request(node: ast.AST) -> bool:
    """Whether this is `self._request("get", "/v1/…", …)`."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "_request"
