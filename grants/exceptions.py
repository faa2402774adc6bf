"""Facts about refusals. The database raises a name; here the name becomes a class, with its sentence."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import Error, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

# Laws that PostgreSQL itself words, and so need their sentence here. Triggers bring their own.
SENTENCES = {
    "programme_address_once": _("Another programme has this address."),
    "programme_name_once": _("Another programme has this name."),
    "programme_fund_serves_its_purpose": _("This fund may not be used for that purpose."),
    "round_is_named_once_in_its_programme": _("This programme has a round of this name already."),
    "round_closes_after_it_opens": _("A round cannot close before it opens."),
    "round_is_decided_after_it_closes": _("Trustees decide after a round has closed, not before."),
    "board_name_once": _("Another board has this name."),
    "quorum_is_at_least_one": _("A quorum is at least one."),
    "numbering_once_a_year": _("This number is given out already."),
    "application_reference_once": _("Another application has this reference."),
    "application_asks_for_something": _("An application asks for more than nothing."),
    "application_state_is_known": _("There is no such state of an application."),
    "resolution_reference_once": _("Another resolution has this reference."),
    "application_is_carried_once": _("A resolution on this application is carried already."),
    "application_is_before_the_board_once": _("There is a resolution on this application already."),
    "resolution_state_is_known": _("There is no such state of a resolution."),
    "resolution_version_counts_from_one": _("Versions count from one."),
    "open_resolution_has_its_quorum": _("An open resolution has a quorum, and somebody who opened it."),
    "only_a_counted_resolution_waits": _("A resolution waits only once its votes are counted."),
    "closed_resolution_has_its_minute": _("A closed resolution has its minute."),
    "paper_version_once": _("This version is written already. Look at it before you write another."),
    "paper_says_something": _("Write the paper."),
    "paper_names_a_fund_once": _("Name each fund once."),
    "share_is_more_than_nothing": _("A share is more than nothing."),
    "conflict_is_described": _("Say what the conflict is."),
    "vote_choice_is_known": _("Choose one of the four."),
    "vote_gives_its_reason": _("Give your reason: only a vote to approve needs none."),
    "casting_vote_decides": _("A casting vote approves or rejects."),
    "casting_vote_once": _("The casting vote is given already."),
    "award_reference_once": _("Another award has this reference."),
    "award_is_more_than_nothing": _("An award is more than nothing."),
    "award_state_is_known": _("There is no such state of an award."),
    "award_comes_from_a_resolution": _("An award comes from a resolution, or says where it is recorded."),
    "offer_expires_after_it_is_made": _("An offer expires after it is made."),
    "award_names_a_fund_once": _("An award names each fund once."),
    "award_share_is_more_than_nothing": _("A share is more than nothing."),
    "instalment_number_once": _("Somebody else has just planned instalments of this award. Look at them first."),
    "instalment_is_more_than_nothing": _("An instalment is more than nothing."),
    "instalment_state_is_known": _("There is no such state of an instalment."),
    "instalment_state_names_its_people": _("A payment names who requested, authorised and confirmed it."),
    "instalment_names_a_fund_once": _("An instalment names each fund once."),
    "instalment_share_is_more_than_nothing": _("A share is more than nothing."),
    "requester_does_not_authorise": _("You requested this payment: two other people authorise it."),
    "requester_does_not_authorise_second": _("You requested this payment: two other people authorise it."),
    "two_people_authorise": _("You have authorised this payment already: somebody else must be the second."),
    "condition_is_met_with_evidence": _("Say what shows that the condition is met."),
    "condition_is_accepted_by_another": _("You wrote this condition: somebody else accepts the evidence."),
    "held_instalment_says_why": _("Say why it is held back."),
}


class GrantsError(Exception):
    """It was not done. `sentence` is for the person on the screen; `constraint` names the law, where one spoke."""

    def __init__(self, sentence: str, *, constraint: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.constraint = constraint


class NotAllowed(GrantsError):
    """The person's role does not include this."""


class NotNow(GrantsError):
    """The thing is not in a state in which this can be done."""


class NotComplete(GrantsError):
    """Something that is needed was left out. `field` says which, where it is one."""

    def __init__(self, sentence: str, *, field: str = "", constraint: str = "") -> None:
        super().__init__(sentence, constraint=constraint)
        self.field = field


class VotingIsOver(GrantsError):
    """The resolution is not open to votes and declarations."""


class PaperHasChanged(GrantsError):
    """Another version is before the board."""


class TrusteeIsInConflict(GrantsError):
    """She has declared a conflict, or has not declared that she has none."""


class NotQuorate(GrantsError):
    """Too few trustees without a conflict have voted."""


class HandsAreTheSame(GrantsError):
    """One person would do what takes two or three."""


class AwardIsExceeded(GrantsError):
    """Instalments would come to more than the award."""


class RecordStands(GrantsError):
    """What is on record is not edited."""


class LawBroken(GrantsError):
    """Any other law; `constraint` names it."""


FACTS: dict[str, type[GrantsError]] = {
    "resolution_is_open": VotingIsOver,
    "vote_is_on_this_version": PaperHasChanged,
    "declaration_is_on_this_version": PaperHasChanged,
    "paper_version_once": PaperHasChanged,
    "voter_is_unconflicted": TrusteeIsInConflict,
    "declared_conflict_stands": TrusteeIsInConflict,
    "resolution_is_quorate": NotQuorate,
    "requester_does_not_authorise": HandsAreTheSame,
    "requester_does_not_authorise_second": HandsAreTheSame,
    "two_people_authorise": HandsAreTheSame,
    "condition_is_accepted_by_another": HandsAreTheSame,
    "instalments_within_award": AwardIsExceeded,
    "instalment_shares_within_award": AwardIsExceeded,
    "record_is_append_only": RecordStands,
    "paper_stands": RecordStands,
    "application_stands": RecordStands,
    "award_stands": RecordStands,
    "instalment_stands": RecordStands,
    "open_resolution_stands": RecordStands,
    "resolution_ends_once": RecordStands,
}


def as_fact(error: Error) -> GrantsError | None:
    """The refusal that a database error stands for, or None if it is no law of ours."""
    diagnosis = getattr(error.__cause__, "diag", None)
    name = getattr(diagnosis, "constraint_name", None)
    if diagnosis is None or not name:
        return None
    # A trigger of ours brings its sentence; PostgreSQL's words about a constraint are not for people.
    sentence = diagnosis.message_primary if diagnosis.schema_name is None else SENTENCES.get(name)
    return FACTS.get(name, LawBroken)(gettext(sentence), constraint=name) if sentence else None


@contextmanager
def in_our_words() -> Iterator[None]:
    """Write inside a savepoint; a law that is broken there becomes a fact, and the transaction stays usable."""
    try:
        with transaction.atomic():
            yield
    except Error as error:
        fact = as_fact(error)
        if fact is None:
            raise
        raise fact from error
