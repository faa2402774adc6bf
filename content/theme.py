"""/theme.<mark>.css: the charity's look as a stylesheet of its own, so that no page needs a style inside it."""

from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from content import routing
from content.look import Look
from content.models.settings import CharitySettings

DRAFT = "draft"
FOR_EVER = "public, max-age=31536000, immutable"


def address_of(charity: CharitySettings, *, is_draft: bool = False) -> str:
    """Where the stylesheet stands; nothing where the look is everybody's. A draft carries its look with it."""
    look = charity.look
    if is_draft:
        return f"{reverse('theme', args=[DRAFT])}?{urlencode({'look': look.signed()})}"
    return "" if look.is_everybodys else reverse("theme", args=[look.mark])


@require_safe
def stylesheet(request: HttpRequest, mark: str) -> HttpResponse:
    """The look of this site. An address of an earlier look is answered with the present one, which is then not kept."""
    if mark == DRAFT:
        return _as_css(_draft(request), "private, no-store")
    site = routing.site_of(request)
    charity = getattr(site, "charitysettings", None) if site else None
    look = charity.look if charity is not None else Look()
    return _as_css(look, FOR_EVER if look.mark == mark else "no-cache")


def _draft(request: HttpRequest) -> Look:
    try:
        return Look.signed_as(request.GET.get("look", ""))
    except BadSignature:
        raise Http404 from None


def _as_css(look: Look, kept: str) -> HttpResponse:
    return HttpResponse(look.stylesheet, content_type="text/css; charset=utf-8", headers={"Cache-Control": kept})
