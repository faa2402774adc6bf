"""That something changed of which pages are made: content.edition."""

from datetime import timedelta

from django.db import models, transaction
from django.db.models.functions import Now
from django.utils import timezone

KEPT = timedelta(hours=1)
FORGOTTEN = 0  # no transaction has this number


class Change(models.Model):
    """The last change of one transaction, noted by the database itself; together they say which edition it is.

    A row for each transaction, so that nobody who publishes waits for anybody else.
    """

    transaction = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.transaction} at {self.at}"


def forget_old_changes() -> None:
    """Those of more than an hour ago become one, of this moment, so that no edition is ever taken for another."""
    with transaction.atomic():
        old = Change.objects.filter(at__lt=timezone.now() - KEPT).exclude(transaction=FORGOTTEN)
        if old.delete()[0]:
            Change.objects.update_or_create(transaction=FORGOTTEN, defaults={"at": timezone.now()})
