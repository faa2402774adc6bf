"""The register of calls, and what all of them share: lists, expansion, metadata."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from stripe_standin import invoicing
from stripe_standin.account import Account
from stripe_standin.specification import LIBRARY, Shape
from stripe_standin.specification.shapes import Expandable, ListOf, OneOf, Structure
from stripe_standin.store import Row
from stripe_standin.wire import ApiError, Params, no_such, refused

Answer = Callable[..., Row]
PAGED = {"limit", "starting_after", "ending_before", "expand[]"}


@dataclass(frozen=True)
class Call:
    """One call that is implemented: its method, its path, the parameters it obeys, what answers it.

    passes_over: parameters that a caller of an old version may send, and of which nothing comes.
    """

    method: str
    path: str
    takes: frozenset[str]
    answer: Answer
    pattern: re.Pattern[str] = field(compare=False)
    passes_over: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """As Stripe's reference writes it."""
        return f"{self.method} {self.path}"

    def obeys(self, name: str) -> bool:
        """Whether the parameter `name` does something here; `metadata[]` stands for any key."""
        return name in self.takes or re.sub(r"\[[^\[\]]+\]$", "[*]", name) in self.takes


CALLS: list[Call] = []


def call(
    method: str, path: str, takes: str = "", *, paged: bool = False, passes_over: str = ""
) -> Callable[[Answer], Answer]:
    """Enter a function in the register. `takes` and `passes_over` list parameters, separated by spaces."""

    def enter(answer: Answer) -> Answer:
        obeyed = frozenset(takes.split()) | (PAGED if paged else {"expand[]"})
        pattern = re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path) + r"\Z")
        CALLS.append(Call(method, path, obeyed, answer, pattern, frozenset(passes_over.split())))
        return answer

    return enter


def find(method: str, path: str) -> tuple[Call, dict[str, str]] | None:
    """The call of a request and what its path names; None where it is not implemented."""
    for candidate in CALLS:
        match = candidate.pattern.match(path) if candidate.method == method else None
        if match:
            return candidate, match.groupdict()
    return None


def needed(account: Account, identity: str, kind: str, noun: str, param: str = "id") -> Row:
    """An object by its id, or Stripe's 404."""
    found = account.store.get(identity, kind)
    if found is None:
        raise no_such(noun, identity, param)
    return found


def limit_of(params: Params) -> int:
    """How many objects a page shall have: ten, or as asked."""
    limit = int(params.get("limit", 10))
    if not 1 <= limit <= 100:
        raise refused("limit", "This value must be between 1 and 100.", "parameter_invalid_integer")
    return limit


def page(rows: list[Row], params: Params, url: str) -> Row:
    """One page of a list that is given newest first, with Stripe's cursors."""
    limit = limit_of(params)
    places = {row["id"]: place for place, row in enumerate(rows)}
    for cursor in ("starting_after", "ending_before"):
        if cursor in params and params[cursor] not in places:
            raise no_such("object", params[cursor], cursor)
    if "ending_before" in params:
        before = rows[: places[params["ending_before"]]]
        return {"object": "list", "data": before[-limit:], "has_more": len(before) > limit, "url": url}
    after = rows[places[params["starting_after"]] + 1 :] if "starting_after" in params else rows
    return {"object": "list", "data": after[:limit], "has_more": len(after) > limit, "url": url}


def created_within(rows: list[Row], wanted: Any) -> list[Row]:
    """Rows whose `created` is as asked: a number, or a map of gt, gte, lt, lte."""
    if wanted is None:
        return rows
    if isinstance(wanted, str):
        wanted = {"gte": wanted, "lte": wanted}
    low = max(int(wanted.get("gte", 0)), int(wanted.get("gt", -1)) + 1)
    high = min(int(wanted.get("lte", 2**53)), int(wanted.get("lt", 2**53)) - 1)
    return [row for row in rows if low <= row["created"] <= high]


def merged(old: dict[str, str], new: Any) -> dict[str, str]:
    """Metadata after an update: given keys are set, empty ones removed; an empty string removes all."""
    if new == "":
        return {}
    return {key: value for key, value in (old | (new or {})).items() if value != ""}


# ---- expansion


def expand(account: Account, body: Row, paths: list[str]) -> Row:
    """`body` with the named ids replaced by their objects, as `expand` asks. Raises ApiError as Stripe does."""
    for path in paths:
        parts = path.split(".")
        if len(parts) > 4:
            raise refused("expand", "You cannot expand more than 4 levels of a property.", "invalid_request")
        if body.get("object") == "list":
            if parts[0] != "data" or len(parts) == 1:
                raise _cannot(path)
            body = body | {"data": [_expanded(account, item, parts[1:], path) for item in body["data"]]}
        else:
            body = _expanded(account, body, parts, path)
    return body


def _expanded(account: Account, body: Row, parts: list[str], path: str) -> Row:
    shape: Shape | None = LIBRARY.object(body.get("object", ""))
    return _into(account, body, shape, parts, path)


def _into(account: Account, body: Row, shape: Shape | None, parts: list[str], path: str) -> Row:
    name, rest = parts[0], parts[1:]
    structure = _structure(shape)
    known = structure.fields.get(name) if structure else None
    if known is None:
        raise _cannot(path)
    value = body.get(name)
    if isinstance(value, str) and _is_expandable(known.shape):
        value = account.store.get(value)
    elif value is None and name == "line_items":
        value = line_items(account, body["id"])
    elif value is None and name == "payments" and body.get("object") == "invoice":
        value = invoicing.payments_of(account, body["id"])
    elif not rest and not _is_expandable(known.shape):
        raise _cannot(path)
    if rest and isinstance(value, list):
        value = [_further(account, item, known.shape, rest, path) for item in value]
    elif rest and isinstance(value, dict):
        value = _further(account, value, known.shape, rest, path)
    return body | {name: value} if value is not None else body


def _further(account: Account, value: Any, shape: Shape, parts: list[str], path: str) -> Row:
    if "object" in value and value["object"] != "list":
        return _expanded(account, value, parts, path)
    return _into(account, value, shape, parts, path)


def line_items(account: Account, session_id: str, params: Params | None = None) -> Row:
    """What a Checkout Session is for."""
    wishes = account.need(f"wishes_{session_id}", "wishes")
    return page(wishes["line_items"], params or {}, f"/v1/checkout/sessions/{session_id}/line_items")


def _cannot(path: str) -> ApiError:
    return refused("expand", f"This property cannot be expanded ({path}).", "property_not_expandable")


def _is_expandable(shape: Shape) -> bool:
    if isinstance(shape, Expandable):
        return True
    if isinstance(shape, OneOf):
        return any(_is_expandable(arm) for arm in shape.arms)
    return isinstance(shape, ListOf) and _is_expandable(shape.item)


def _structure(shape: Shape | None) -> Structure | None:
    if isinstance(shape, OneOf):
        return next((found for arm in shape.arms if (found := _structure(arm))), None)
    return shape if isinstance(shape, Structure) else None
