"""Messages through our forms: kept, and the office told that one waits. What it says stays where it is read."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from almoner.kit import jobs, mail
from content.models import CharitySettings, FormMessage
from donations import charity


@transaction.atomic
def keep(*, page: Any, answers: dict[str, Any]) -> Any:
    """A message; and, in the same moment, a job that tells the office of it."""
    message = page.get_submission_class().objects.create(form_data=answers, page=page)
    jobs.enqueue("content.tell_of_message", message=message.pk)
    return message


def tell(*, message_id: int) -> bool:
    """Write to the office that a message waits; False where it is gone, or where nobody wants to hear of it.

    Raises what the mail server says (SMTPException, OSError).
    """
    message = FormMessage.objects.filter(pk=message_id).select_related("page").first()
    to = address_for(message.page) if message is not None else ""
    if message is None or not to:
        return False
    mail.send(
        "content/letters/message_waits",
        to=to,
        number=f"message-{message.pk}",
        charity=charity.current(),
        title=message.page.title,
        when=f"{timezone.localtime(message.submit_time):%-d %B %Y at %H:%M}",
        address=settings.BASE_URL + reverse("wagtailforms:list_submissions", args=[message.page_id]),
    )
    return True


def address_for(page: Page) -> str:
    """Who hears of messages on the site of this page."""
    site = page.get_site()
    decided = CharitySettings.objects.filter(site=site).values_list("messages_to", flat=True).first()
    return decided or ""
