"""One page type, or one family of snippets, a file."""

from content.models.appeals import AppealIndexPage, AppealPage
from content.models.campaign import CampaignPage
from content.models.endorsement import Channel, Endorsement, EndorsementKind
from content.models.home import HomePage
from content.models.image import CharityImage, CharityRendition
from content.models.impact import ImpactPage
from content.models.info import InfoPage, PolicyPage
from content.models.people import Organisation, Person
from content.models.review_link import ReviewLink, Verdict
from content.models.settings import CharitySettings
from content.models.templates import TemplatesPage
from content.models.visits import DailyVisits

__all__ = [
    "AppealIndexPage",
    "AppealPage",
    "CampaignPage",
    "Channel",
    "CharityImage",
    "CharityRendition",
    "CharitySettings",
    "DailyVisits",
    "Endorsement",
    "EndorsementKind",
    "HomePage",
    "ImpactPage",
    "InfoPage",
    "Organisation",
    "Person",
    "PolicyPage",
    "ReviewLink",
    "TemplatesPage",
    "Verdict",
]
