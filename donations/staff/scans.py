"""The scan of a declaration that came on paper: added by the office, read by those who may, and each reading logged."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import add_never_cache_headers
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from almoner.kit.staff.acting import Act, Facts
from almoner.kit.staff.screens import Screen
from donations.actions import scanning
from donations.exceptions import NotAScan
from donations.models import Declaration, DeclarationScan
from donations.models.declaration import Channel

TYPES = {
    DeclarationScan.Kind.PDF: "application/pdf",
    DeclarationScan.Kind.JPEG: "image/jpeg",
    DeclarationScan.Kind.PNG: "image/png",
}


class ScanForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label=_("The scan"),
        allow_empty_file=True,  # so that our own sentence is said
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        help_text=format_lazy(
            _("PDF, JPEG or PNG, up to {most} MB: the whole paper, so that it can be read."),
            most=scanning.MOST // 1_000_000,
        ),
        error_messages=dict.fromkeys(("required", "invalid", "missing", "max_length"), scanning.PICK),
    )

    def clean_file(self) -> bytes:
        """What is in it, read only as far as it may be large."""
        content: bytes = self.cleaned_data["file"].read(scanning.MOST + 1)
        try:
            scanning.kind_of(content)
        except NotAScan as why:
            raise forms.ValidationError(str(why)) from why
        return content


class AddScan(Act):
    """Add the scan of a paper declaration."""

    model = Declaration
    permission = "donations.record_declaration"
    address = "add_scan"
    views = "declarations"
    title = _("Add a scan of the paper")
    button = _("Keep the scan")
    explains = _(
        "HMRC may ask for the paper until six years after the last gift claimed under it; a scan will do. It is kept "
        "where only those who record declarations can read it, and each reading is logged."
    )
    form_class = ScanForm
    refusals = (NotAScan,)

    @classmethod
    def is_offered(cls, thing: Declaration, user: Any) -> bool:
        """Of one on paper."""
        return thing.channel == Channel.PAPER

    def make_form(self, data: Any) -> ScanForm:
        """With its file."""
        return ScanForm() if data is None else ScanForm(data, self.request.FILES)

    def facts(self) -> Facts:
        """Whose paper it is."""
        return [
            (gettext("Declared by"), self.thing.name),
            (gettext("Declared on"), f"{self.thing.declared_on:%-d %B %Y}"),
        ]

    def act(self, form: ScanForm, by: Any) -> str:
        """Keep it."""
        scan = scanning.keep(declaration=self.thing, content=form.cleaned_data["file"], by=by)
        log(instance=self.thing, action="donations.add_scan", user=by, data={"scan": scan.pk, "digest": scan.digest})
        return gettext("The scan is kept with %(reference)s.") % {"reference": self.thing.reference}


class ReadScan(Screen):
    """One scan, to be looked at."""

    permission = "donations.record_declaration"
    page_title = _("The scan of a declaration")
    under = (_("Declarations"), "declarations:index")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The file, to be saved: a browser never opens it as a page of ours. Who read it is logged first."""
        scans = DeclarationScan.objects.select_related("declaration").filter(declaration=self.kwargs["pk"])
        scan = get_object_or_404(scans, pk=self.kwargs["scan"])
        log(instance=scan.declaration, action="donations.read_scan", user=request.user, data={"scan": scan.pk})
        with scan.file.open("rb") as kept:
            answer = HttpResponse(kept.read(), content_type=TYPES[DeclarationScan.Kind(scan.kind)])
        name = f"declaration-{scan.declaration.reference}-{scan.pk}.{scan.kind}"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        answer["X-Content-Type-Options"] = "nosniff"
        add_never_cache_headers(answer)
        return answer
