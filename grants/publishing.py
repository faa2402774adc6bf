"""What the public is shown of grants, joined with the ledger's positions in a constant number of queries."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from donations.ledger import balances
from donations.ledger.balances import Numbers
from donations.ledger.models import Fund, Purpose
from grants.models import Award, AwardState, Programme, Round


@dataclass(frozen=True, slots=True)
class Shown:
    """One award as the public sees it. `numbers` holds allocated, paid and still to pay."""

    reference: str
    title: str
    organisation: str
    purpose: str
    programme: str
    decided_on: date
    numbers: Numbers


def awards() -> list[Shown]:
    """Every award that was offered and did not lapse, the newest first. Two queries."""
    numbers = balances.of_awards()
    told = Award.objects.exclude(state__in=[AwardState.RESOLVED, AwardState.LAPSED]).select_related(
        "purpose", "programme"
    )
    return [
        Shown(
            reference=award.reference,
            title=award.title,
            organisation=award.organisation,
            purpose=award.purpose.name,
            programme=award.programme.name,
            decided_on=award.decided_on,
            numbers=numbers.get(award.reference, Numbers()),
        )
        for award in told
    ]


def of_programme(programme: Programme) -> list[tuple[Fund, Purpose, Numbers]]:
    """The funds that serve a programme's purpose, with their numbers for it. One query."""
    rows = balances.by_purpose_and_fund()
    return [(fund, purpose, numbers) for fund, purpose, numbers in rows if purpose.pk == programme.purpose_id]


@dataclass(slots=True)
class Rounds:
    """The rounds of one programme as they stand on a day."""

    open: list[Round] = field(default_factory=list)
    to_come: list[Round] = field(default_factory=list)
    past: list[Round] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class AllRounds:
    """The rounds of every programme."""

    by_programme: dict[int, Rounds]

    def of(self, programme: int) -> Rounds:
        """Those of one; none where it has had none."""
        return self.by_programme.get(programme, Rounds())


def rounds(on: date) -> AllRounds:
    """Every round, by its programme, and whether it is open on that day: the latest first, of what is to come the
    soonest. One query.
    """
    found: dict[int, Rounds] = defaultdict(Rounds)
    for each in Round.objects.order_by("-opens_on", "pk"):
        its = found[each.programme_id]
        if each.is_open(on):
            its.open.append(each)
        elif each.opens_on > on:
            its.to_come.insert(0, each)
        else:
            its.past.append(each)
    return AllRounds(dict(found))
