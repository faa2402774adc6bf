"""Pages that belong to no room: health, and the errors that people may meet."""

from datetime import timedelta

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from almoner.kit import jobs
from donations.ledger import proving

PROOF_IS_OLD_AFTER = timedelta(hours=36)  # a night may be missed; two may not


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """For machines that watch: database, worker, last proof. 200 if all is well, 503 if anything is not. No secrets."""
    try:
        worker = jobs.worker_is_alive()
        proof = proving.latest()
    except DatabaseError:
        return JsonResponse({"healthy": False, "database": False, "worker": None, "proof": None}, status=503)
    fresh = proof is not None and proof.holds and proof.proved_at > timezone.now() - PROOF_IS_OLD_AFTER
    told = proof and {
        "at": proof.proved_at.isoformat(timespec="seconds"),
        "entries": proof.entries,
        "lines": proof.lines,
        "differences": proof.differences,
        "broken_seals": proof.broken_seals,
        "holds": proof.holds,
    }
    healthy = worker and fresh
    answer = {"healthy": healthy, "database": True, "worker": worker, "proof": told}
    return JsonResponse(answer, status=200 if healthy else 503)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Said instead of Django's “CSRF verification failed”: the form can be sent again."""
    return render(request, "403_csrf.html", status=403)
