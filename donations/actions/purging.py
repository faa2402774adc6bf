"""Removing what was only needed for a while."""

from datetime import timedelta

from django.utils import timezone

from donations.models import Correction, DonorKey, ImportRun, KeyAsking

KEPT = timedelta(days=30)
ASKINGS_KEPT = timedelta(days=1)  # longer than any limit looks back


def remove_old_imports() -> int:
    """Remove the files and the shown rows of imports older than 30 days; counts and sums stay. How many were removed.

    The file goes first and its row is saved after: a crash in between leaves a row that the next night finds again.
    """
    old = ImportRun.objects.filter(uploaded_at__lt=timezone.now() - KEPT, purged_at__isnull=True)
    for run in old:
        if run.file:
            run.file.delete(save=False)
        run.rows, run.purged_at = [], timezone.now()
        run.save(update_fields=["file", "rows", "purged_at"])
    return len(old)


def remove_old_keys() -> int:
    """Remove askings for keys of yesterday, keys older than 30 days, and addresses that nobody confirmed. How many."""
    now = timezone.now()
    askings, _ = KeyAsking.objects.filter(asked_at__lt=now - ASKINGS_KEPT).delete()
    keys, _ = DonorKey.objects.filter(made_at__lt=now - KEPT).delete()
    unproved, _ = Correction.objects.filter(done_at__isnull=True, asked_at__lt=now - KEPT).delete()
    return askings + keys + unproved
