"""Gifts by card that were recorded before payments were rows of their own: each gets its payment, each letter its cause."""

from typing import Any

from django.db import migrations


def give_each_its_own(apps: Any, editor: Any) -> None:
    """A payment for each donation that names one; “receipt:G-10442” for each receipt."""
    donation, payment, letter = (apps.get_model("donations", name) for name in ("Donation", "Payment", "Letter"))
    for gift in donation.objects.exclude(payment_intent=None).iterator():
        gift.payment = payment.objects.create(
            payment_intent=gift.payment_intent,
            pledge_id=gift.pledge_id,
            state="succeeded",
            pence=gift.pence,
            method="card",
            succeeded_at=gift.created_at,
        )
        gift.save(update_fields=["payment"])
    for each in letter.objects.select_related("donation").iterator():
        each.about = f"{each.kind}:{each.donation.reference}"
        each.save(update_fields=["about"])


def give_the_number_back(apps: Any, editor: Any) -> None:
    """The donation names its payment by Stripe's number again; payments that are no gift have no place there."""
    donation, payment = (apps.get_model("donations", name) for name in ("Donation", "Payment"))
    for gift in donation.objects.exclude(payment=None).select_related("payment").iterator():
        gift.payment_intent = gift.payment.payment_intent
        gift.payment = None
        gift.save(update_fields=["payment_intent", "payment"])
    payment.objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("donations", "0003_lives_of_payments")]
    operations = [migrations.RunPython(give_each_its_own, give_the_number_back)]
