"""Whether our account at Stripe is set up as this software needs it, and what can be put right from here."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from donations import gateway
from donations.exceptions import BadSignature

CLOCK_MAY_BE_OFF = 30.0  # seconds; from 300 on every message would be refused


@dataclass(frozen=True)
class Check:
    """One thing that was looked at: whether it is well, and a sentence."""

    well: bool
    sentence: str


def check() -> Iterator[Check]:
    """Look at key, rights, clock, secrets and endpoint. Raises PaymentsUnavailable, GatewayMisused."""
    yield _key()
    yield from _rights()
    yield _clock()
    yield from _secrets()
    yield from _endpoint()


def fix() -> tuple[list[str], str]:
    """Create or repair the endpoint: what was done, and the new endpoint's secret, which Stripe shows this once.

    Raises PaymentsUnavailable, GatewayMisused.
    """
    ours = _ours()
    right = [each for each in ours if each.api_version == gateway.API_VERSION]
    if not right:
        _, secret = gateway.create_endpoint(address())
        done = [f"An endpoint was created for {address()}."]
        done += [f"Remove {old.endpoint} in Stripe’s dashboard once the new secret is in use." for old in ours]
        return done, secret
    if _lacks(right[0]) or not right[0].enabled:
        gateway.repair_endpoint(right[0].endpoint)
        return [f"{right[0].endpoint} now listens, to every kind of event that is needed."], ""
    return [], ""


def address() -> str:
    """Where Stripe is to send its events."""
    return f"{settings.BASE_URL.rstrip('/')}{reverse('donations:webhook')}"


def _ours() -> list[gateway.Endpoint]:
    return [each for each in gateway.endpoints() if each.url == address()]


def _lacks(endpoint: gateway.Endpoint) -> list[str]:
    return [] if "*" in endpoint.kinds else [kind for kind in gateway.SUBSCRIBED if kind not in endpoint.kinds]


def _key() -> Check:
    mode = "real money" if gateway.is_live() else "test mode"
    if gateway.key_kind() == "restricted":
        return Check(True, f"The key is a restricted one, {mode}.")
    return Check(
        True, f"The key is a secret one, {mode}. Stripe recommends a restricted one (rk_…), with the rights below."
    )


def _rights() -> Iterator[Check]:
    for right in gateway.rights():
        held = "held" if right.held else "missing: give it to the key in Stripe’s dashboard"
        yield Check(right.held, f"Right to {right.access} {right.name}: {held}.")


def _clock() -> Check:
    off = gateway.clock_skew()
    word = "ahead of" if off > 0 else "behind"
    return Check(abs(off) <= CLOCK_MAY_BE_OFF, f"Our clock is {abs(off):.0f} seconds {word} Stripe’s.")


def _secrets() -> Iterator[Check]:
    if not settings.STRIPE_WEBHOOK_SECRETS:
        yield Check(False, "STRIPE_WEBHOOK_SECRETS is empty, so every message is refused.")
    for number, secret in enumerate(settings.STRIPE_WEBHOOK_SECRETS, 1):
        try:
            gateway.read_event(*gateway.a_harmless_event(secret))
        except BadSignature:
            yield Check(False, f"Webhook secret {number}: a message signed with it was refused.")
        else:
            yield Check(True, f"Webhook secret {number}: a message signed with it is taken.")


def _endpoint() -> Iterator[Check]:
    ours = _ours()
    if not ours:
        yield Check(False, f"Stripe has no endpoint for {address()}.")
    for endpoint in ours:
        yield Check(endpoint.enabled, f"{endpoint.endpoint} {'listens' if endpoint.enabled else 'is disabled'}.")
        version = endpoint.api_version or "the account’s own"
        yield Check(
            endpoint.api_version == gateway.API_VERSION,
            f"{endpoint.endpoint} sends version {version}; this software reads {gateway.API_VERSION}.",
        )
        lacks = _lacks(endpoint)
        said = f"lacks {', '.join(lacks)}" if lacks else "hears every kind of event that is needed"
        yield Check(not lacks, f"{endpoint.endpoint} {said}.")
