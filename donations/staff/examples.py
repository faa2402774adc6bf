"""Letters to nobody: what each kind would say, of people and sums that are plainly made up. Nothing is saved."""

from datetime import UTC, date, datetime

from donations.ledger.models import Fund, FundClass
from donations.ledger.money import Money
from donations.models import (
    Appeal,
    Declaration,
    Donation,
    Donor,
    Letter,
    Payment,
    Pledge,
    RegularGift,
    Tribute,
    Wording,
)
from donations.models.declaration import Channel, Home, Scope
from donations.models.donation import Method
from donations.models.pledge import Every
from donations.models.regular_gift import Change
from donations.statements import Given, Statement, TaxYear

Kind = Letter.Kind
NAME, ADDRESS, REFERENCE = "Ottoline Example", "ottoline@example.org", "G-EXAMPLE"
DAY, YEAR = date(2026, 3, 31), 2026


def letter(kind: str) -> tuple[Letter, Statement | None]:
    """An example of this kind, and the statement that it sends, where it sends one."""
    donation, gift = a_donation(), a_regular_gift()
    about_gift = {"regular_gift": gift}
    things: dict[str, dict[str, object]] = {
        Kind.RECEIPT: {"donation": donation},
        Kind.RECEIPT_COPY: {"donation": donation},
        Kind.TRIBUTE: {"donation": donation},
        Kind.REFUNDED: {"donation": donation, "facts": {"amount": donation.amount.exact}},
        Kind.PENDING: {"payment": a_payment(gift), **about_gift},
        Kind.FAILED: {"payment": a_payment(gift), **about_gift},
        Kind.CHANGED: {"regular_gift": a_regular_gift(1200), "facts": changed(Change.AMOUNT, "£10", "£12")},
        Kind.PAUSED: {**about_gift, "facts": changed(Change.PAUSE, "", "1 July 2026")},
        Kind.STATEMENT: {"donor": Donor(name=NAME, email=ADDRESS), "facts": {"year_ending": YEAR}},
        Kind.DECLARATION_RECORD: {"declaration": a_declaration()},
        Kind.SIGN_IN: {"donor": Donor(name=NAME, email=ADDRESS)},
        Kind.CONFIRM_ADDRESS: {"donor": Donor(name=NAME, email=ADDRESS), "facts": {"correction": 0}},
        Kind.ADDRESS_CHANGED: {"donor": Donor(name=NAME, email=ADDRESS)},
    }
    written = Letter(kind=kind, about=f"{kind}:EXAMPLE", to=ADDRESS, **things.get(kind, about_gift))
    return written, a_statement() if kind == Kind.STATEMENT else None


def changed(change: Change, before: str, after: str) -> dict[str, str]:
    """What a letter about a change remembers."""
    return {"change": str(change.label), "kind": change.value, "before": before, "after": after}


def a_fund() -> Fund:
    """A fund that is kept for one thing."""
    words = "Only for benches from which the sea can be seen."
    return Fund(name="Example Bench Fund", fund_class=FundClass.RESTRICTED, restriction=words)


def an_appeal() -> Appeal:
    """An appeal with words of thanks."""
    thanks = "Because of you somebody will sit down and look at the sea."
    return Appeal(name="Example appeal: a bench on the pier", slug="example", fund=a_fund(), thanks=thanks)


def a_pledge(*, pence: int, every: Every = Every.ONCE) -> Pledge:
    """In memory of somebody, and somebody is told."""
    asked = Pledge(
        reference=REFERENCE, appeal=an_appeal(), fund=a_fund(), pence=pence, every=every, name=NAME, email=ADDRESS
    )
    asked.tribute = Tribute(
        pledge=asked, kind=Tribute.Kind.MEMORY, honoured="Barnaby Example", message="He liked the gulls.",
        tell_name="Clementine Example", tell_email="clementine@example.org",
    )  # fmt: skip
    return asked


def a_donation() -> Donation:
    """£25 and the card fee, with Gift Aid."""
    asked = a_pledge(pence=2575)
    return Donation(
        reference=REFERENCE, donor=Donor(name=NAME, email=ADDRESS), donor_name=NAME, appeal=asked.appeal,
        fund=asked.fund, pence=2575, fee_cover_pence=75, method=Method.CARD, received_on=DAY, pledge=asked,
        declaration=a_declaration(),
    )  # fmt: skip


def a_regular_gift(pence: int = 1000) -> RegularGift:
    """£10 a month."""
    asked = a_pledge(pence=pence, every=Every.MONTH)
    return RegularGift(
        reference="R-EXAMPLE", pledge=asked, donor=Donor(name=NAME, email=ADDRESS), appeal=asked.appeal,
        fund=asked.fund, pence=pence, every=Every.MONTH, began_on=DAY, next_on=date(2026, 4, 30),
        card_expires_on=date(2026, 4, 30), next_try_at=datetime(2026, 4, 3, 9, tzinfo=UTC),
    )  # fmt: skip


def a_payment(gift: RegularGift) -> Payment:
    """By Direct Debit, just set up."""
    begun = datetime(2026, 3, 31, 9, tzinfo=UTC)
    return Payment(
        payment_intent="pi_example", pledge=gift.pledge, regular_gift=gift, pence=gift.pence, created_at=begun
    )


def a_declaration() -> Declaration:
    """Spoken, for this gift and later ones."""
    first, _, last = NAME.partition(" ")
    newest = Wording.objects.filter(about=Wording.About.GIFT_AID).first()
    return Declaration(
        reference="D-EXAMPLE", scope=Scope.FUTURE, channel=Channel.ORAL, charity_name="Example Charity",
        first_name=first, last_name=last, home=Home.UK, address="1 Example Quay", town="Exampleton", postcode="EX1 1AA",
        declared_on=DAY, wording=newest or Wording(text="I want to Gift Aid {gifts} to {charity}."),
    )  # fmt: skip


def a_statement() -> Statement:
    """Two gifts, one of them with Gift Aid."""
    bench = an_appeal().name
    gifts = (
        Given(date(2025, 6, 1), bench, "Card", REFERENCE, Money(2500), Money(625)),
        Given(DAY, bench, "Cheque", "G-EXAMPLE-2", Money(4000), None),
    )
    return Statement(NAME, TaxYear(YEAR), gifts)
