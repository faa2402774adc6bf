"""Many writers at the same moment: never more than there is, once is once, and a sealed month stays as it was."""

from collections import Counter
from datetime import date
from functools import partial
from itertools import permutations

import psycopg
import pytest
from django.db import connection

from donations.ledger import balances, exceptions, posting, proving
from donations.ledger.exceptions import AwardIsPaid, BooksAreBusy, FundIsShort, PeriodIsSealed
from donations.ledger.models import Entry, Seal
from donations.ledger.money import NOTHING, pounds
from donations.ledger.posting import Share
from tests.donations.ledger.refusing import assert_refused
from tests.factories import funds
from tests.grants.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def kinds(answers):
    """How many answers of each sort."""
    return Counter(type(answer) for answer in answers)


def test_twenty_reservations_of_10001_pounds_on_100000(people, nurse_fund, nurses):
    posting.receive(pounds(100_000), into=nurse_fund, key="gift:1", by=people.finance_officer)
    shares = [Share(nurse_fund, pounds(10_001))]
    answers = at_once(
        [
            partial(posting.reserve, f"A-{n}", shares=shares, purpose=nurses, key=f"resolution:{n}", by=people.chair)
            for n in range(20)
        ]
    )
    assert kinds(answers) == {Entry: 9, FundIsShort: 11}
    refusals = [answer for answer in answers if isinstance(answer, FundIsShort)]
    assert {refusal.sentence for refusal in refusals} == {"Nurse Fund has £9,991.00 left."}
    assert balances.left_in(nurse_fund) == pounds(9_991)
    assert proving.prove().holds


def test_ten_payments_of_3000_pounds_on_an_award_of_10000(people, nurse_fund, nurses):
    by = people.finance_officer
    posting.receive(pounds(50_000), into=nurse_fund, key="gift:1", by=by)
    whole = [Share(nurse_fund, pounds(10_000))]
    posting.reserve("A-1", shares=whole, purpose=nurses, key="resolution:1", by=by)
    posting.award("A-1", shares=whole, purpose=nurses, key="award:1", by=by)
    part = [Share(nurse_fund, pounds(3_000))]
    answers = at_once(
        [partial(posting.pay, "A-1", shares=part, purpose=nurses, key=f"paid:{n}", by=by) for n in range(10)]
    )
    assert kinds(answers) == {Entry: 3, AwardIsPaid: 7}
    assert balances.owed_on("A-1") == pounds(1_000)
    assert proving.prove().holds


def test_one_event_told_ten_times_at_once_is_one_entry(people, nurse_fund):
    gift = partial(posting.receive, pounds(25), into=nurse_fund, key="gift:ada", by=people.finance_officer)
    answers = at_once([gift] * 10)
    assert len(set(answers)) == 1
    assert Entry.objects.count() == 1
    assert balances.of_fund(nurse_fund).raised == pounds(25)


def test_six_writers_post_into_a_month_while_it_is_sealed(people, nurse_fund):
    """Whoever was in time is in the seal; nobody comes after it."""
    by, january = people.finance_officer, date(2026, 1, 20)

    def write(writer):
        posted = []
        for n in range(40):
            try:
                posted.append(
                    posting.receive(pounds(1), into=nurse_fund, key=f"gift:{writer}:{n}", by=by, on=january).pk
                )
            except PeriodIsSealed:
                return posted
        return posted

    def seal():
        while Entry.objects.count() < 20:
            pass
        return proving.seal_month(january, by=by)

    *posted, sealed = at_once([*(partial(write, writer) for writer in range(6)), seal])
    assert isinstance(sealed, Seal), sealed
    written = sorted(entry for writer in posted for entry in writer)
    assert written == sorted(Entry.objects.values_list("pk", flat=True))
    assert 20 <= sealed.entries == len(written) < 240
    assert proving.prove().holds


def test_eight_writers_of_entries_over_two_funds_never_meet_in_a_ring(people):
    by = people.finance_officer
    several = [funds.fund(f"F{n}", f"Fund {n}", "any") for n in range(4)]
    for fund in several:
        posting.receive(pounds(1_000), into=fund, key=f"gift:{fund.code}", by=by)
    pairs = list(permutations(several, 2))  # both ways round

    def write(writer):
        for n in range(30):
            from_, to = pairs[(writer * 5 + n) % len(pairs)]
            posting.transfer(pounds(1), from_=from_, to=to, because="To and fro", key=f"transfer:{writer}:{n}", by=by)
        return "done"

    answers = at_once([partial(write, writer) for writer in range(8)])
    assert BooksAreBusy not in kinds(answers)
    assert answers == ["done"] * 8
    assert Entry.objects.filter(kind="transfer").count() == 240
    assert balances.everything().moved == NOTHING
    assert proving.prove().holds


def test_two_awards_share_one_funds_general_money(people, general, nurses):
    """Both look at what is left for nurses, and set aside only what they need, one after the other."""
    posting.receive(pounds(1_000), into=general, key="gift:1", by=people.finance_officer)
    shares = [Share(general, pounds(300))]
    answers = at_once(
        [
            partial(posting.reserve, f"A-{n}", shares=shares, purpose=nurses, key=f"resolution:{n}", by=people.chair)
            for n in range(6)
        ]
    )
    assert kinds(answers)[Entry] == 3
    left = {purpose.code: numbers.available for purpose, numbers in balances.of_purposes_in(general)}
    assert (left["any"], left["nurses"]) == (pounds(100), NOTHING)
    assert proving.prove().holds


def test_entries_are_posted_at_read_committed():
    """With an older snapshot a posting could miss a seal made since."""
    with connection.get_new_connection(connection.get_connection_params()) as other:
        other.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        with pytest.raises(psycopg.Error) as error:
            other.execute(
                "INSERT INTO ledger_entry"
                " (effective, kind, narrative, reason, authority, source_key, reverses_id, posted_by_id)"
                " VALUES ('2026-03-01', 'gift', '', '', '', 'new', NULL, 1)"
            )
        other.rollback()
    assert_refused(exceptions.as_fact(error.value), "posting_reads_committed")
