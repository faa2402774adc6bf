"""A StreamField block per component. Editors choose content; layout, colour and heading levels are ours."""

from content.blocks.bodies import AppealBody, CampaignBody, HomeBody, InfoBody, OwnStoryBody, StoryBody

__all__ = ["AppealBody", "CampaignBody", "HomeBody", "InfoBody", "OwnStoryBody", "StoryBody"]
