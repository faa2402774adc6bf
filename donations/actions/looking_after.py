"""What is looked after by the clock: work that a dead worker left, the daily comparison, letters of the day."""

from contextlib import suppress

from django.contrib.auth.models import Permission
from django.utils import timezone

from almoner.accounts.models import User
from almoner.kit import jobs, mail
from donations import charity, letters, outbox
from donations.actions import following, matching, obeying, pledging, reconciling, renewing
from donations.exceptions import NotInOurWords, PaymentIsNotOurs, PaymentsError
from donations.models import Letter, Reconciliation, StripeEvent

AT_ONCE = 500


def take_up_what_was_left() -> int:
    """Give events and letters that a worker had claimed, and died with, to another. How many.

    New events, and letters, for which no job waits any more, because it failed itself, get one.
    """
    now = timezone.now()
    if obeying.new().exists():
        obeying.have_it_obeyed()
    if outbox.waiting().exists():
        outbox.have_them_sent()
    left_events = StripeEvent.objects.filter(handled_at__isnull=True, claimed_at__lt=now - obeying.LEASE)
    left_letters = Letter.objects.filter(sent_at__isnull=True, claimed_at__lt=now - outbox.LEASE)
    events = list(left_events.values_list("pk", flat=True)[:AT_ONCE])
    unsent = list(left_letters.values_list("pk", flat=True)[:AT_ONCE])
    for event in events:
        jobs.enqueue("donations.obey_event", event=event)
    for letter in unsent:
        jobs.enqueue("donations.send_letter", letter=letter)
    return len(events) + len(unsent)


def give_back_what_was_left() -> int:
    """Look at what is still held of a match although the payment page must have closed. How many were looked at.

    Where Stripe never opened one, nobody can pay any more; otherwise Stripe says how it stands.
    """
    left = matching.left_behind()
    for pledge in left:
        if not pledge.checkout_session:
            pledging.lapse(reference=pledge.reference)
            continue
        with suppress(PaymentsError, PaymentIsNotOurs, NotInOurWords):  # the next look may know more
            following.checkout(pledge.checkout_session)
    return len(left)


def compare_and_tell(*, by: User | None = None) -> Reconciliation:
    """Compare the books with Stripe, and write to Finance where anything was off. Raises PaymentsUnavailable."""
    found = reconciling.reconcile(by=by)
    if found.findings:
        tell(found)
    return found


def who_is_told() -> list[str]:
    """The addresses of those who may see a comparison."""
    may = Permission.objects.get(content_type__app_label="donations", codename="view_reconciliation")
    people = User.objects.filter(is_active=True, is_system=False).exclude(email="")
    return sorted(set(people.filter(groups__permissions=may).values_list("email", flat=True)))


def tell(found: Reconciliation) -> int:
    """Write to everybody who may see a comparison. How many were written to."""
    to = who_is_told()
    for address in to:
        mail.send(
            "donations/letters/reconciliation",
            to=address,
            number=f"reconciliation-{found.pk}",
            found=found,
            charity=charity.current(),
        )
    Reconciliation.objects.filter(pk=found.pk).update(mailed_at=timezone.now())
    return len(to)


def tell_of_expiring_cards() -> int:
    """Write to donors whose card ends within a month. How many."""
    return renewing.tell_of_expiring_cards(today=timezone.localdate())


def tell_of_tributes() -> int:
    """Write to those who are told today of a gift in memory or in honour. How many."""
    return letters.tell_of_tributes(today=timezone.localdate())
