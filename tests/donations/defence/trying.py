"""Donors and whoever tests cards, at the door of the defence; the time is said, so that nobody waits."""

from datetime import UTC, datetime, timedelta

from donations.defence import note_decline, note_good, visitors
from donations.defence.door import Judgement, Try, judge
from donations.models import Pledge

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)


def after(seconds: float) -> datetime:
    """So long after noon."""
    return NOON + timedelta(seconds=seconds)


def comes(address: str, email: str, *, at: float, answer: str = "", ticket: str = "", gift: str = "") -> Judgement:
    """Somebody sends the form."""
    tried = Try(
        address=visitors.digest("address", address),
        donor=visitors.donor(email),
        gift=visitors.digest("gift", gift) if gift else "",
        answer=answer,
        ticket=ticket,
    )
    return judge(tried, at=after(at))


def declined(email: str, card: str, *, at: float, session: str = "", attempt: str = "") -> bool:
    """Stripe tells that a card was declined on this donor's payment page; whether the page is to be closed."""
    pledge = Pledge(email=email, checkout_session=session or f"cs_{email}")
    return note_decline(pledge=pledge, attempt=attempt or f"{email} {card}", card=card, at=after(at))


def paid(card: str, *, at: float) -> None:
    """Stripe tells that a card paid."""
    note_good(card=card, at=after(at))


class Bot:
    """Tries one new card after another, and does no work for anybody; Stripe's news comes some tries late."""

    def __init__(self, *, told_late: int = 3, is_told: bool = True) -> None:
        self.reached_stripe = 0
        self.told_late = told_late
        self.is_told = is_told
        self.news: list[tuple[str, str]] = []

    def tries(self, address: str, *, number: int, at: float) -> Judgement:
        """One card more, under a new name."""
        email = f"bot{number}@example.org"
        judgement = comes(address, email, at=at)
        if judgement.may_go_on:
            self.reached_stripe += 1
            self.news.append((email, f"card{number}"))
        if self.is_told and len(self.news) > self.told_late:
            email, card = self.news.pop(0)
            declined(email, card, at=at)
        return judgement
