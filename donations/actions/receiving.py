"""Money that has arrived: a Donation and its ledger entry, in one transaction, once."""

from datetime import date

from django.db import transaction

from almoner.accounts.models import User
from almoner.kit import references
from donations.ledger import book, posting
from donations.ledger.models import Fund, Purpose
from donations.ledger.money import NOTHING, Money
from donations.ledger.posting import Income, Via
from donations.models import Appeal, Declaration, Donation, Donor, Payment, Pledge, RegularGift
from donations.models.donation import Method

INCOME = {Method.LEGACY: Income.LEGACIES, Method.GIFT_AID: Income.GIFT_AID}  # all else is Income.DONATIONS
VIA = {Method.CARD: Via.STRIPE, Method.BACS: Via.STRIPE, Method.CASH: Via.CASH}  # all else is Via.BANK


@transaction.atomic(savepoint=False)  # with its fund locked, each round trip that is spared lets the next gift in
def record_gift(
    *,
    amount: Money,
    fund: Fund,
    method: Method,
    received_on: date,
    key: str,
    by: User,
    purpose: Purpose | None = None,
    appeal: Appeal | None = None,
    donor: Donor | None = None,
    donor_name: str = "",
    pledge: Pledge | None = None,
    regular_gift: RegularGift | None = None,
    payment: Payment | None = None,
    source: str = "",
    external_id: str = "",
    note: str = "",
    fee_cover: Money = NOTHING,
    declaration: Declaration | None = None,
    via: Via | None = None,
    posted_on: date | None = None,
) -> Donation:
    """Record money received, however it came: one Donation, one Entry, or neither.

    `key` names the cause (“gift:pi_123”, “gift:old-database:1042”); the same cause again answers with the same
    donation. Without a purpose the fund's usual one is meant; without `via`, the account where such money arrives;
    without `posted_on`, the day on which it was received. Raises LedgerError, and then ends the caller's transaction.
    """
    with book.together():
        entry = posting.receive(
            amount,
            into=fund,
            purpose=purpose,
            key=key,
            by=by,
            on=posted_on or received_on,
            via=via or VIA.get(method, Via.BANK),
            income=INCOME.get(method, Income.DONATIONS),
            narrative=f"{method.label} gift",
        )
    if not entry.fresh and (earlier := Donation.objects.filter(entry=entry).first()):
        return earlier
    return Donation.objects.create(
        reference=pledge.reference if pledge else references.readable("G"),
        donor=donor,
        donor_name=donor_name,
        appeal=appeal,
        fund=fund,
        purpose=purpose or fund.served.get(usual=True).purpose,
        pence=amount.pence,
        fee_cover_pence=fee_cover.pence,
        declaration=declaration,
        method=method,
        received_on=received_on,
        pledge=pledge,
        regular_gift=regular_gift,
        payment=payment,
        source=source,
        external_id=external_id,
        note=note,
        entry=entry,
    )


_DONOR = """
  WITH made AS (
    INSERT INTO donations_donor (name, email, telephone, address, town, postcode, created_at)
    VALUES (%(name)s, lower(%(email)s), '', '', '', '', statement_timestamp())
    ON CONFLICT (lower(email)) WHERE NOT email = '' DO NOTHING RETURNING *)
  SELECT * FROM made UNION ALL SELECT * FROM donations_donor WHERE lower(email) = lower(%(email)s) AND NOT email = ''
"""


def find_donor(*, name: str, email: str) -> Donor:
    """The donor known by this email address, or a new one. A name alone is no proof that two people are one."""
    if not email:
        return Donor.objects.create(name=name)
    while True:  # empty where somebody else is just making it: then it is there
        for donor in Donor.objects.raw(_DONOR, {"name": name, "email": email}):
            return donor


def learn(*, donor: Donor, pledge: Pledge) -> None:
    """The gift has arrived: what its form said of telephone and address, and nobody knew, is known of the donor."""
    said: dict[str, str] = {"telephone": pledge.telephone, "address": pledge.postal, "town": "", "postcode": ""}
    if pledge.gift_aid == "yes" and not pledge.postal:
        for home in Declaration.objects.filter(pledge=pledge):
            said.update(address=home.address, town=home.town, postcode=home.postcode)
    new = {}
    if said["telephone"] and not donor.telephone:
        new["telephone"] = said["telephone"]
    if said["address"] and not donor.address:
        new |= {name: said[name] for name in ("address", "town", "postcode")}
    if new:
        Donor.objects.filter(pk=donor.pk).update(**new)
