"""What one trustee may see of what is before the board. Papers and amounts reach a page through here alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from almoner.accounts.models import User
from donations.ledger import balances
from donations.ledger.balances import Numbers
from donations.ledger.models import Fund
from donations.ledger.money import NOTHING, Money
from grants import counting, minutes
from grants.counting import Attendance
from grants.models import Award, Interest, Paper, Resolution, ResolutionState, Vote

KINDS = {
    ResolutionState.CARRIED: "good",
    ResolutionState.LOST: "bad",
    ResolutionState.OPEN: "waiting",
}


@dataclass(frozen=True)
class FundLine:
    """A fund before and after: what is free in it, what is asked of it, what would be left."""

    fund: Fund
    asked: Money
    before: Money

    @property
    def after(self) -> Money:
        """What would be left; below nil where it is not enough."""
        return self.before - self.asked


class Standing:
    """One resolution, and how one trustee stands to it."""

    def __init__(self, trustee: User, resolution: Resolution) -> None:
        self.trustee = trustee
        self.resolution = resolution
        self.application = resolution.application

    @cached_property
    def interest(self) -> Interest | None:
        """What she declared on the present version."""
        return Interest.objects.of(self.trustee.pk, self.resolution)

    @cached_property
    def attendance(self) -> Attendance:
        """Who has voted: never how."""
        return counting.attendance(self.resolution)

    @cached_property
    def paper(self) -> Paper | None:
        """The paper, if it is open to her."""
        return Paper.objects.open_to(self.trustee.pk).filter(resolution=self.resolution).first()

    @cached_property
    def funds(self) -> list[FundLine]:
        """Each fund before and after, from the ledger's positions; nothing without an open paper."""
        if self.paper is None:
            return []
        free: dict[int, Numbers] = {fund.pk: numbers for fund, numbers in balances.of_funds()}
        shares = self.paper.shares.select_related("fund")
        return [FundLine(share.fund, share.amount, free[share.fund_id].remaining) for share in shares]

    columns = ("Fund", _("Free now"), "Asked", _("Left after"))

    @property
    def rows(self) -> list[tuple[str, Money, Money, Money]]:
        """The same as a table of figures."""
        return [(line.fund.name, line.before, line.asked, line.after) for line in self.funds]

    @cached_property
    def past_awards(self) -> list[tuple[Award, Numbers]]:
        """What the same organisation was given before; nothing without an open paper."""
        if self.paper is None:
            return []
        numbers = balances.of_awards()
        earlier = Award.objects.filter(organisation__iexact=self.application.organisation)
        earlier = earlier.exclude(resolution=self.resolution).order_by("-decided_on")
        return [(award, numbers.get(award.reference, Numbers())) for award in earlier]

    @property
    def is_recused(self) -> bool:
        """Whether she stands aside."""
        return self.interest is not None and self.interest.conflicted

    @property
    def takes_votes(self) -> bool:
        """Whether anybody may still vote."""
        return self.resolution.takes_votes and timezone.now() < self.resolution.deadline

    @property
    def is_being_counted(self) -> bool:
        """Whether the deadline has just passed."""
        return self.resolution.takes_votes and not self.takes_votes

    @property
    def must_declare(self) -> bool:
        """Whether she has said nothing yet, and still can."""
        return self.takes_votes and self.interest is None

    @property
    def may_declare(self) -> bool:
        """Whether she may declare, or declare a conflict that she has found since."""
        return self.takes_votes and not self.is_recused

    @property
    def may_vote(self) -> bool:
        """Whether she may vote, or change her vote."""
        return self.takes_votes and self.interest is not None and not self.is_recused

    @property
    def has_voted(self) -> bool:
        """Whether she has voted on the present version."""
        return self.trustee in self.attendance.voted

    @property
    def may_close(self) -> bool:
        """Whether she may end the voting: the chair, without a conflict."""
        return self.may_vote and self.trustee == self.resolution.board.chair

    @cached_property
    def may_cast(self) -> bool:
        """Whether the votes are equal and hers decides."""
        resolution, board = self.resolution, self.resolution.board
        if not resolution.is_waiting or not board.casting_vote or self.trustee != board.chair or self.is_recused:
            return False
        return self.interest is not None and counting.outcome(resolution, counting.tally(resolution)) == counting.TIED

    @property
    def waiting_for(self) -> str:
        """Why it is still open. The sentence names amounts, so it is for those who may read the paper."""
        if not self.resolution.is_waiting:
            return ""
        if self.paper is None:
            return gettext("The votes are counted; it waits for something else.")
        # What was missing when the votes were counted may be less by now.
        short = [line for line in self.funds if line.after < NOTHING]
        now = [
            gettext("%(fund)s has %(before)s left; this asks for %(asked)s.")
            % {"fund": line.fund, "before": line.before.exact, "asked": line.asked.exact}
            for line in short
        ]
        return " ".join(now) or self.resolution.waiting_for

    @property
    def minute(self) -> list[minutes.Section]:
        """The minute, after the close, for all who did not stand aside."""
        if self.is_recused or not self.resolution.minute:
            return []
        return minutes.sections(self.resolution.minute)

    @property
    def kind(self) -> str:
        """How its state is shown."""
        return KINDS.get(ResolutionState(self.resolution.state), "neutral")

    @property
    def award(self) -> Award | None:
        """What came of it."""
        return Award.objects.filter(resolution=self.resolution).first()


@dataclass(frozen=True)
class Item:
    """A line of the agenda."""

    resolution: Resolution
    attendance: Attendance
    to_do: str
    is_done: bool


class Agenda:
    """What is before the board, with what this trustee has still to do. Five queries."""

    def __init__(self, trustee: User, resolutions: Sequence[Resolution]) -> None:
        self.trustee = trustee
        self.resolutions = resolutions

    @cached_property
    def items(self) -> list[Item]:
        """One for each resolution."""
        attendances = counting.attendances(self.resolutions)
        outdated = set(
            Vote.objects.filter(
                resolution__in=self.resolutions, trustee=self.trustee, version__lt=F("resolution__version")
            ).values_list("resolution_id", flat=True)
        )
        return [self._item(each, attendances[each.pk], each.pk in outdated) for each in self.resolutions]

    def _item(self, resolution: Resolution, attendance: Attendance, outdated: bool) -> Item:
        me = self.trustee
        done = True
        if any(each.trustee_id == me.pk for each in attendance.recused):
            words = gettext("You stand aside")
        elif resolution.is_waiting:
            words = gettext("The votes are counted; it waits")
        elif timezone.now() >= resolution.deadline:
            words = gettext("Being counted")
        elif me in attendance.voted:
            words = gettext("You have voted")
        else:
            done = False
            words = (
                gettext("You have still to vote")
                if me in attendance.reading
                else gettext("Declare your interests first")
            )
            if outdated:
                words = gettext("The paper has changed since you voted: declare and vote again")
        return Item(resolution, attendance, words, done)
