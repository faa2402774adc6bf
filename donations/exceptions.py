"""What may go wrong with a gift: facts, one line each. A view turns them into a sentence for the donor."""

from typing import Any


class DonationsError(Exception):
    """Something about a gift could not be done."""


class AppealIsClosed(DonationsError):
    """The appeal takes no gifts today."""


class AmountIsOutside(DonationsError):
    """The amount is below the appeal's minimum or above its maximum."""


class PaymentIsNotOurs(DonationsError):
    """Stripe tells of a payment that we did not start."""


class PaymentsError(DonationsError):
    """Stripe could not be asked, or would not do what we asked."""


class PaymentsUnavailable(PaymentsError):
    """Stripe did not answer, was too busy, or failed: the same request may be sent again."""


class GatewayMisused(PaymentsError):
    """Stripe refused a parameter or our key: somebody must look at it."""


class NotKnownToStripe(GatewayMisused):
    """Stripe has no such object in this account."""


class AttemptChanged(PaymentsError):
    """A key was used again with other parameters."""


class BadSignature(DonationsError):
    """The message was not signed by Stripe, or too long ago."""


class WrongMode(DonationsError):
    """A test event came to a live site, or a live event to a test site."""


class AlreadyObeyed(DonationsError):
    """The event has been obeyed: there is nothing left to try."""


class NotInOurWords(DonationsError):
    """Stripe says something that we do not know: it is kept, and changes nothing."""


class DeclarationIsCancelled(DonationsError):
    """A declaration is cancelled once: another may be made."""


class NotAScan(DonationsError):
    """The file is not the scan of a paper that can be kept."""


class SentBefore(DonationsError):
    """The form is known: what has become of it stands in its draft."""


class AlreadyGiven(DonationsError):
    """The donor has paid already, on a page that was open elsewhere: nothing more is asked."""

    def __init__(self, pledge: Any) -> None:
        super().__init__(f"{pledge} is paid.")
        self.pledge = pledge


class RefundIsTooLarge(DonationsError):
    """More would be given back than is left of the gift."""


class SecondPersonIsNeeded(DonationsError):
    """Who asked for a refund cannot approve it too."""


class AlreadyDecided(DonationsError):
    """The refund has been decided."""


class RegularGiftHasEnded(DonationsError):
    """A regular gift that has ended cannot be changed: a new one may be started."""


class NotADayForIt(DonationsError):
    """The day, or the number of months, is outside what can be arranged."""


class YearIsNotOver(DonationsError):
    """A statement is written of a tax year that is over: until then a gift may still come."""


class AddressIsTaken(DonationsError):
    """Another donor is known by this email address."""


class AddressIsNeeded(DonationsError):
    """Whoever gives regularly has an email address: letters about payments go there."""


class AskedTooOften(DonationsError):
    """So many addresses were asked to be confirmed in a day that no more letters are sent."""


class AlreadyAnswered(DonationsError):
    """Somebody has answered the request."""
