"""One page type, or one family of snippets, a file."""

from content.models.appeals import AppealIndexPage, AppealPage
from content.models.campaign import CampaignPage
from content.models.endorsement import Channel, Endorsement, EndorsementKind
from content.models.forms import FormField, FormMessage, FormPage
from content.models.home import HomePage
from content.models.image import CharityImage, CharityRendition
from content.models.impact import ImpactPage
from content.models.info import InfoPage, PolicyPage
from content.models.news import NewsIndexPage, NewsPage, Topic
from content.models.people import Organisation, Person
from content.models.people_page import PeoplePage
from content.models.programmes import ProgrammeIndexPage, ProgrammePage
from content.models.publications import PublicationIndexPage, PublicationPage
from content.models.searching import SearchTerm, Word
from content.models.settings import CharitySettings
from content.models.support import SupportIndexPage, SupportService

__all__ = [
    "AppealIndexPage",
    "AppealPage",
    "CampaignPage",
    "Channel",
    "CharityImage",
    "CharityRendition",
    "CharitySettings",
    "Endorsement",
    "EndorsementKind",
    "FormField",
    "FormMessage",
    "FormPage",
    "HomePage",
    "ImpactPage",
    "InfoPage",
    "NewsIndexPage",
    "NewsPage",
    "Organisation",
    "PeoplePage",
    "Person",
    "PolicyPage",
    "ProgrammeIndexPage",
    "ProgrammePage",
    "PublicationIndexPage",
    "PublicationPage",
    "SearchTerm",
    "SupportIndexPage",
    "SupportService",
    "Topic",
    "Word",
]
