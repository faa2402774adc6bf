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
from donations import gateway, outbox
from donations.actions import obeying, pledging, reconciling, refunding, renewing
from donations.exceptions import DonationsError
from donations.ledger import balances, proving
from donations.ledger.money import Money
from donations.ledger.posting import Via
from donations.models import Appeal, Donation, Letter, Reconciliation, RegularGift, StripeEvent
from donations.models.pledge import Every
from donations.models.regular_gift import Ender
from stripe_standin import Standin
from stripe_standin.payouts import NothingToPayOut


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
        self._there: dict[str, Sequence[Any]] = {}
        self.done: Counter[str] = Counter()  # how often each deed found something to be done to

    # ---- at Stripe

    def gives(self, pence: int, card: str, every: str) -> None:
        """A donor fills in the form and does something on Stripe's page."""
        self._there.clear()
        self.done["gives"] += 1
        pledge = pledging.make_pledge(
            appeal=self.appeal,
            amount=Money(pence),
            every=Every(every),
            name="Ada Periwinkle",
            email=f"donor{pence}@example.org",
            token=uuid4(),
        )
        pledging.open_checkout(pledge=pledge, site="http://testserver", back="/donate/nurse/")
        pledge.refresh_from_db()
        with suppress(ValueError, LookupError):
            self.standin.pay(pledge.checkout_session, card=card)

    def pays_again(self, which: int) -> None:
        """A donor whose card was declined, or who dawdled, tries again."""
        if session := self._one("pays_again", which):
            self.standin.pay(session["id"], card="succeeds")

    def leaves(self, which: int) -> None:
        """A donor goes away, and the page closes."""
        if session := self._one("leaves", which):
            self.standin.expire(session["id"])

    def debit_comes(self, which: int, settles: bool) -> None:
        """A Direct Debit is paid, or comes back."""
        if intent := self._one("debit_comes", which):
            (self.standin.settle_bacs if settles else self.standin.fail_bacs)(intent["id"])

    def month_passes(self, which: int, declined: bool) -> None:
        """A regular gift comes round."""
        if regular := self._one("month_passes", which):
            if declined:
                self.standin.fail_next_renewals(regular["id"])
            self.standin.renew(regular["id"])

    def tries_again(self, which: int) -> None:
        """Stripe tries a failed renewal again."""
        if regular := self._one("tries_again", which):
            with suppress(LookupError):
                self.standin.retry(regular["id"])

    def ends(self, which: int) -> None:
        """Somebody ends a regular gift in Stripe's dashboard."""
        if regular := self._one("ends", which):
            self.standin.end_subscription(regular["id"])

    def refunds(self, which: int, pence: int | None, fails: bool) -> None:
        """Somebody refunds in Stripe's dashboard, in whole or part."""
        if charge := self._one("refunds", which):
            left = charge["amount"] - charge["amount_refunded"]
            part = left if pence is None else min(pence, left)
            self.standin.refund(charge["id"], part, fails=fails)

    def refund_comes_back(self, which: int) -> None:
        """The donor's bank sends a refund back, days later."""
        if refund := self._one("refund_comes_back", which):
            self.standin.fail_refund(refund["id"])

    def office_refunds(self, which: int, pence: int) -> None:
        """The office asks for a refund; a second person approves where that is needed; the worker sends it."""
        gift = self._one("office_refunds", which)
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
        if charge := self._one("disputes", which):
            with suppress(ValueError, LookupError):
                self.standin.open_dispute(charge["payment_intent"])

    def dispute_closes(self, which: int, won: bool) -> None:
        """And gives it back, or does not."""
        if dispute := self._one("dispute_closes", which):
            (self.standin.win_dispute if won else self.standin.lose_dispute)(dispute["id"])

    def pays_out(self, days: int) -> None:
        """Days pass, and Stripe pays out what has become available."""
        self._there.clear()
        self.standin.move_clock(days * 86_400)
        with suppress(NothingToPayOut):  # or less than nothing
            self.standin.pay_out()
            self.done["pays_out"] += 1

    def payout_moves(self, which: int, arrives: bool) -> None:
        """A payout arrives, or the bank sends it back."""
        if payout := self._one("payout_moves", which):
            with suppress(ValueError):
                (self.standin.payout_arrives if arrives else self.standin.fail_payout)(payout["id"])

    def changes_amount(self, which: int, pence: int) -> None:
        """A donor changes a regular gift that we know of."""
        gift = self._one("changes_amount", which)
        if gift is None:
            return
        with suppress(DonationsError):  # it may have ended at Stripe without our having heard
            change = renewing.change_amount(gift=gift, amount=Money(pence), asked_by=Ender.DONOR)
            renewing.carry_out(change_id=change.pk)

    # ---- here

    def post_comes(self, which: int, times: int) -> None:
        """One event comes, out of turn and more than once."""
        if event := self._one("post_comes", which):
            self.heard.add(event)
            for _ in range(times):
                body, signature = self.standin.signed(self.standin.account.need(event, "event"))
                answer = self.client.post(
                    reverse("donations:webhook"), body, content_type="application/json", HTTP_STRIPE_SIGNATURE=signature
                )
                assert answer.status_code == 200

    def post_is_lost(self, which: int) -> None:
        """One event never comes."""
        if event := self._one("post_is_lost", which):
            self.lost.add(event)

    def worker_works(self, which: int) -> None:
        """A worker obeys one event, in no order."""
        if event := self._one("worker_works", which):
            obeying.obey(event_id=event.pk)

    def worker_is_killed(self, which: int, place: int, after: bool) -> None:
        """A worker begins to obey one event, or all, and dies in the middle of it; nobody hears its last words."""
        event = self._one("worker_is_killed", which)
        if event is not None:
            with killed_at(PLACES_TO_DIE[place % len(PLACES_TO_DIE)], after=after), suppress(Killed):
                obeying.obey_what_waits() if which % 2 else obeying.obey(event_id=event.pk)

    def letters_leave(self, how_many: int) -> None:
        """A worker sends some letters."""
        for _ in range(how_many):
            if letter := self._one("letters_leave", 0):
                outbox.deliver(letter.pk)

    def all_is_heard(self) -> None:
        """A quiet hour: every event that is on its way comes, and is obeyed."""
        for _ in self.unheard():
            self.post_comes(0, 1)
        obeying.obey_what_waits()
        for event in _unobeyed():  # what failed, and what is about a thing that a killed worker holds
            obeying.obey(event_id=event.pk)
        self._there.clear()
        self.done["all_is_heard"] += 1

    # ---- the calm

    def calm(self) -> Reconciliation:
        """One comparison, and every letter that is written leaves. Then all must agree: see `faults`."""
        found = reconciling.reconcile()
        for letter in Letter.objects.filter(sent_at__isnull=True).order_by("pk"):
            outbox.deliver(letter.pk)
        return found

    def faults(self) -> list[str]:
        """What does not agree: nothing, one hopes. Called in the calm."""
        said: list[str] = []
        clearing, held = sum(balances.held_on(Via.STRIPE).values()), gateway.fetch_balance().total_pence
        if clearing != held:
            said.append(f"The account Stripe clearing has {clearing}, Stripe {held}.")
        taken = {each["payment_intent"] for each in self.every("charge") if each["status"] == "succeeded"}
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

    def there(self, deed: str) -> Sequence[Any]:
        """The things to which a deed may be done now."""
        if deed not in self._there:
            self._there[deed] = THERE[deed](self)
        return self._there[deed]

    def _one(self, deed: str, which: int) -> Any:
        """One of them, or None where there is none; then the world is another."""
        things = self.there(deed)
        self._there.clear()
        self.done[deed] += bool(things)
        return things[which % len(things)] if things else None

    def every(self, kind: str, *statuses: str) -> list[dict[str, Any]]:
        """The objects of a kind at Stripe, of these statuses if any are named."""
        return [each for each in self.standin.account.store.every(kind) if not statuses or each["status"] in statuses]

    def refundable(self) -> list[dict[str, Any]]:
        """Charges that are neither refunded in whole nor disputed."""
        return [each for each in self.every("charge", "succeeded") if not each["refunded"] and not each["disputed"]]

    def unheard(self) -> list[str]:
        """The ids of events that have not come, and are not lost."""
        known = self.heard | self.lost
        return [each for each in self.standin.account.store.ids("event") if each not in known]


