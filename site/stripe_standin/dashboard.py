"""What nobody asks of the API: what people press in Stripe's dashboard, and what banks do of their own accord."""

from stripe_standin import disputes, payouts, refunds
from stripe_standin.account import Account
from stripe_standin.deliveries import Post
from stripe_standin.giving import Giving
from stripe_standin.store import Row


class Dashboard(Giving):
    """Refunds, disputes and payouts. Each takes an object or its id, and returns the object as it is then."""

    def __init__(self, account: Account, post: Post) -> None:
        self.account = account
        self.post = post

    def charge_of(self, paid: Row | str) -> Row:
        """The charge of a charge, a PaymentIntent or a Checkout Session. LookupError if there is none."""
        body = self._now(paid)
        if body["object"] == "checkout.session":
            body = self.account.need(body["payment_intent"] or "", "payment_intent")
        if body["object"] == "payment_intent":
            body = self.account.need(body["latest_charge"] or "", "charge")
        return self.account.need(body["id"], "charge")

    def refund(self, paid: Row | str, pence: int | None = None, *, fails: bool = False) -> Row:
        """Give a payment back, whole or in part, without metadata of ours. `fails`: it comes back at once."""
        with self.account.store.transaction():
            made = refunds.refund(self.account, self.charge_of(paid), pence, "requested_by_customer")
            if fails:
                made = refunds.fail(self.account, made["id"])
        return self._told(made)

    def fail_refund(self, refund: Row | str) -> Row:
        """A refund that was made comes back."""
        return self._told(refunds.fail(self.account, self._now(refund)["id"]))

    def open_dispute(
        self, paid: Row | str, status: str = "needs_response", *, reason: str = "fraudulent", pence: int | None = None
    ) -> Row:
        """The donor's bank asks for the money back."""
        return self._told(disputes.open_dispute(self.account, self.charge_of(paid), status, reason, pence))

    def move_dispute(self, dispute: Row | str, status: str) -> Row:
        """A dispute goes on to another status, and its money with it."""
        return self._told(disputes.move(self.account, self._now(dispute)["id"], status))

    def win_dispute(self, dispute: Row | str) -> Row:
        """The money comes back to the charity."""
        return self.move_dispute(dispute, "won")

    def lose_dispute(self, dispute: Row | str) -> Row:
        """The money stays with the donor."""
        return self.move_dispute(dispute, "lost")

    def pay_out(self, currency: str = "gbp") -> Row:
        """Pay out everything that is available. NothingToPayOut if that is nothing."""
        return self._told(payouts.pay_out(self.account, currency))

    def payout_arrives(self, payout: Row | str) -> Row:
        """The money is at the charity's bank."""
        return self._told(payouts.arrive(self.account, self._now(payout)["id"]))

    def fail_payout(self, payout: Row | str) -> Row:
        """The bank sends it back: the next payout takes it along."""
        return self._told(payouts.fail(self.account, self._now(payout)["id"]))

    def pay_out_daily(self, *, daily: bool = True) -> None:
        """Whether payouts are made each day by the account's clock."""
        payouts.set_daily(self.account, daily=daily)

    def _now(self, thing: Row | str) -> Row:
        identity = thing if isinstance(thing, str) else thing["id"]
        found = self.account.store.get(identity)
        if found is None:
            raise LookupError(identity)
        return found

    def _told(self, body: Row) -> Row:
        """The object's newest state, once the post has been told to look."""
        self.post.look()
        return self._now(body)
