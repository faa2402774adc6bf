"""Which blocks each kind of page may hold."""

from typing import Any

from wagtail import blocks
from wagtail.fields import StreamField

from content.blocks.health import (
    CareCardBlock,
    DetailsBlock,
    DoDontBlock,
    GlossaryBlock,
    ReferencesBlock,
    SectionBlock,
)
from content.blocks.media import PictureBlock, VideoBlock
from content.blocks.onward import ActionBlock, OnwardCardsBlock
from content.blocks.proof import AccreditationsBlock, ImpactFiguresBlock, ImpactItemsBlock
from content.blocks.quotes import PullQuoteBlock
from content.blocks.text import FeatureBlock, NoticeBlock, PublicationBlock, QuestionsBlock, TextBlock
from content.blocks.trust import EndorsementsBlock, FiguresBlock, MilestonesBlock, PeopleBlock


class Body(StreamField):
    """A StreamField whose blocks stay out of migrations: the column is JSON whatever they are.

    To a migration it is Wagtail's own StreamField, without blocks; one that reads a body works on raw values.
    """

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Wagtail's StreamField without its blocks."""
        name, _, _, kwargs = super().deconstruct()
        return name, "wagtail.fields.StreamField", [[]], {**kwargs, "block_lookup": {}}

    def clone(self) -> "Body":
        """The same field with its blocks, which `deconstruct` leaves out."""
        _, _, _, kwargs = self.deconstruct()
        return self.__class__(self.block_types_arg, **{**kwargs, "block_lookup": self.block_lookup})


class InfoBody(blocks.StreamBlock):
    """A page of information, or a policy."""

    text = TextBlock()
    notice = NoticeBlock()
    picture = PictureBlock()
    video = VideoBlock()
    questions = QuestionsBlock()
    people = PeopleBlock()
    quote = PullQuoteBlock()
    accreditations = AccreditationsBlock()
    action = ActionBlock()
    cards = OnwardCardsBlock()


class HealthBody(InfoBody):
    """Health information; every other page of information may use it too."""

    section = SectionBlock()
    care = CareCardBlock()
    do_dont = DoDontBlock()
    details = DetailsBlock()
    glossary = GlossaryBlock()
    references = ReferencesBlock()


class HubBody(blocks.StreamBlock):
    """Where to begin."""

    cards = OnwardCardsBlock()
    text = TextBlock()
    care = CareCardBlock()
    questions = QuestionsBlock()
    action = ActionBlock()


class AppealBody(blocks.StreamBlock):
    """The story of an appeal."""

    text = TextBlock()
    picture = PictureBlock()
    quote = PullQuoteBlock()
    impact = ImpactFiguresBlock()
    endorsements = EndorsementsBlock()
    questions = QuestionsBlock()
    action = ActionBlock()


class CampaignBody(blocks.StreamBlock):
    """A campaign: why, who stands behind it, what comes next, what to do."""

    text = TextBlock()
    notice = NoticeBlock()
    picture = PictureBlock()
    video = VideoBlock()
    questions = QuestionsBlock()
    feature = FeatureBlock()
    publication = PublicationBlock()
    quote = PullQuoteBlock()
    impact = ImpactFiguresBlock()
    funded = ImpactItemsBlock()
    accreditations = AccreditationsBlock()
    endorsements = EndorsementsBlock()
    people = PeopleBlock()
    milestones = MilestonesBlock()
    action = ActionBlock()
    cards = OnwardCardsBlock()


class HomeBody(blocks.StreamBlock):
    """The home page."""

    figures = FiguresBlock()
    impact = ImpactFiguresBlock()
    funded = ImpactItemsBlock()
    quote = PullQuoteBlock()
    accreditations = AccreditationsBlock()
    text = TextBlock()
    picture = PictureBlock()
    feature = FeatureBlock()
    endorsements = EndorsementsBlock()
    milestones = MilestonesBlock()
    action = ActionBlock()
    cards = OnwardCardsBlock()


class StoryBody(blocks.StreamBlock):
    """Words around figures that the ledger gives."""

    text = TextBlock()
    impact = ImpactFiguresBlock()
    quote = PullQuoteBlock()
    accreditations = AccreditationsBlock()
    picture = PictureBlock()
    questions = QuestionsBlock()
    action = ActionBlock()


class OwnStoryBody(blocks.StreamBlock):
    """Somebody's own story."""

    text = TextBlock()
    quote = PullQuoteBlock()
    picture = PictureBlock()
    notice = NoticeBlock()
    questions = QuestionsBlock()
    action = ActionBlock()
    cards = OnwardCardsBlock()


class NewsBody(blocks.StreamBlock):
    """A piece of news."""

    text = TextBlock()
    quote = PullQuoteBlock()
    picture = PictureBlock()
    video = VideoBlock()
    people = PeopleBlock()
    questions = QuestionsBlock()
    action = ActionBlock()
    cards = OnwardCardsBlock()


class PublicationBody(blocks.StreamBlock):
    """The whole text of a publication."""

    text = TextBlock()
    picture = PictureBlock()
    questions = QuestionsBlock()
    people = PeopleBlock()


class DirectoryBody(blocks.StreamBlock):
    """Words above a directory."""

    text = TextBlock()
    notice = NoticeBlock()


class PeopleBody(blocks.StreamBlock):
    """Lists of people, and words between them."""

    text = TextBlock()
    people = PeopleBlock()
    action = ActionBlock()
    cards = OnwardCardsBlock()
