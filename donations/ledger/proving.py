"""Proof and seals: every total compared with its lines, every seal with its month."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import Error, connection, transaction

from donations.ledger.exceptions import as_fact
from donations.ledger.models import Proof, Seal


class Difference(NamedTuple):
    """A total that disagrees with its lines. `which` names it by its key; both figures are as the database has them."""

    what: str
    which: str
    truth: str
    kept: str


def prove() -> Proof:
    """Re-sum everything, store what was found, and return it. Totals are repaired from lines, never the reverse."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM ledger_prove()")
        return Proof.objects.get(pk=cursor.fetchone()[0])


def latest() -> Proof | None:
    """The last proof, for the dashboard and /healthz."""
    return Proof.objects.first()


def differences() -> Iterator[Difference]:
    """Each total that disagrees with its lines, one at a time: the whole ledger is read, a few rows are held."""
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute("SELECT what, which, truth, kept FROM ledger_disagreements")
        for row in cursor:
            yield Difference(*row)


def broken_seals() -> list[date]:
    """The sealed months whose lines are no longer those that were sealed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT month FROM ledger_broken_seals ORDER BY month")
        return [month for (month,) in cursor.fetchall()]


def seal_month(month: date, *, by: AbstractBaseUser) -> Seal:
    """Close a month that is over: nothing is posted into it any more. Its hash belongs in the minutes.

    Waits for the postings in flight. Raises LedgerError: `month_is_over`, `months_sealed_in_order`,
    `seal_needs_agreement`.
    """
    first = month.replace(day=1)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT month FROM ledger_seal_month(%s, %s)", [first, by.pk])
    except Error as error:
        refusal = as_fact(error)
        if refusal is None:
            raise
        raise refusal from error
    return Seal.objects.get(pk=first)