THERE: dict[str, Callable[[Storm], Sequence[Any]]] = {
    "pays_again": lambda storm: storm.every("checkout.session", "open"),
    "leaves": lambda storm: storm.every("checkout.session", "open"),
    "debit_comes": lambda storm: storm.every("payment_intent", "processing"),
    "month_passes": lambda storm: storm.every("subscription", "active", "past_due"),
    "tries_again": lambda storm: storm.every("subscription", "past_due"),
    "ends": lambda storm: storm.every("subscription", "active"),
    "refunds": Storm.refundable,
    "refund_comes_back": lambda storm: storm.every("refund", "succeeded"),
    "office_refunds": lambda _: list(Donation.objects.filter(payment__isnull=False).order_by("pk")),
    "disputes": Storm.refundable,
    "dispute_closes": lambda storm: storm.every("dispute", "needs_response"),
    "payout_moves": lambda storm: storm.every("payout", "pending", "in_transit", "paid"),
    "changes_amount": lambda _: list(RegularGift.objects.living().order_by("pk")),
    "post_comes": Storm.unheard,
    "post_is_lost": Storm.unheard,
    "worker_works": lambda _: _unobeyed(),
    "worker_is_killed": lambda _: _unobeyed(),
    "letters_leave": lambda _: list(Letter.objects.filter(sent_at__isnull=True).order_by("pk")),
}


def _unobeyed() -> list[StripeEvent]:
    return list(StripeEvent.objects.filter(handled_at__isnull=True, claimed_at__isnull=True).order_by("pk"))


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
