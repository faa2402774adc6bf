"""A page on its way, and the frame that every page shares."""

import json
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Page:
    """An answer to a browser."""

    status: int
    body: bytes
    headers: dict[str, str]


def framed(title: str, content: str, *, kind: str, status: int = 200, leads_to: str = "") -> Page:
    """An HTML page without scripts. `leads_to`: an address of another site to which its form may redirect."""
    form_action = "'self'"
    if leads_to:
        there = urlsplit(leads_to)
        form_action += f" {there.scheme}://{there.netloc}"
    html = f"""<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<title>{escape(title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<link rel="stylesheet" href="/_standin/standin.css">
</head>
<body class="{kind}">
{content}
</body>
</html>
"""
    policy = f"default-src 'none'; style-src 'self'; form-action {form_action}; base-uri 'none'; frame-ancestors 'none'"
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": policy,
        "Cache-Control": "no-store",
        "Referrer-Policy": "strict-origin",
        "X-Content-Type-Options": "nosniff",
    }
    return Page(status, html.encode(), headers)


def moved(address: str) -> Page:
    """Look there instead (303)."""
    return Page(303, b"", {"Location": address, "Cache-Control": "no-store"})


def plain(status: int, sentence: str) -> Page:
    """A sentence."""
    return Page(status, sentence.encode(), {"Content-Type": "text/plain; charset=utf-8"})


def data(value: Any, status: int = 200) -> Page:
    """The same, for programs."""
    return Page(status, json.dumps(value, indent=2).encode(), {"Content-Type": "application/json"})


def pounds(pence: int | None) -> str:
    """£1,000.50; a dash where there is no amount."""
    if pence is None:
        return "–"
    return f"£{pence // 100:,}.{pence % 100:02}"
