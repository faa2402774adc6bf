"""Long lists: a page is read from the store without the rest, forwards or backwards."""

from collections.abc import Iterable
from heapq import merge
from typing import Any

from stripe_standin.account import Account
from stripe_standin.api.calls import limit_of
from stripe_standin.store import INDEXED, Row
from stripe_standin.wire import Params, no_such


def listed(
    account: Account,
    kind: str,
    params: Params,
    url: str,
    equal: dict[str, str] | None = None,
    any_of: tuple[str, Iterable[str]] | None = None,
    where: str = "",
    values: Iterable[Any] = (),
    since: int = 0,
) -> Row:
    """One page of the objects of a kind, newest first.

    equal: fields and their values. any_of: a field, and the values of which it must have one. where, values: a
    condition in SQL. since: nothing that was made before.
    """
    conditions = [f"kind = '{kind}'"] + [f"json_extract(body, '$.{field}') = ?" for field in equal or {}]
    given: list[Any] = list((equal or {}).values())
    if where:
        conditions.append(where)
        given += values
    low, high = _bounds(params.get("created"), since)
    if low > 0 and low > _oldest(account, kind):
        conditions.append("seq >= ? AND json_extract(body, '$.created') >= ?")
        given += [_first_since(account, kind, low), low]
    if high < 2**53:
        conditions.append("json_extract(body, '$.created') <= ?")
        given.append(high)
    backwards = "ending_before" in params
    for cursor, sign in (("starting_after", "<"), ("ending_before", ">")):
        if cursor in params:
            conditions.append(f"seq {sign} ?")
            given.append(_place(account, params[cursor], kind, cursor))
    limit = limit_of(params)
    order = f"ORDER BY seq {'ASC' if backwards else 'DESC'} LIMIT {limit + 1}"
    if any_of is None:
        rows = account.store.rows(f"SELECT seq, body FROM objects WHERE {' AND '.join(conditions)} {order}", *given)
    else:
        rows = _of_any(account, conditions, given, order, any_of, backwards=backwards)[: limit + 1]
    data = [account.store.body(row) for row in rows[:limit]]
    return {
        "object": "list",
        "data": data[::-1] if backwards else data,
        "has_more": len(rows) > limit,
        "url": url,
    }


def _of_any(
    account: Account,
    conditions: list[str],
    given: list[Any],
    order: str,
    any_of: tuple[str, Iterable[str]],
    *,
    backwards: bool,
) -> list[Row]:
    """A page of each value, by its index, and of these pages the first."""
    field, wanted = any_of
    both = " AND ".join([*conditions, f"json_extract(body, '$.{field}') = ?"])
    sql = f"SELECT seq, body FROM objects WHERE {both} {order}"
    found = [account.store.rows(sql, *given, value) for value in dict.fromkeys(wanted)]
    return list(merge(*found, key=lambda row: row["seq"] if backwards else -row["seq"]))


def _bounds(wanted: Any, since: int) -> tuple[int, int]:
    """The first and the last second that are asked for: `created` is a number, or a map of gt, gte, lt, lte."""
    if wanted is None:
        return since, 2**53
    if isinstance(wanted, str):
        wanted = {"gte": wanted, "lte": wanted}
    low = max(int(wanted.get("gte", 0)), int(wanted.get("gt", -1)) + 1, since)
    return low, min(int(wanted.get("lte", 2**53)), int(wanted.get("lt", 2**53 + 1)) - 1)


def _oldest(account: Account, kind: str) -> int:
    """When the first object of a kind was made: what is asked for since then is everything."""
    sql = f"SELECT json_extract(body, '$.created') AS at FROM objects {_indexed(kind)} WHERE kind = '{kind}'"
    row = account.store.row(f"{sql} ORDER BY json_extract(body, '$.created') LIMIT 1")
    return row["at"] if row else 2**53


def _first_since(account: Account, kind: str, low: int) -> int:
    """The place of the first object that was made since then: a page is not looked for before it."""
    sql = f"SELECT min(seq) AS first FROM objects {_indexed(kind)} WHERE kind = '{kind}'"
    row = account.store.row(f"{sql} AND json_extract(body, '$.created') >= ?", low)
    return row["first"] if row and row["first"] is not None else 2**62


def _indexed(kind: str) -> str:
    return f'INDEXED BY "{kind} by created"' if "created" in INDEXED.get(kind, ()) else ""


def _place(account: Account, identity: str, kind: str, cursor: str) -> int:
    place = account.store.seq(identity, kind)
    if place is None:
        raise no_such("object", identity, cursor)
    return place
