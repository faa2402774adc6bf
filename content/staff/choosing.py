"""Choosing somebody who is not on file yet: they are entered in the very window in which one is chosen."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet, SnippetCreateView


class WhoeverMayPublish:
    """What is entered here is public at once, so the tab is there only for those who may publish it."""

    def can_create(self) -> bool:
        """Adding alone is not enough."""
        policy, user = self.get_permission_policy(), self.request.user  # type: ignore[attr-defined]  # a view
        return all(policy.user_has_permission(user, right) for right in ("add", "publish"))


class Choose(WhoeverMayPublish, ChooseView):
    """The window."""


class ChooseResults(WhoeverMayPublish, ChooseResultsView):
    """What was looked for in it."""


class Enter(WhoeverMayPublish, SnippetCreateView):
    """Entered and chosen in one step."""

    def save_form(self, form: Any) -> Any:
        """As on its own page: published, with a first version and a line in its history."""
        thing, user = form.save(), self.request.user
        log(instance=thing, action="wagtail.create", user=user, content_changed=True)
        thing.save_revision(user=user).publish(user=user)
        return thing


class WithSomebodyNew(SnippetChooserViewSet):
    """A window with a second tab."""

    choose_view_class = Choose
    choose_results_view_class = ChooseResults
    create_view_class = Enter
    creation_tab_label = _("Enter a new one")
    create_action_label = _("Publish, and choose")


class PersonChooserViewSet(WithSomebodyNew):
    """Of a patient the whole page is asked for, with their consent."""

    form_fields = ["name", "post_nominals", "role", "affiliation"]


class OrganisationChooserViewSet(WithSomebodyNew):
    """Its name, and whether it sells medicines or devices."""

    form_fields = ["name", "is_industry"]
