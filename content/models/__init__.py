"""One page type, or one family of snippets, a file."""

from content.models.appeals import AppealIndexPage, AppealPage
from content.models.campaign import CampaignPage
from content.models.centre import Centre, Nation
from content.models.centres import Appointment, CentreIndexPage, CentrePage, NetworkMember, NetworkPage
from content.models.endorsement import Channel, Endorsement, EndorsementKind
from content.models.health import ConditionPage, InfoHubPage, InfoPage, TreatmentPage
from content.models.home import HomePage
from content.models.image import CharityImage, CharityRendition
from content.models.impact import ImpactPage
from content.models.info import PolicyPage
from content.models.people import Organisation, Person
from content.models.reminder import ReviewReminder
from content.models.settings import CharitySettings
from content.models.subjects import CancerSite, Specialty, Stage
from content.models.tone import Tone
from content.models.words import GlossaryTerm, MedicineTerm, Reference

__all__ = [
    "AppealIndexPage",
    "AppealPage",
    "Appointment",
    "CampaignPage",
    "CancerSite",
    "Centre",
    "CentreIndexPage",
    "CentrePage",
    "Channel",
    "CharityImage",
    "CharityRendition",
    "CharitySettings",
    "ConditionPage",
    "Endorsement",
    "EndorsementKind",
    "GlossaryTerm",
    "HomePage",
    "ImpactPage",
    "InfoHubPage",
    "InfoPage",
    "MedicineTerm",
    "Nation",
    "NetworkMember",
    "NetworkPage",
    "Organisation",
    "Person",
    "PolicyPage",
    "Reference",
    "ReviewReminder",
    "Specialty",
    "Stage",
    "Tone",
    "TreatmentPage",
]
