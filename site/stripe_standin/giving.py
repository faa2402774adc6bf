"""What donors and their banks do at the stand-in, and what time brings: for tests, which cannot wait for either."""

from dataclasses import replace

from stripe_standin import debits, payments, renewals, subscriptions
from stripe_standin.account import Account
from stripe_standin.deliveries import Post
from stripe_standin.store import Row


class Giving:
    """The part of a stand-in that gives.

    On a page: pay, set_up, expire. The banks, days later: settle_bacs, fail_bacs, end_mandate; asked at once:
    answer_bank. Time: renew and retry for one subscription, move_clock for everything. What is to go wrong:
    fail_next_renewals, ask_at_next_renewals, until another card is named.
    """

    account: Account
    post: Post

    # ---- on a page

    def pay(self, session_id: str, card: str = "succeeds", name: str = "Ann Donor") -> Row:
        """Press the button on the payment page. Returns the session as it is then.

        card: "succeeds", "declined", "3ds_pass", "3ds_fail", "3ds" (the bank waits for answer_bank), "bacs" (pending),
        "wallet" (Apple Pay), "google_pay", "expiring" (succeeds, and is good until the end of this month).
        """
        session = payments.pay(self.account, session_id, card, name)
        self.post.look()
        return session

    def set_up(self, session_id: str, card: str = "succeeds", name: str = "Ann Donor") -> Row:
        """Name another card or account on a page of mode setup: the same choices. Returns the session."""
        if self.session(session_id)["mode"] != "setup":
            raise ValueError("This page takes a payment.")
        return self.pay(session_id, card, name)

    def answer_bank(self, identity: str, *, passes: bool = True) -> None:
        """The donor confirms to her bank, or fails to: a PaymentIntent or SetupIntent that requires action."""
        payments.answer_bank(self.account, identity, passes=passes)
        self.post.look()

    def session(self, session_id: str) -> Row:
        """A Checkout Session as it is now. LookupError if there is none."""
        return self.account.need(session_id, "checkout.session")

    @property
    def sessions(self) -> list[Row]:
        """Every Checkout Session, oldest first."""
        return self.account.store.every("checkout.session")[::-1]

    def expire(self, session_id: str) -> Row:
        """The payment page closes unpaid."""
        session = payments.expire(self.account, session_id)
        self.post.look()
        return session

    # ---- banks

    def settle_bacs(self, payment_intent: str) -> Row:
        """A Direct Debit is paid. Left alone, the clock settles it after 4 days, or 7 where its mandate is new."""
        intent = debits.settle(self.account, payment_intent)
        self.post.look()
        return intent

    def fail_bacs(self, payment_intent: str, failure: str = "insufficient_funds") -> Row:
        """A Direct Debit comes back unpaid."""
        intent = debits.fail(self.account, payment_intent, failure)
        self.post.look()
        return intent

    def end_mandate(self, mandate: str) -> Row:
        """The donor tells her bank to pay no more: mandate.updated, and later debits are refused."""
        ended = debits.end_mandate(self.account, mandate)
        self.post.look()
        return ended

    # ---- subscriptions

    def subscription(self, subscription: str) -> Row:
        """A subscription as it is now. LookupError if there is none."""
        return self.account.need(subscription, "subscription")

    @property
    def subscriptions(self) -> list[Row]:
        """Every subscription, oldest first."""
        return self.account.store.every("subscription")[::-1]

    def renew(self, subscription: str) -> Row:
        """Its next date comes now, for it alone: invoice and attempt bear today's date, its period moves on.

        Of a trial that ends it; of a paused one the invoice is void, unless the pause is over by that date; one that
        was to end with its period ends. Returns the subscription.
        """
        renewed = renewals.bill(self.account, subscription)
        self.post.look()
        return renewed

    def retry(self, subscription: str) -> Row:
        """Its next retry comes now. LookupError where nothing is to be retried."""
        invoice = self.account.need(self.subscription(subscription)["latest_invoice"] or "invoice", "invoice")
        if invoice["next_payment_attempt"] is None:
            raise LookupError(f"retry of {invoice['id']}")
        renewals.retry(self.account, invoice["id"])
        self.post.look()
        return self.subscription(subscription)

    def fail_next_renewals(self, subscription: str, times: int = 1) -> None:
        """Its card will be declined, or its debit returned, so many times: at renewals and at retries alike."""
        renewals.doom(self.account, subscription, "declines", times)

    def ask_at_next_renewals(self, subscription: str, times: int = 1) -> None:
        """Its card's bank will want to hear from the donor first: answer with answer_bank."""
        renewals.doom(self.account, subscription, "asks", times)

    def end_subscription(self, subscription: str) -> Row:
        """Somebody ends it in Stripe's dashboard."""
        ended = subscriptions.end(self.account, self.subscription(subscription), "cancellation_requested")
        self.post.look()
        return ended

    # ---- time

    def fees_after(self, seconds: float) -> None:
        """From now on a payment's fee is known only after so many seconds, and announced by charge.updated."""
        self.account.options = replace(self.account.options, fee_after=seconds)

    def move_clock(self, seconds: float) -> None:
        """Move the account's clock forward, and do what has become due, each thing as of its own date."""
        store = self.account.store
        with store.transaction():  # so that nobody is answered in between
            store.set("clock", str(float(store.setting("clock", "0")) + seconds))
            self.post.keep_time()
