"""Checking a file and confirming it. The check tries every line for real, and takes everything back."""

import hashlib
import logging
from collections import Counter
from dataclasses import dataclass
from typing import Any

import tablib
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from import_export.results import RowResult

from almoner.accounts.models import User
from donations.ledger.models import Fund
from donations.models import ImportRun
from donations.models.import_run import ImportState
from donations.staff.importing import reading
from donations.staff.importing.resource import LINE, PastGifts, dataset_of

log = logging.getLogger(__name__)

TRIED_TOGETHER = 200  # lines of a check: a second or two of holding a fund
SHOWN = {"refused": 500, "new": 100, "unchanged": 100}  # rows kept for the screen; the counts say how many there are


class CannotConfirm(Exception):
    """The run cannot be brought in; the message says why."""


@dataclass
class Findings:
    """What came of trying a file's lines."""

    summary: dict[str, Any]
    rows: list[dict[str, Any]]

    @property
    def refused(self) -> int:
        """How many lines cannot be taken."""
        return int(self.summary["refused"])


def check(*, content: bytes, filename: str, by: User) -> ImportRun:
    """Keep the file, try it, take it all back, and say what would happen. Raises CannotRead, and then keeps nothing."""
    sheet = reading.read(content, filename)
    found = try_lines(sheet, by=by, for_good=False)
    run = ImportRun(
        filename="".join(letter for letter in filename if letter.isprintable())[:200] or gettext("a file"),
        digest=hashlib.sha256(content).hexdigest(),
        state=ImportState.REFUSED if found.refused else ImportState.CHECKED,
        summary=found.summary,
        rows=found.rows,
        uploaded_by=by,
    )
    run.file.save("", ContentFile(content), save=False)
    run.save()
    return run


@transaction.atomic
def confirm(*, run: ImportRun, digest: str, by: User) -> ImportRun:
    """Bring in the very file that was checked: every new line, or none. Raises CannotConfirm.

    A file that was brought in already changes nothing. Where the books have changed since the check and a line is now
    refused, nothing is brought in and the run shows what is wrong.
    """
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.state == ImportState.CONFIRMED:
        return run
    if run.state == ImportState.REFUSED:
        raise CannotConfirm(gettext("Lines of this file are refused. Put them right, and upload it again."))
    if not run.file:
        raise CannotConfirm(gettext("This file is no longer kept. Upload it again."))
    with run.file.open("rb") as kept:
        content = kept.read()
    if not digest == run.digest == hashlib.sha256(content).hexdigest():
        raise CannotConfirm(gettext("This is not the file that was checked. Upload it again."))
    found = try_lines(reading.read(content, run.filename), by=by, for_good=True)
    run.summary, run.rows = found.summary, found.rows
    if found.refused:
        run.state = ImportState.REFUSED
    else:
        run.state, run.confirmed_by, run.confirmed_at = ImportState.CONFIRMED, by, timezone.now()
    run.save()
    return run


def try_lines(sheet: reading.Sheet, *, by: User, for_good: bool) -> Findings:
    """Record every new line, all or nothing; unless `for_good`, nothing.

    Posting holds the locks of its funds until its transaction ends, and donors' payments wait meanwhile. So a file is
    tried in small parts; only the real thing is one transaction.
    """
    resource = PastGifts(by=by, surplus=sheet.surplus)
    funds = {fund.code.lower(): place for place, fund in enumerate(Fund.objects.order_by("pk"))}
    everything = dataset_of(sheet, fund_order=funds)
    step = len(everything) if for_good else TRIED_TOGETHER
    outcomes: list[Any] = []
    base_errors: list[Any] = []
    for first in range(0, len(everything), step):
        part = tablib.Dataset(*everything[first : first + step], headers=everything.headers)
        result = resource.import_data(
            part, dry_run=not for_good, use_transactions=True, rollback_on_validation_errors=True
        )
        outcomes += result.rows
        base_errors += result.base_errors
    return findings(everything.dict, outcomes, base_errors, resource)


def findings(lines: list[dict[str, Any]], outcomes: list[Any], base_errors: list[Any], resource: PastGifts) -> Findings:
    """The Resource's result in words: each line with its standing, and what the file holds."""
    counts: Counter[str] = Counter(new=0, unchanged=0, refused=0)
    funds: dict[str, dict[str, Any]] = {}
    told: list[dict[str, Any]] = []
    for line, outcome in zip(lines, outcomes, strict=True):
        row = told_of(line, outcome, resource)
        counts[row["standing"]] += 1
        told.append(row)
        if row["standing"] == "new":
            fund, pence = resource.taken[line[LINE]]
            sums = funds.setdefault(fund.code, {"name": fund.name, "gifts": 0, "pence": 0})
            sums["gifts"] += 1
            sums["pence"] += pence
    why = ""
    if base_errors:
        log.error("An import was refused as a whole: %s", type(base_errors[0].error).__name__)
        why = gettext("The books refused this file as a whole. Nothing was brought in: please tell your administrator.")
        counts["refused"] = counts["refused"] or len(told)
    told.sort(key=lambda row: row["line"])
    shown = [row for standing, most in SHOWN.items() for row in [r for r in told if r["standing"] == standing][:most]]
    return Findings({**counts, "lines": len(told), "funds": funds, "why": why}, shown)


def told_of(line: dict[str, Any], outcome: Any, resource: PastGifts) -> dict[str, Any]:
    """One line: new, unchanged or refused, and each wrong cell with its sentence."""
    row: dict[str, Any] = {
        "line": line[LINE],
        "cells": [line[name] for name in reading.COLUMNS],
        "wrong": {},
        "why": "",
    }
    if outcome.validation_error is not None:
        for attribute, sentences in outcome.validation_error.message_dict.items():
            column = resource.column_of(attribute)
            if column:
                row["wrong"][column] = " ".join(sentences)
            else:
                row["why"] = " ".join(sentences)
        return {**row, "standing": "refused"}
    if outcome.errors:
        log.error("A line of an import failed: %s", type(outcome.errors[0].error).__name__)
        return {
            **row,
            "standing": "refused",
            "why": gettext("This line could not be recorded. Please tell your administrator."),
        }
    return {**row, "standing": "unchanged" if outcome.import_type == RowResult.IMPORT_TYPE_SKIP else "new"}
