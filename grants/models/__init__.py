"""The nouns of grants, one a file."""

from grants.models.application import Application, ApplicationState
from grants.models.award import Award, AwardShare, AwardState
from grants.models.board import Board
from grants.models.event import Event
from grants.models.instalment import Instalment, InstalmentShare, InstalmentState
from grants.models.interest import Interest
from grants.models.numbering import Numbering
from grants.models.paper import Paper, ResolutionShare
from grants.models.programme import Programme
from grants.models.resolution import Resolution, ResolutionState
from grants.models.round import Round
from grants.models.vote import Choice, Vote

__all__ = [
    "Application",
    "ApplicationState",
    "Award",
    "AwardShare",
    "AwardState",
    "Board",
    "Choice",
    "Event",
    "Instalment",
    "InstalmentShare",
    "InstalmentState",
    "Interest",
    "Numbering",
    "Paper",
    "Programme",
    "Resolution",
    "ResolutionShare",
    "ResolutionState",
    "Round",
    "Vote",
]
