"""Whatever donors, banks and Stripe do, in whatever order we hear of it: after one comparison every penny agrees."""

import sys
from collections import Counter
from collections.abc import Callable
from typing import Any, ClassVar

import hypothesis
import pytest
from django.core import mail
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from donations import gateway
from stripe_standin import Standin
from tests.factories.appeals import an_appeal
from tests.factories.funds import general_fund
from tests.people import Cast
from tests.storms.storm import Storm

EXAMPLES, STEPS = 100, 10  # in each half
WHICH = st.integers(min_value=0, max_value=40)
PENCE = st.integers(min_value=200, max_value=50_000)
CARDS = st.sampled_from(["succeeds", "succeeds", "declined", "bacs", "wallet", "3ds_pass", "3ds_fail"])
OFTEN = st.sampled_from(["once", "once", "month", "year"])
GIFT = st.tuples(PENCE, CARDS, OFTEN)
KINDS = 16  # of the twenty-one deeds, nearly all of which need something to be done to
FEW = st.integers(min_value=1, max_value=4)


def where_it_can(deed: str) -> Callable[[Any], Any]:
    """A rule for deeds that are only done where there is something to do them to."""
    return precondition(lambda machine: bool(machine.storm.there(deed)))


class AnyStorm(RuleBasedStateMachine):
    """Rules are what may happen next; at the end comes the calm."""

    lent: Any  # the settings, which say where Stripe is
    appeal: Any  # and the appeal, and who looks after the money: the same before every storm
    finance: Any
    done: ClassVar[Counter[str]] = Counter()  # how often each deed found something to be done to, in all storms

    @initialize(gifts=st.lists(GIFT, min_size=1, max_size=3), heard=st.booleans())
    def begins(self, gifts: list[tuple[int, str, str]], heard: bool) -> None:
        """An empty ledger, an empty account at Stripe, and the first donors, of whom we may have heard."""
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        mail.outbox.clear()
        self.standin = Standin(secret="whsec_tests").start()
        self.lent.STRIPE_API_BASE = self.standin.url
        gateway.forget_clients()
        self.storm = Storm(self.standin, self.appeal, self.finance)
        for pence, card, every in gifts:
            self.storm.gives(pence, card, every)
        if heard:
            self.storm.all_is_heard()

    @rule(pence=PENCE, card=CARDS, every=OFTEN)
    def a_donor_gives(self, pence: int, card: str, every: str) -> None:
        self.storm.gives(pence, card, every)

    @where_it_can("pays_again")
    @rule(which=WHICH)
    def a_donor_tries_again(self, which: int) -> None:
        self.storm.pays_again(which)

    @where_it_can("leaves")
    @rule(which=WHICH)
    def a_donor_leaves(self, which: int) -> None:
        self.storm.leaves(which)

    @where_it_can("debit_comes")
    @rule(which=WHICH, settles=st.booleans())
    def a_debit_comes(self, which: int, settles: bool) -> None:
        self.storm.debit_comes(which, settles)

    @where_it_can("month_passes")
    @rule(which=WHICH, declined=st.booleans())
    def a_month_passes(self, which: int, declined: bool) -> None:
        self.storm.month_passes(which, declined)

    @where_it_can("tries_again")
    @rule(which=WHICH)
    def stripe_tries_again(self, which: int) -> None:
        self.storm.tries_again(which)

    @where_it_can("ends")
    @rule(which=WHICH)
    def a_regular_gift_ends(self, which: int) -> None:
        self.storm.ends(which)

    @where_it_can("refunds")
    @rule(which=WHICH, pence=st.none() | PENCE, fails=st.booleans())
    def the_dashboard_refunds(self, which: int, pence: int | None, fails: bool) -> None:
        self.storm.refunds(which, pence, fails)

    @where_it_can("refund_comes_back")
    @rule(which=WHICH)
    def a_refund_comes_back(self, which: int) -> None:
        self.storm.refund_comes_back(which)

    @where_it_can("office_refunds")
    @rule(which=WHICH, pence=PENCE)
    def the_office_refunds(self, which: int, pence: int) -> None:
        self.storm.office_refunds(which, pence)

    @where_it_can("disputes")
    @rule(which=WHICH)
    def a_bank_disputes(self, which: int) -> None:
        self.storm.disputes(which)

    @where_it_can("dispute_closes")
    @rule(which=WHICH, won=st.booleans())
    def a_dispute_closes(self, which: int, won: bool) -> None:
        self.storm.dispute_closes(which, won)

    @rule(days=st.integers(min_value=1, max_value=8))
    def stripe_pays_out(self, days: int) -> None:
        self.storm.pays_out(days)

    @where_it_can("payout_moves")
    @rule(which=WHICH, arrives=st.booleans())
    def a_payout_moves(self, which: int, arrives: bool) -> None:
        self.storm.payout_moves(which, arrives)

    @where_it_can("changes_amount")
    @rule(which=WHICH, pence=PENCE)
    def a_donor_changes_the_amount(self, which: int, pence: int) -> None:
        self.storm.changes_amount(which, pence)

    @where_it_can("post_comes")
    @rule(which=WHICH, times=st.integers(min_value=1, max_value=3), few=FEW)
    def the_post_comes(self, which: int, times: int, few: int) -> None:
        for _ in range(few):
            self.storm.post_comes(which, times)

    @rule()
    def an_hour_is_quiet(self) -> None:
        self.storm.all_is_heard()

    @where_it_can("post_is_lost")
    @rule(which=WHICH)
    def the_post_is_lost(self, which: int) -> None:
        self.storm.post_is_lost(which)

    @where_it_can("worker_works")
    @rule(which=WHICH, few=FEW)
    def a_worker_works(self, which: int, few: int) -> None:
        for _ in range(few):
            self.storm.worker_works(which)

    @where_it_can("worker_is_killed")
    @rule(which=WHICH, place=WHICH, after=st.booleans())
    def a_worker_is_killed(self, which: int, place: int, after: bool) -> None:
        self.storm.worker_is_killed(which, place, after)

    @where_it_can("letters_leave")
    @rule(how_many=st.integers(min_value=1, max_value=3))
    def letters_leave(self, how_many: int) -> None:
        self.storm.letters_leave(how_many)

    def teardown(self) -> None:
        """The calm, the judgement, and an empty stage for the next."""
        try:
            if sys.exception() is None:  # else Hypothesis broke it off, and counts another; or a deed itself went wrong
                self.storm.calm()
                assert self.storm.faults() == []
                with connection.cursor() as cursor:
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                self.done["is judged"] += 1
        finally:
            self.done.update(self.storm.done)
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)
            self.standin.stop()
            gateway.forget_clients()


@pytest.mark.django_db
@pytest.mark.parametrize("half", [1, 2])  # so that two cores share them
def test_after_any_storm_every_penny_agrees_and_every_receipt_was_sent_once(settings, half):
    cast = Cast()
    general_fund()
    AnyStorm.lent, AnyStorm.appeal = settings, an_appeal()
    AnyStorm.finance = [cast.finance_officer, cast.treasurer]
    AnyStorm.done.clear()
    run_state_machine_as_test(
        AnyStorm,
        settings=hypothesis.settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            phases=[
                Phase.explicit,
                Phase.reuse,
                Phase.generate,
            ],  # a storm is not made smaller in minutes
            print_blob=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert AnyStorm.done.pop("is judged") >= EXAMPLES
    found = {deed for deed, times in AnyStorm.done.items() if times}
    assert len(found) >= KINDS, f"storms in which only {sorted(found)} happen prove little"
