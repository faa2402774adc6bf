"""One storm: what happens at Stripe, what is heard of it here, and the calm after, in which every penny must agree."""

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import contextmanager, suppress
from typing import Any
from unittest import mock
from uuid import uuid4

from django.core import mail
from django.test import Client
from django.urls import reverse

from almoner.accounts.models import User, system_user
from donations import gateway, letters
from donations.actions import obeying, pledging, reconciling, refunding, renewing
from donations.exceptions import DonationsError
from donations.ledger import balances, proving
from donations.ledger.money import Money
from donations.ledger.posting import Via
from donations.models import Appeal, Donation, Letter, Reconciliation, RegularGift, StripeEvent
from donations.models.pledge import Every
from donations.models.regular_gift import Ender
from stripe_standin import Standin


class Killed(BaseException):
    """The worker's process is gone: nothing is caught, nothing is tidied up."""


# Where a worker may die: before the function is called, or with its work done and not yet said.
PLACES_TO_DIE = (
    "donations.gateway.fetch_payment",
    "donations.actions.collecting.note_payment",
    "donations.actions.charging.record_fee",
    "donations.actions.refunding.note_refund",
    "donations.actions.disputing.note_dispute",
    "donations.actions.paying_out.explain",
    "donations.letters.send_receipt",
    "donations.ledger.posting.receive",
)


