"""Each law broken on purpose, by plain SQL as the role that serves the site: the database says no, by name."""

from pathlib import Path

import pytest
from django.apps import apps
from django.db import Error, connection, transaction

from donations.migrations._sql import WAY_BACK

pytestmark = pytest.mark.django_db

FILES = sorted((Path(apps.get_app_config("donations").path) / "migrations").glob("*.sql"))


@pytest.fixture
def everything(life, people):
    """A gift that was refunded in part, disputed and paid out, and a regular one that was changed and failed."""
    from donations.actions import renewing
    from donations.models.regular_gift import Ender

    life.gives("250", name="Cora Whelk")
    refunded = life.gives("40")
    life.standin.fail_refund(life.standin.refund(life.intent(refunded), 1000))
    life.standin.refund(life.intent(refunded), 500)
    life.standin.open_dispute(life.intent(life.gives("25", name="Ben Limpet")))
    gift = life.begins("10")
    renewing.pause(gift=gift, months=2, asked_by=Ender.DONOR)
    life.works()
    life.standin.move_clock(4 * 86_400)
    life.standin.fail_payout(life.standin.pay_out())
    life.hears()
    return life


def as_the_app(sql: str) -> None:
    """Done as the role that serves the site."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE almoner_app")
        cursor.execute(sql)


def refusal(sql: str) -> str:
    """The name with which the database refuses it."""
    with pytest.raises(Error) as error:
        as_the_app(sql)
    return error.value.__cause__.diag.constraint_name


BROKEN = {
    "payment_moves_forward": [
        "UPDATE donations_payment SET state = 'processing' WHERE state = 'succeeded'",
        "UPDATE donations_payment SET state = 'created' WHERE state = 'succeeded'",
        "UPDATE donations_payment SET state = 'failed' WHERE state = 'succeeded'",
    ],
    "received_payment_stands": [
        "UPDATE donations_payment SET pence = pence + 1",
        "UPDATE donations_payment SET currency = 'eur'",
        "UPDATE donations_payment SET charge = 'ch_another'",
        "UPDATE donations_payment SET ours = false",
        "UPDATE donations_payment SET succeeded_at = now()",
        "UPDATE donations_payment SET pledge_id = NULL WHERE pledge_id IS NOT NULL",
        "UPDATE donations_payment SET payment_intent = payment_intent || 'x'",
        "UPDATE donations_payment SET fee_pence = 0",
    ],
    "donation_stands": [
        "UPDATE donations_donation SET pence = pence + 1",
        "UPDATE donations_donation SET fund_id = fund_id + 1",
        "UPDATE donations_donation SET purpose_id = purpose_id + 1",
        "UPDATE donations_donation SET donor_name = 'Somebody else'",
        "UPDATE donations_donation SET received_on = received_on + 1",
        "UPDATE donations_donation SET entry_id = entry_id + 1",
        "UPDATE donations_donation SET payment_id = NULL",
        "UPDATE donations_donation SET method = 'cash'",
    ],
    "refund_moves_forward": [
        "UPDATE donations_refund SET state = 'succeeded' WHERE state = 'failed'",
        "UPDATE donations_refund SET state = 'pending' WHERE state = 'succeeded'",
        "UPDATE donations_refund SET pence = pence + 1",
    ],
    "refund_stands": [
        "UPDATE donations_refund SET entry_id = NULL, state = 'failed' WHERE state = 'succeeded'",
        "UPDATE donations_refund SET turned_id = NULL WHERE turned_id IS NOT NULL",
        "UPDATE donations_refund SET refund = 're_another'",
        "UPDATE donations_refund SET because = 'Another reason'",
    ],
    "dispute_movement_stands": [
        "UPDATE donations_disputemovement SET pence = pence + 1",
        "UPDATE donations_disputemovement SET entry_id = entry_id + 1",
    ],
    "payout_stands": [
        "UPDATE donations_payout SET entry_id = NULL",
        "UPDATE donations_payout SET turned_id = NULL",
        "UPDATE donations_payout SET payout = 'po_another'",
    ],
    "balance_line_stands": ["UPDATE donations_balanceline SET category = 'fee'"],
    "change_stands": [
        "UPDATE donations_regulargiftchange SET asked_by = 'stripe'",
        "UPDATE donations_regulargiftchange SET because = 'Another reason'",
        "UPDATE donations_regulargiftchange SET done_at = NULL",
    ],
    "letter_stands": [
        "UPDATE donations_letter SET about = about || 'x'",
        "UPDATE donations_letter SET kind = 'pending'",
    ],
    "giving_is_not_deleted": [
        f"DELETE FROM donations_{noun}"
        for noun in ("payment", "donation", "refund", "disputemovement", "payout", "balanceline", "regulargiftchange")
    ],
}


def test_each_law_says_no_by_name_to_whatever_breaks_it(everything):
    for law, attempts in BROKEN.items():
        for sql in attempts:
            assert refusal(sql) == law, sql


def test_what_has_to_change_may(everything):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE almoner_app")
        for sql in (
            "UPDATE donations_donation SET donor_id = NULL, note = 'Looked at'",
            "UPDATE donations_letter SET sent_at = now(), claimed_at = now()",
            "UPDATE donations_payout SET trace = 'FOUND', checked_at = now()",
            "UPDATE donations_balanceline SET ours = true",
            "UPDATE donations_payment SET failed_at = now()",
        ):
            cursor.execute(sql)
            assert cursor.rowcount > 0, sql
        cursor.execute("RESET ROLE")


def test_the_serving_role_switches_no_law_off(everything):
    for sql in (
        "ALTER TABLE donations_payment DISABLE TRIGGER ALL",
        "DROP TRIGGER donation_stands ON donations_donation",
        "DROP FUNCTION donations_stands() CASCADE",
        "TRUNCATE donations_donation CASCADE",
    ):
        with pytest.raises(Error) as error:
            as_the_app(sql)
        assert error.value.__cause__.sqlstate == "42501", sql


# But for what content hangs on every table that its pages are made of.
MADE = """
  SELECT 'function', proname, pg_get_functiondef(oid) FROM pg_proc
   WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'donations\\_%%'
  UNION ALL SELECT 'trigger', tgname || tgrelid::regclass, pg_get_triggerdef(oid) FROM pg_trigger
   WHERE tgrelid::regclass::text LIKE 'donations\\_%%' AND NOT tgisinternal AND tgname <> 'pages_are_made_of_it'
  ORDER BY 1, 2, 3
"""


def test_the_way_back_leaves_nothing_and_the_way_forward_leaves_what_there_was():
    def made():
        with connection.cursor() as cursor:
            cursor.execute(MADE, [])
            return cursor.fetchall()

    def run(part: int, files: list[Path]) -> None:
        for file in files:
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute(file.read_text(encoding="utf-8").split(WAY_BACK)[part])

    before = made()
    assert len(before) > 15
    run(1, FILES[::-1])
    assert made() == []
    run(0, FILES)
    assert made() == before
