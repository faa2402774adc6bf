"""One page type, or one family of snippets, a file."""

from content.models.accreditation import Accreditation
from content.models.appeals import AppealIndexPage, AppealPage
from content.models.appointment import Appointment
from content.models.campaign import CampaignPage
from content.models.centre import Centre, Nation
from content.models.centres import CentreIndexPage, CentrePage, NetworkLead, NetworkMember, NetworkPage
from content.models.change import Change
from content.models.consent import ConsentRecord
from content.models.endorsement import Endorsement
from content.models.forms import FormField, FormMessage, FormPage
from content.models.health import ConditionPage, InfoHubPage, InfoPage, TreatmentPage
from content.models.home import HomePage
from content.models.image import CharityImage, CharityRendition
from content.models.impact import ImpactPage
from content.models.impact_item import ImpactItem, ImpactKind
from content.models.info import PolicyPage
from content.models.news import NewsIndexPage, NewsPage, Topic
from content.models.notice import Notice, NoticeKind
from content.models.people import Organisation, Person
from content.models.people_page import PeoplePage
from content.models.permission import Channel, EndorsementKind
from content.models.programmes import ProgrammeIndexPage, ProgrammePage
from content.models.publications import PublicationIndexPage, PublicationPage
from content.models.reminder import Reminder
from content.models.review_link import ReviewLink, Verdict
from content.models.review_settings import ReviewSettings
from content.models.searching import SearchTerm, Word
from content.models.settings import CharitySettings
from content.models.stories import StoryIndexPage, StoryPage
from content.models.subjects import CancerSite, Specialty, Stage
from content.models.support import SupportIndexPage, SupportService
from content.models.templates import TemplatesPage
from content.models.tone import Tone
from content.models.visits import DailyVisits
from content.models.words import GlossaryTerm, MedicineTerm, Reference

__all__ = [
    "Accreditation",
    "AppealIndexPage",
    "AppealPage",
    "Appointment",
    "CampaignPage",
    "CancerSite",
    "Centre",
    "CentreIndexPage",
    "CentrePage",
    "Change",
    "Channel",
    "CharityImage",
    "CharityRendition",
    "CharitySettings",
    "ConditionPage",
    "ConsentRecord",
    "DailyVisits",
    "Endorsement",
    "EndorsementKind",
    "FormField",
    "FormMessage",
    "FormPage",
    "GlossaryTerm",
    "HomePage",
    "ImpactItem",
    "ImpactKind",
    "ImpactPage",
    "InfoHubPage",
    "InfoPage",
    "MedicineTerm",
    "Nation",
    "NetworkLead",
    "NetworkMember",
    "NetworkPage",
    "NewsIndexPage",
    "NewsPage",
    "Notice",
    "NoticeKind",
    "Organisation",
    "PeoplePage",
    "Person",
    "PolicyPage",
    "ProgrammeIndexPage",
    "ProgrammePage",
    "PublicationIndexPage",
    "PublicationPage",
    "Reference",
    "Reminder",
    "ReviewLink",
    "ReviewSettings",
    "SearchTerm",
    "Specialty",
    "Stage",
    "StoryIndexPage",
    "StoryPage",
    "SupportIndexPage",
    "SupportService",
    "TemplatesPage",
    "Tone",
    "Topic",
    "TreatmentPage",
    "Verdict",
    "Word",
]
