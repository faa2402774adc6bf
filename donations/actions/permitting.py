"""What people say about being contacted: added to, never edited. The newest word holds, and a suppression beats all.

Receipts, notices and other letters about a gift of one's own are no contact in this sense: they always come.
"""

from django.db import transaction

from almoner.accounts.models import User
from donations import reading
from donations.models import ContactPermission, Declaration, Donor, Letter, Pledge, Suppression
from donations.models.contact import Basis, ContactBy, digest_of, is_suppressed
from donations.models.wording import Words

BY_LINK = "unsubscribe link"


@transaction.atomic
def record(
    *,
    channel: str,
    basis: str,
    source: str,
    donor: Donor | None = None,
    pledge: Pledge | None = None,
    words: Words | None = None,
    by: User | None = None,
) -> ContactPermission:
    """Write down what somebody said about one channel; a permission names the words that were read.

    To somebody in the office it is said without any being read: then it names those in use.

    A no is obeyed at once and for good, whoever hears it: the address enters the suppression list, which outlives all
    else that is known of somebody. A donor who says yes herself, signed in as herself, consents anew: her address
    leaves the list. What a form says of a pledge, or somebody in the office for her, does not do that: see `take_over`.
    """
    address = address_of(donor, channel) if donor else (pledged_address(pledge, channel) if pledge else "")
    said = ContactPermission.objects.create(
        channel=channel,
        basis=basis,
        source=source,
        donor=donor,
        pledge=pledge,
        by=by,
        wording_id=(words or reading.contact()).wording if basis != Basis.NONE else None,
        digest=digest_of(address) if address.strip() else "",
    )
    if basis == Basis.NONE:
        suppress(channel=channel, address=address)
    if donor is not None and by is None and basis == Basis.CONSENT:
        _lift(said)
    return said


_TAKE_OVER = """
  UPDATE donations_contactpermission SET donor_id = %(donor)s
   WHERE pledge_id = %(pledge)s AND donor_id IS NULL RETURNING *
"""


@transaction.atomic(savepoint=False)
def take_over(*, pledge: Pledge, donor: Donor) -> int:
    """Give what was said on the form of a pledge to its donor, once the gift has arrived. How many answers.

    Who said yes there consents anew, and the address she gave leaves the suppression list; a gift without a yes lifts
    nothing, and a yes lifts no suppression that came after it.
    """
    said = list(ContactPermission.objects.raw(_TAKE_OVER, {"pledge": pledge.pk, "donor": donor.pk}))
    for each in said:
        if each.basis == Basis.CONSENT:
            _lift(each)
    return len(said)


def may_contact(*, donor: Donor, channel: str) -> bool:
    """Whether news and appeals may be sent to a donor so: the newest word says yes, and nothing is suppressed."""
    said = list(ContactPermission.objects.filter(donor=donor, channel=channel).order_by("-pk"))
    spoken = next((each for each in said if each.basis != Basis.SOFT_OPT_IN), None)
    if not said or not said[0].granted or (spoken is not None and not spoken.granted):
        return False  # a box that was left alone never overrides a no that was said
    return not is_suppressed(channel=channel, address=address_of(donor, channel))


def never(*, donor: Donor) -> list[str]:
    """By which channels a donor is never contacted again: their address or number stands on the suppression list."""
    reached = {channel.value: address_of(donor, channel).strip() for channel in ContactBy}
    digests = {channel: digest_of(address) for channel, address in reached.items() if address}
    known = set(Suppression.objects.filter(digest__in=digests.values()).values_list("channel", "digest"))
    return [channel for channel, digest in digests.items() if (channel, digest) in known]


def suppress(*, channel: str, address: str) -> None:
    """Never contact this address or number again. Only its digest is kept; suppressed twice, it is there once, anew."""
    if address.strip():
        Suppression.objects.bulk_create(
            [Suppression(channel=channel, digest=digest_of(address))],
            update_conflicts=True,
            update_fields=["since"],
            unique_fields=["channel", "digest"],
        )


@transaction.atomic
def unsubscribe(*, letter: Letter) -> None:
    """Whoever got this letter wants no news and no appeals by email. Said twice it stands once."""
    suppress(channel=ContactBy.EMAIL, address=letter.to)
    donor, pledge = _whose(letter)
    if donor is None and pledge is None:
        return
    earlier = ContactPermission.objects.filter(channel=ContactBy.EMAIL, donor=donor)
    newest = earlier.filter(pledge=pledge).first() if donor is None else earlier.first()
    if newest is None or newest.granted:
        record(channel=ContactBy.EMAIL, basis=Basis.NONE, source=BY_LINK, donor=donor, pledge=pledge)


def address_of(donor: Donor, channel: str) -> str:
    """Where a donor is reached by a channel, as the suppression list knows it."""
    match channel:
        case ContactBy.EMAIL:
            return donor.email
        case ContactBy.POST:
            return f"{donor.address} {donor.town} {donor.postcode}"
        case _:
            return donor.telephone


def pledged_address(pledge: Pledge, channel: str) -> str:
    """The same of somebody whose gift is on its way, as the form of the pledge says it."""
    match channel:
        case ContactBy.EMAIL:
            return pledge.email
        case ContactBy.POST:
            home = None if pledge.postal else Declaration.objects.filter(pledge=pledge).first()
            return f"{home.address} {home.town} {home.postcode}" if home else pledge.postal
        case _:
            return pledge.telephone


def _whose(letter: Letter) -> tuple[Donor | None, Pledge | None]:
    """Whose refusal it is. Some letters go to somebody else than the donor, who has refused nothing."""
    known = Donor.objects.filter(email__iexact=letter.to).first() if letter.to else None
    if known is not None or letter.kind in {Letter.Kind.TRIBUTE, Letter.Kind.CONFIRM_ADDRESS}:
        return known, None
    gift = letter.regular_gift
    named = (letter.donation, gift, letter.declaration)
    donor = letter.donor or next((thing.donor for thing in named if thing is not None and thing.donor), None)
    return donor, None if donor else (letter.payment.pledge if letter.payment else None)


def _lift(said: ContactPermission) -> None:
    """The database lets an address go only where such a yes stands: see suppression_is_lifted_by_a_yes."""
    Suppression.objects.filter(channel=said.channel, digest=said.digest, since__lt=said.said_at).delete()
