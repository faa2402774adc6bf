"""The scan of a declaration that came on paper: the evidence that HMRC may ask for."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from almoner.kit import private
from almoner.kit.references import readable
from donations.models.declaration import Declaration


def kept_as(scan: "DeclarationScan", filename: str) -> str:
    """A name of ours: what people call their files may hold anything."""
    return f"scans/{readable('S', 20)}"


class DeclarationScan(models.Model):
    """A page, or all pages, of one paper. It is added to, never replaced."""

    class Kind(models.TextChoices):
        """What the file is, as its own first bytes say."""

        PDF = "pdf", _("PDF")
        JPEG = "jpeg", _("JPEG")
        PNG = "png", _("PNG")

    declaration = models.ForeignKey(Declaration, on_delete=models.PROTECT, related_name="scans")
    file = models.FileField(storage=private.storage, upload_to=kept_as)
    kind = models.CharField(max_length=4, choices=Kind.choices)
    size = models.PositiveIntegerField(help_text=_("In bytes."))
    digest = models.CharField(_("SHA-256 of the file"), max_length=64)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        default_permissions = ()  # whoever may record declarations may see what was recorded
        constraints = [models.UniqueConstraint(fields=["declaration", "digest"], name="scan_is_added_once")]

    def __str__(self) -> str:
        return f"{self.declaration.reference}, {self.get_kind_display()}, {self.added_at:%-d %B %Y}"
