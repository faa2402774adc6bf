"""Which blocks each kind of page may hold."""

from typing import Any

from wagtail import blocks
from wagtail.fields import StreamField

from content.blocks.media import PictureBlock, VideoBlock
from content.blocks.onward import ActionBlock, OnwardCardsBlock
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
    action = ActionBlock()
    cards = OnwardCardsBlock()


class AppealBody(blocks.StreamBlock):
    """The story of an appeal."""

    text = TextBlock()
    picture = PictureBlock()
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
    endorsements = EndorsementsBlock()
    people = PeopleBlock()
    milestones = MilestonesBlock()
    action = ActionBlock()
    cards = OnwardCardsBlock()


class HomeBody(blocks.StreamBlock):
    """The home page."""

    figures = FiguresBlock()
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
    picture = PictureBlock()
    questions = QuestionsBlock()
    action = ActionBlock()


class NewsBody(blocks.StreamBlock):
    """A piece of news."""

    text = TextBlock()
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