class Storm:
    """Everything that may happen, one method a deed. `which` chooses among what there is; where nothing is, nothing."""

    def __init__(self, standin: Standin, appeal: Appeal, finance: Sequence[User]) -> None:
        self.standin, self.appeal, self.finance = standin, appeal, finance
        self.client = Client()
        self.heard: set[str] = set()  # events that were delivered
        self.lost: set[str] = set()  # events that never will be

    # ---- at Stripe

    def gives(self, pence: int, card: str, every: str) -> None:
        """A donor fills in the form and does something on Stripe's page."""
        pledge = pledging.make_pledge(
            appeal=self.appeal,
            amount=Money(pence),
            every=Every(every),
            name="Ada Periwinkle",
            email=f"donor{pence}@example.org",
            token=uuid4(),
        )
        pledging.open_checkout(pledge=pledge, site="http://testserver")
        pledge.refresh_from_db()
        with suppress(ValueError, LookupError):
            self.standin.pay(pledge.checkout_session, card=card)

    def pays_again(self, which: int) -> None:
        """A donor whose card was declined, or who dawdled, tries again."""
        open_pages = [session for session in self.standin.sessions if session["status"] == "open"]
        if session := _one_of(open_pages, which):
            self.standin.pay(session["id"], card="succeeds")

    def leaves(self, which: int) -> None:
        """A donor goes away, and the page closes."""
        open_pages = [session for session in self.standin.sessions if session["status"] == "open"]
        if session := _one_of(open_pages, which):
            self.standin.expire(session["id"])

    def debit_comes(self, which: int, settles: bool) -> None:
        """A Direct Debit is paid, or comes back."""
        waiting = [each for each in self._every("payment_intent") if each["status"] == "processing"]
        if intent := _one_of(waiting, which):
            (self.standin.settle_bacs if settles else self.standin.fail_bacs)(intent["id"])

    def month_passes(self, which: int, declined: bool) -> None:
        """A regular gift comes round."""
        living = [each for each in self.standin.subscriptions if each["status"] in {"active", "past_due"}]
        if regular := _one_of(living, which):
            if declined:
                self.standin.fail_next_renewals(regular["id"])
            self.standin.renew(regular["id"])

    def tries_again(self, which: int) -> None:
        """Stripe tries a failed renewal again."""
        failing = [each for each in self.standin.subscriptions if each["status"] == "past_due"]
        if regular := _one_of(failing, which):
            with suppress(LookupError):
                self.standin.retry(regular["id"])

    def ends(self, which: int) -> None:
        """Somebody ends a regular gift in Stripe's dashboard."""
        living = [each for each in self.standin.subscriptions if each["status"] == "active"]
        if regular := _one_of(living, which):
            self.standin.end_subscription(regular["id"])

    def refunds(self, which: int, pence: int | None, fails: bool) -> None:
        """Somebody refunds in Stripe's dashboard, in whole or part."""
        if charge := _one_of(self._refundable(), which):
            left = charge["amount"] - charge["amount_refunded"]
            part = left if pence is None else min(pence, left)
            self.standin.refund(charge["id"], part, fails=fails)

    def refund_comes_back(self, which: int) -> None:
        """The donor's bank sends a refund back, days later."""
        made = [each for each in self._every("refund") if each["status"] == "succeeded"]
        if refund := _one_of(made, which):
            self.standin.fail_refund(refund["id"])

    def office_refunds(self, which: int, pence: int) -> None:
        """The office asks for a refund; a second person approves where that is needed; the worker sends it."""
        gift = _one_of(list(Donation.objects.filter(payment__isnull=False).order_by("pk")), which)
        if gift is None:
            return
        left = refunding.refundable(gift)
        if not left:
            return
        refund = refunding.ask(donation=gift, amount=min(left, Money(pence)), because="They asked.", by=self.finance[0])
        if refund.needs_two:
            refund = refunding.approve(refund=refund, by=self.finance[1])
        with suppress(DonationsError):  # Stripe may know of a refund or a dispute of which we have not heard
            refunding.send(refund_id=refund.pk, by=system_user("stripe"))

    def disputes(self, which: int) -> None:
        """A bank takes a gift back."""
        disputed = {each["charge"] for each in self._every("dispute")}
        if charge := _one_of([each for each in self._refundable() if each["id"] not in disputed], which):
            with suppress(ValueError, LookupError):
                self.standin.open_dispute(charge["payment_intent"])

    def dispute_closes(self, which: int, won: bool) -> None:
        """And gives it back, or does not."""
        waiting = [each for each in self._every("dispute") if each["status"] == "needs_response"]
        if dispute := _one_of(waiting, which):
            (self.standin.win_dispute if won else self.standin.lose_dispute)(dispute["id"])

    def pays_out(self, days: int) -> None:
        """Days pass, and Stripe pays out what has become available."""
        self.standin.move_clock(days * 86_400)
        with suppress(Exception):  # nothing to pay out, or less than nothing
            self.standin.pay_out()

    def payout_moves(self, which: int, arrives: bool) -> None:
        """A payout arrives, or the bank sends it back."""
        moving = [each for each in self._every("payout") if each["status"] in {"pending", "in_transit", "paid"}]
        if payout := _one_of(moving, which):
            with suppress(ValueError):
                (self.standin.payout_arrives if arrives else self.standin.fail_payout)(payout["id"])

    def changes_amount(self, which: int, pence: int) -> None:
        """A donor changes a regular gift that we know of."""
        gift = _one_of(list(RegularGift.objects.living().order_by("pk")), which)
        if gift is None:
            return
        with suppress(DonationsError):  # it may have ended at Stripe without our having heard
            change = renewing.change_amount(gift=gift, amount=Money(pence), asked_by=Ender.DONOR)
            renewing.carry_out(change_id=change.pk)

    # ---- here

    def post_comes(self, which: int, times: int) -> None:
        """One event comes, out of turn and more than once."""
        if event := _one_of(self._unheard(), which):
            self.heard.add(event["id"])
            for _ in range(times):
                body, signature = self.standin.signed(event)
                answer = self.client.post(
                    reverse("donations:webhook"), body, content_type="application/json", HTTP_STRIPE_SIGNATURE=signature
                )
                assert answer.status_code == 200

    def post_is_lost(self, which: int) -> None:
        """One event never comes."""
        if event := _one_of(self._unheard(), which):
            self.lost.add(event["id"])

    def worker_works(self, which: int) -> None:
        """A worker obeys one event, in no order."""
        if event := _one_of(self._unobeyed(), which):
            obeying.obey(event_id=event.pk)

    def worker_is_killed(self, which: int, place: int, after: bool) -> None:
        """A worker begins to obey one event and dies in the middle of it; nobody hears its last words."""
        event = _one_of(self._unobeyed(), which)
        if event is not None:
            with killed_at(PLACES_TO_DIE[place % len(PLACES_TO_DIE)], after=after), suppress(Killed):
                obeying.obey(event_id=event.pk)

    def letters_leave(self, how_many: int) -> None:
        """A worker sends some letters."""
        for letter in Letter.objects.filter(sent_at__isnull=True).order_by("pk")[:how_many]:
            letters.deliver(letter.pk)

    # ---- the calm

    def calm(self) -> Reconciliation:
        """One comparison, and every letter that is written leaves. Then all must agree: see `faults`."""
        found = reconciling.reconcile()
        for letter in Letter.objects.filter(sent_at__isnull=True).order_by("pk"):
            letters.deliver(letter.pk)
        return found

    def faults(self) -> list[str]:
        """What does not agree: nothing, one hopes. Called in the calm."""
        said: list[str] = []
        clearing, held = sum(balances.held_on(Via.STRIPE).values()), gateway.fetch_balance().total_pence
        if clearing != held:
            said.append(f"The account Stripe clearing has {clearing}, Stripe {held}.")
        taken = {each["payment_intent"] for each in self._every("charge") if each["status"] == "succeeded"}
        given = set(Donation.objects.filter(payment__isnull=False).values_list("payment__payment_intent", flat=True))
        if taken != given:
            said.append(f"{len(taken - given)} payments have no gift, {len(given - taken)} gifts no payment.")
        due = Counter(f"receipt-{reference}" for reference in Donation.objects.values_list("reference", flat=True))
        sent = Counter(_number(message) for message in mail.outbox if _number(message).startswith("receipt-"))
        if due != sent:
            said.append(f"Receipts due and not sent: {dict(due - sent)}; sent and not due: {dict(sent - due)}.")
        if not (proof := proving.prove()).holds:
            said.append(f"The proof finds {proof.differences} differences.")
        again = reconciling.reconcile(strict=True)
        left = [finding["sentence"] for finding in again.findings if finding["what"] not in {"event"}]
        said.extend(f"Still off: {sentence}" for sentence in left)
        said.extend(map(str, self.standin.violations))
        return said

    # ---- what there is

    def _every(self, kind: str) -> list[dict[str, Any]]:
        return self.standin.account.store.every(kind)

    def _refundable(self) -> list[dict[str, Any]]:
        return [
            each
            for each in self._every("charge")
            if each["status"] == "succeeded" and not each["refunded"] and not each["disputed"]
        ]

    def _unheard(self) -> list[dict[str, Any]]:
        return [each for each in self.standin.events if each["id"] not in self.heard | self.lost]

    def _unobeyed(self) -> list[StripeEvent]:
        return list(StripeEvent.objects.filter(handled_at__isnull=True, claimed_at__isnull=True).order_by("pk"))


def _one_of(things: Sequence[Any], which: int) -> Any:
    """One of these, or None where there is none."""
    return things[which % len(things)] if things else None


def _number(message: Any) -> str:
    """A letter's own number, from its Message-ID."""
    return message.extra_headers["Message-ID"].strip("<>").partition("@")[0]


@contextmanager
def killed_at(place: str, *, after: bool):
    """Inside the block the process dies where `place` is called: before its work, or with it done."""
    target, _, name = place.rpartition(".")
    module = __import__(target, fromlist=[name])
    work: Callable[..., Any] = getattr(module, name)

    def die(*args: Any, **kwargs: Any) -> None:
        if after:
            work(*args, **kwargs)
        raise Killed(place)

    with mock.patch.object(module, name, die):
        yield
