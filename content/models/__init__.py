"""One page type, or one family of snippets, a file."""

from content.models.accreditation import Accreditation
from content.models.appeals import AppealIndexPage, AppealPage
from content.models.appointment import Appointment
from content.models.campaign import CampaignPage
from content.models.consent import ConsentRecord
from content.models.ending import EndingReminder
from content.models.endorsement import Endorsement
from content.models.home import HomePage
from content.models.image import CharityImage, CharityRendition
from content.models.impact import ImpactPage
from content.models.impact_item import ImpactItem, ImpactKind
from content.models.info import InfoPage, PolicyPage
from content.models.notice import Notice, NoticeKind
from content.models.people import Organisation, Person
from content.models.permission import Channel, EndorsementKind
from content.models.settings import CharitySettings
from content.models.stories import StoryIndexPage, StoryPage

__all__ = [
    "Accreditation",
    "AppealIndexPage",
    "AppealPage",
    "Appointment",
    "CampaignPage",
    "Channel",
    "CharityImage",
    "CharityRendition",
    "CharitySettings",
    "ConsentRecord",
    "EndingReminder",
    "Endorsement",
    "EndorsementKind",
    "HomePage",
    "ImpactItem",
    "ImpactKind",
    "ImpactPage",
    "InfoPage",
    "Notice",
    "NoticeKind",
    "Organisation",
    "Person",
    "PolicyPage",
    "StoryIndexPage",
    "StoryPage",
]
