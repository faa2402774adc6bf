"""An import run: one file of past gifts, from upload through check to confirmation."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from almoner.kit import private
from almoner.kit.references import readable


class ImportState(models.TextChoices):
    """The life of an import run."""

    REFUSED = "refused", _("refused")  # Looked at, and something in the file cannot be taken: nothing is in the books.
    CHECKED = "checked", _("checked")  # Looked at, and every row can be taken: nothing is in the books yet.
    CONFIRMED = "confirmed", _("brought in")  # Every new row is a donation with its entry.


def kept_as(run: "ImportRun", filename: str) -> str:
    """A name of ours: what people call their files may hold anything."""
    return f"imports/{readable('I', 20)}"


class ImportRun(models.Model):
    """A file of past gifts, what the dry run said of it, and who brought it in. The file itself is kept 30 days."""

    file = models.FileField(storage=private.storage, upload_to=kept_as, blank=True)
    filename = models.CharField(max_length=200, help_text=_("What the person called the file."))
    digest = models.CharField(_("SHA-256 of the file"), max_length=64)
    state = models.CharField(max_length=10, choices=ImportState.choices)
    summary = models.JSONField(default=dict, help_text=_("Counts and pence by fund: kept for good, names nobody."))
    rows = models.JSONField(default=list, help_text=_("The rows shown on the screen: removed together with the file."))
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    purged_at = models.DateTimeField(null=True, blank=True, help_text=_("When the file and its rows were removed."))

    class Meta:
        ordering = ["-pk"]
        default_permissions = ()  # whoever may import donations may see what was imported
        constraints = [
            models.CheckConstraint(
                condition=Q(state="confirmed", confirmed_at__isnull=False, confirmed_by__isnull=False)
                | (~Q(state="confirmed") & Q(confirmed_at__isnull=True, confirmed_by__isnull=True)),
                name="import_is_confirmed_by_somebody",
            ),
            models.CheckConstraint(condition=Q(purged_at__isnull=True) | Q(file=""), name="purged_import_has_no_file"),
        ]

    def __str__(self) -> str:
        return f"{self.filename}, {self.uploaded_at:%-d %B %Y}"
