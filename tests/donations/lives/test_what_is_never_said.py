"""No card number, key, secret or donor's word stands in a log, an error, a page or a letter."""

import logging

import pytest
from django.conf import settings as configured
from django.core import mail

from donations.actions import obeying
from donations.exceptions import PaymentsUnavailable
from donations.models import StripeEvent
from stripe_standin import methods

pytestmark = pytest.mark.django_db


def test_a_life_with_every_trouble_leaves_no_secret_in_logs_letters_or_errors(life, caplog, client):
    caplog.set_level(logging.DEBUG)
    gift = life.begins("10")
    life.standin.fail_next_renewals(gift.subscription)
    life.standin.renew(gift.subscription)
    life.hears()
    pledge = life.gives("25", card="declined", name="Zebedee Canary")
    page = client.get(f"/donate/thanks/{pledge.reference}/", {"session": pledge.checkout_session}).content.decode()
    life.standin.pay(pledge.checkout_session)
    life.brings(life.news())
    event = StripeEvent.objects.filter(handled_at=None).first()
    with life.standin.away(), pytest.raises(PaymentsUnavailable):
        obeying.obey(event_id=event.pk)
    body, _ = life.standin.signed(life.standin.events[-1])
    life.status_of(body, "t=1,v1=00")
    life.works()
    event.refresh_from_db()
    said = caplog.text + page + "".join(letter.body for letter in mail.outbox)
    said += "".join(StripeEvent.objects.values_list("outcome", flat=True))
    for secret in [configured.STRIPE_KEY, *configured.STRIPE_WEBHOOK_SECRETS]:
        assert secret not in said
    for means in [*methods.CARDS.values(), *methods.BANKS.values()]:
        assert means["fingerprint"] not in said
    assert "4242" not in said
    own = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("donations"))
    assert "Zebedee" not in own
    assert "@example.org" not in own
