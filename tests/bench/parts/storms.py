"""A long storm: five thousand deeds of donors, banks, Stripe and dying workers, and then one comparison."""

import time
from collections.abc import Iterator
from random import Random

from django.conf import settings
from django.core import mail
from django.test.utils import override_settings

from donations import gateway
from donations.ledger.models import Entry, Fund
from donations.models import Dispute, Donation, Payment, Payout, Refund, RegularGift, StripeEvent
from stripe_standin import Standin
from tests.bench.figure import Figure, at_most
from tests.bench.place import Place
from tests.factories.appeals import an_appeal
from tests.factories.funds import general_fund
from tests.people import Cast
from tests.storms.blowing import blow
from tests.storms.storm import Storm

STEPS, SEED = 5_000, 2010
COUNTED = (Donation, Payment, RegularGift, Refund, Dispute, Payout, StripeEvent, Entry, Fund)


def measure(place: Place) -> Iterator[Figure]:
    """Blow, compare once, and count what does not agree: nothing may be left."""
    steps = place.sized(STEPS, least=20)
    place.make_database("storm")
    ours = {
        "EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend",
        "ALLOWED_HOSTS": ["testserver"],
        "STRIPE_WEBHOOK_SECRETS": ["whsec_storm"],
    }
    with place.using("storm"), Standin(secret="whsec_storm") as standin:
        with override_settings(**ours, STRIPE_API_BASE=standin.url):
            gateway.forget_clients()
            place.folder(settings.STATIC_ROOT)
            mail.outbox = []
            cast = Cast()
            general_fund()
            storm = Storm(standin, an_appeal(), [cast.finance_officer, cast.treasurer])
            place.say(f"{steps:,} deeds, seed {SEED}")
            began = time.monotonic()
            blow(storm, Random(SEED), steps)
            took = time.monotonic() - began
            found = storm.calm()
            faults = storm.faults()
            gateway.forget_clients()
        for fault in faults[:20]:
            place.say(fault)
        there = ", ".join(f"{each.objects.count():,} {each._meta.verbose_name_plural}" for each in COUNTED)
    own = f"{steps:,} deeds in {took:,.0f} s, seed {SEED}; {found.repaired:,} things found and put right; {there}"
    yield at_most(0, "after a storm: what does not agree", len(faults), "", own)
