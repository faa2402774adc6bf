"""Who is offered “Publish”: for a new page its kind decides too, since it has no place in the tree yet."""

from typing import Any

from django.apps import apps
from django.http import HttpRequest
from django.utils.translation import gettext
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem, PublishMenuItem

from content import reviewing


def may_not(user: Any, kind: Any) -> bool:
    """Whether a clinician comes first, and this person is no publisher."""
    return bool(
        getattr(kind, "is_health", False) and not (user.is_superuser or user.has_perm(reviewing.PUBLISH_HEALTH))
    )


def keep_as_draft(request: HttpRequest, parent_page: Any, page_class: Any) -> None:
    """A new page about health that somebody tries to publish is saved as a draft, and nothing is lost."""
    if request.method == "POST" and "action-publish" in request.POST and may_not(request.user, page_class):
        sent = request.POST.copy()
        del sent["action-publish"]
        request.POST = sent  # type: ignore[assignment]  # what Wagtail reads
        messages.warning(
            request, gettext("Pages about health are read by a clinician first: this one was saved as a draft.")
        )


def offer(menu_items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """No button that would be refused."""
    if context.get("view") == "create" and may_not(request.user, kind_asked_for(request)):
        menu_items[:] = [item for item in menu_items if not isinstance(item, PublishMenuItem)]


def kind_asked_for(request: HttpRequest) -> Any:
    """The kind of page that the address of “Add page” names."""
    asked = request.resolver_match.kwargs if request.resolver_match else {}
    room, kind = asked.get("content_type_app_name"), asked.get("content_type_model_name")
    return apps.get_model(room, kind) if room and kind else None
