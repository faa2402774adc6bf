"""What the public is shown of grants, joined with the ledger's positions in a constant number of queries."""

from dataclasses import dataclass
from datetime import date

from donations.ledger import balances
from donations.ledger.balances import Numbers
from donations.ledger.models import Fund, Purpose
from grants.models import Award, AwardState, Programme


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
