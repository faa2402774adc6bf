"""A StreamField block per component. Editors choose content; layout, colour and heading levels are ours."""

from content.blocks.bodies import (
    AppealBody,
    CampaignBody,
    HealthBody,
    HomeBody,
    HubBody,
    InfoBody,
    OwnStoryBody,
    StoryBody,
)

__all__ = ["AppealBody", "CampaignBody", "HealthBody", "HomeBody", "HubBody", "InfoBody", "OwnStoryBody", "StoryBody"]
