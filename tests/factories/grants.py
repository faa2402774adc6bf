"""Grants as the tests like them: a board, a programme, a proposal, a resolution before the board."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils import timezone

from almoner.accounts.models import User
from donations.ledger import posting
from donations.ledger.models import Fund
from donations.ledger.money import Money, pounds
from donations.ledger.posting import Share
from grants.actions import applying, awarding, deciding, paying, proposing
from grants.models import Application, Award, Board, Choice, Instalment, Programme, Resolution
from tests.factories import funds
from tests.people import Cast, person

PAPER = "The post would be new.\n\nWe ask the board to approve it, because there is no nurse on this coast."


def board(people: Cast, *, quorum: int = 3, casting_vote: bool = False) -> Board:
    """Five trustees, of whom three make a quorum."""
    assert len(people.trustees) == 5
    return Board.objects.create(name="Board of trustees", quorum=quorum, chair=people.chair, casting_vote=casting_vote)


def programme(fund: Fund, *, name: str = "Specialist nurses", serves: str = "nurses") -> Programme:
    """A programme that one fund usually pays for."""
    slug = name.lower().replace(" ", "-")
    return Programme.objects.create(name=name, slug=slug, purpose=funds.purpose(serves), fund=fund)


def give(fund: Fund, amount: str, *, by: User, key: str = "gift:1", on: date | None = None) -> None:
    """Money arrives."""
    posting.receive(pounds(amount), into=fund, key=key, by=by, on=on)


def proposal(of: Programme, *, by: User, title: str = "A nurse at Eastquay", requested: str = "12,000") -> Application:
    """An application, entered by staff."""
    return applying.enter(
        programme=of, title=title, organisation="Eastquay Hospital (demo)", summary="A nurse for three years.",
        requested=pounds(requested), by=by,
    )  # fmt: skip


def drafted(application: Application, *shares: tuple[Fund, str], by: User, days: float = 14) -> Resolution:
    """A draft that asks these funds."""
    return proposing.draft(
        application=application, text=PAPER, shares=asked(shares), deadline=timezone.now() + timedelta(days=days), by=by
    )


def opened(application: Application, *shares: tuple[Fund, str], by: User, days: float = 14) -> Resolution:
    """A resolution before the board."""
    return deciding.open_resolution(resolution=drafted(application, *shares, by=by, days=days), by=by)


def before_the_board(people: Cast) -> tuple[Fund, Resolution]:
    """A board, a nurse fund with £50,000, and a resolution that asks it for £12,000; for a stage that is set once."""
    board(people)
    fund = funds.nurse_fund()
    give(fund, "50,000", by=people.finance_officer, key="gift:nurses")
    application = proposal(programme(fund), by=people.grants_officer)
    return fund, opened(application, (fund, "12,000"), by=people.grants_officer)


def asked(shares: Sequence[tuple[Fund, str]]) -> list[Share]:
    """Shares, from funds and pounds."""
    return [Share(fund, pounds(amount)) for fund, amount in shares]


def no_conflict(resolution: Resolution, *trustees: User) -> None:
    """Each declares that she has none."""
    for trustee in trustees:
        deciding.declare(resolution=resolution, version=resolution.version, conflicted=False, by=trustee)


def votes(resolution: Resolution, choice: Choice, *trustees: User, reason: str = "") -> None:
    """Each votes so."""
    for trustee in trustees:
        deciding.vote(
            resolution=resolution, version=resolution.version, choice=choice, by=trustee,
            reason=reason or ("" if choice == Choice.APPROVE else "Not on this paper."),
        )  # fmt: skip


def carried(resolution: Resolution, people: Cast) -> Award:
    """All five approve."""
    no_conflict(resolution, *people.trustees)
    votes(resolution, Choice.APPROVE, *people.trustees)
    return Award.objects.get(resolution=resolution)


def accepted(award: Award, people: Cast) -> Award:
    """Offered and accepted."""
    awarding.offer(award=award, by=people.grants_officer)
    return awarding.accept(award=award, accepted_by="Dr Anchor, director", by=people.grants_officer)


def planned(award: Award, people: Cast, *amounts: str, condition: str = "") -> list[Instalment]:
    """Instalments of these amounts, one each month."""
    plans = [
        paying.Plan(pounds(amount), timezone.localdate() + timedelta(days=30 * at), condition)
        for at, amount in enumerate(amounts)
    ]
    return paying.plan(award=award, instalments=plans, by=people.grants_officer)


def paid(instalment: Instalment, people: Cast, *, bank_reference: str = "BACS 0001") -> Instalment:
    """Through three pairs of hands, and the bank."""
    paying.request(instalment=instalment, by=people.grants_officer)
    paying.authorise(instalment=instalment, by=people.finance_officer)
    paying.authorise(instalment=instalment, by=people.treasurer)
    return paying.confirm(instalment=instalment, bank_reference=bank_reference, by=people.finance_officer)


def money(amount: str) -> Money:
    """Pounds."""
    return pounds(amount)


def another_officer() -> User:
    """Brooke, who asks for instalments while Delphine is away."""
    return person("brooke", "Brooke", "Eddy", "Grants officer")
