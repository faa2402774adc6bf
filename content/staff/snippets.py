"""Snippets that belong to reading: services of the directory, topics of news."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet

from content.models import SupportService, Topic


class SupportServiceViewSet(SnippetViewSet):
    """Services in the directory of support."""

    model = SupportService
    icon = "help"
    menu_label = _("Support services")
    list_display = ["name", "way", "region", "checked_on", "live"]
    list_filter = ["way", "region"]


class TopicViewSet(SnippetViewSet):
    """Topics of news."""

    model = Topic
    icon = "tag"
    menu_label = _("Topics of news")
    list_display = ["name", "slug"]
