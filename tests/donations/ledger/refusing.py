"""What a law's refusal is like, whoever broke it; and the stage on which it is broken."""

from dataclasses import dataclass
from datetime import date, timedelta

from donations.ledger import exceptions, posting, proving
from donations.ledger.exceptions import LedgerError
from donations.ledger.models import Fund
from donations.ledger.money import pounds
from donations.ledger.posting import Share, Via
from tests.factories import funds

GIVEN, TOMORROW_WEEK = date(2026, 2, 14), date.today() + timedelta(days=7)


@dataclass
class Stage:
    """£100 in each fund. For A-1 the nurse fund reserved £40, awarded £30 of it, and paid £10. January is shut."""

    general: Fund
    nurse: Fund
    endowment: Fund
    old: Fund
    by: object


def set_the_stage(general, nurse_fund, nurses, by):
    """Post what Stage describes."""
    kept = funds.endowment()
    old = funds.fund("OLD", "Old Appeal", "any")
    proving.seal_month(date(2026, 1, 1), by=by)
    for fund in (general, nurse_fund, kept, old):
        key = f"gift:{fund.code}"
        posting.receive(pounds(100), into=fund, key=key, by=by, on=GIVEN, via=Via.BANK)
    old.closed = date(2026, 2, 28)
    old.save()
    one = {"purpose": nurses, "by": by, "on": GIVEN}
    posting.reserve("A-1", shares=[Share(nurse_fund, pounds(40))], key="reserve:A-1", **one)
    posting.award("A-1", shares=[Share(nurse_fund, pounds(30))], key="award:A-1", **one)
    posting.pay("A-1", shares=[Share(nurse_fund, pounds(10))], key="pay:A-1", **one)
    cost = posting.spend(pounds(1), from_=general, key="cost:twice", by=by, on=GIVEN)
    posting.reverse(cost, because="Paid twice", by=by, on=GIVEN)
    return Stage(general, nurse_fund, kept, old, by)


def assert_refused(found: LedgerError | None, law: str) -> None:
    """By its name, in words for people, as the class that callers catch."""
    assert found is not None, "the database let it pass"
    assert found.constraint == law
    assert type(found) is exceptions.FACTS.get(law, exceptions.LawBroken)
    assert found.sentence.endswith("."), found.sentence
    assert "violates" not in found.sentence
    assert law not in found.sentence


def named(table):
    """A readable name for each row."""
    return [f"{place}-{law}" for place, (law, _) in enumerate(table)]
