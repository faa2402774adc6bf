"""Having an event tried again, after what was in its way is gone."""

from django.db import transaction

from almoner.accounts.models import User
from almoner.kit import jobs
from donations.exceptions import AlreadyObeyed
from donations.models import StripeEvent


@transaction.atomic
def try_again(*, event: StripeEvent, by: User) -> None:
    """Put the event before the worker once more, with `by` written on it. Raises AlreadyObeyed.

    The worker obeys an event once, so that pressing twice does no harm.
    """
    found = StripeEvent.objects.select_for_update().get(pk=event.pk)
    if found.handled_at is not None:
        raise AlreadyObeyed(f"{found} was obeyed: {found.outcome}")
    found.outcome = f"Asked for again by {by}."[:200]
    found.save(update_fields=["outcome"])
    jobs.enqueue("donations.obey_event", event=found.pk)
