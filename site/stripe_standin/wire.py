"""Stripe's manner on the wire: bracketed forms in, JSON and its own shape of errors out."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

Params = dict[str, Any]
KEY = re.compile(r"([^\[\]]+)|\[([^\[\]]*)\]")


class ApiError(Exception):
    """An answer that is an error, in Stripe's shape."""

    def __init__(
        self, status: int, message: str, *, kind: str = "invalid_request_error", code: str = "", param: str = ""
    ) -> None:
        super().__init__(message)
        self.status = status
        self.body = {"error": {"message": message, "type": kind}}
        if code:
            self.body["error"]["code"] = code
            self.body["error"]["doc_url"] = f"https://docs.stripe.com/error-codes/{code.replace('_', '-')}"
        if param:
            self.body["error"]["param"] = param


class RefusedPayment(ApiError):
    """402: the bank said no. What was done until then stays done: the charge that failed, and its events."""

    def __init__(self, error: dict[str, Any]) -> None:
        super().__init__(402, error["message"])
        self.body = {"error": {name: value for name, value in error.items() if value is not None}}


def no_such(noun: str, identity: str, param: str = "id") -> ApiError:
    """404: there is no such object."""
    return ApiError(404, f"No such {noun}: '{identity}'", code="resource_missing", param=param)


def missing(param: str) -> ApiError:
    """400: a required parameter is not there."""
    return ApiError(400, f"Missing required param: {param}.", code="parameter_missing", param=param)


def refused(param: str, message: str, code: str = "parameter_invalid_empty") -> ApiError:
    """400: a parameter's value will not do."""
    return ApiError(400, message, code=code, param=param)


def decode(form: str) -> Params:
    """A form with brackets as nested maps and lists: `a[0][b]=c` becomes {"a": [{"b": "c"}]}.

    Raises ApiError where one name is used in two ways.
    """
    tree: Params = {}
    for name, value in parse_qsl(form, keep_blank_values=True):
        parts = [first or inner for first, inner in KEY.findall(name)]
        node = tree
        for index, part in enumerate(parts):
            key = part or str(len(node))  # a[]=x means the next one
            if index == len(parts) - 1:
                node[key] = value
            else:
                node = node.setdefault(key, {})
                if not isinstance(node, dict):
                    raise ApiError(400, f"Invalid request: {name} is both a value and a map.", param=name)
    return {key: _listed(value) for key, value in tree.items()}


def _listed(value: Any) -> Any:
    """Maps whose keys are 0, 1, 2… are lists."""
    if not isinstance(value, dict):
        return value
    inner = {key: _listed(item) for key, item in value.items()}
    if inner and all(key.isdigit() for key in inner):
        return [inner[key] for key in sorted(inner, key=int)]
    return inner


def names(params: Params, prefix: str = "") -> Iterator[str]:
    """The name of every leaf, with list places emptied: line_items[][quantity]."""
    for key, value in params.items():
        yield from _leaves(value, f"{prefix}[{key}]" if prefix else key)


def _leaves(value: Any, name: str) -> Iterator[str]:
    if isinstance(value, dict):
        yield from names(value, name)
    elif isinstance(value, list):
        for item in value:
            yield from _leaves(item, f"{name}[]")
    else:
        yield name
