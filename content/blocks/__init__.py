"""A StreamField block per component. Editors choose content; layout, colour and heading levels are ours."""

from content.blocks.bodies import (
    AppealBody,
    CampaignBody,
    DirectoryBody,
    HealthBody,
    HomeBody,
    HubBody,
    InfoBody,
    NewsBody,
    OwnStoryBody,
    PeopleBody,
    PublicationBody,
    StoryBody,
)

__all__ = [
    "AppealBody",
    "CampaignBody",
    "DirectoryBody",
    "HealthBody",
    "HomeBody",
    "HubBody",
    "InfoBody",
    "NewsBody",
    "OwnStoryBody",
    "PeopleBody",
    "PublicationBody",
    "StoryBody",
]
