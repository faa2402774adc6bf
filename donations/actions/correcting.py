"""What is put right about a donor: name, address and where letters go; and whether we may write at all.

An email address is changed in one place. Every letter asks the donor where it goes, those of regular gifts too.
"""

from contextlib import suppress
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models.functions import Lower
from django.utils import timezone

from almoner.accounts.models import User
from almoner.kit import jobs
from donations import gateway, held, letters
from donations.actions import permitting
from donations.exceptions import AddressIsNeeded, AddressIsTaken, AskedTooOften, NotKnownToStripe
from donations.models import ContactPermission, Correction, Donor, Pledge, RegularGift
from donations.models.contact import Basis
from donations.models.pledge import PledgeState
from donations.models.wording import Words

ON_THEIR_PAGE = "donor’s page"
ADDRESSES_A_DAY = 5  # so that nobody has us write to strangers
A_DAY = timedelta(days=1)
# Asked of Stripe already: one that is still to be asked goes there as it was typed, under its own key.
ON_THEIR_WAY = (PledgeState.AT_CHECKOUT, PledgeState.PROCESSING)


# ---- who they are, and where they are reached


@transaction.atomic
def change_details(*, donor: Donor, name: str, telephone: str, address: str, town: str, postcode: str) -> Donor:
    """Write down how somebody is called and where they live now. Gifts and declarations keep what was said then.

    The email address is not changed here: it is what the key to the page is sent to. See `ask_for_address`.
    """
    kept = Donor.objects.select_for_update().get(pk=donor.pk)
    said = {"name": name, "telephone": telephone, "address": address, "town": town, "postcode": postcode}
    _put_right(kept, said)
    return kept


@transaction.atomic
def ask_for_address(*, donor: Donor, email: str) -> Correction:
    """Send a link to the new address; it is the donor's once the link is used. Whether it is known here is never told.

    Raises AskedTooOften.
    """
    kept = Donor.objects.select_for_update().get(pk=donor.pk)
    lately = kept.corrections.filter(by__isnull=True, after__has_key="email", asked_at__gt=timezone.now() - A_DAY)
    if lately.count() >= ADDRESSES_A_DAY:
        raise AskedTooOften("We have sent several of these links today. Please try again tomorrow, or telephone us.")
    asked = Correction.objects.create(donor=kept, before={"email": kept.email}, after={"email": email.lower()})
    letters.ask_to_confirm_address(asked)
    return asked


@transaction.atomic
def confirm_address(*, correction: Correction) -> Donor:
    """The link was used, so whoever asked reads the mail of the new address. Used twice, it is changed once.

    Raises AddressIsTaken.
    """
    kept = Donor.objects.select_for_update().get(pk=correction.donor_id)
    asked = Correction.objects.select_for_update().get(pk=correction.pk)
    if asked.done_at is None:
        _move(kept, asked)
        asked.done_at = timezone.now()
        asked.save(update_fields=["done_at"])
    return kept


@transaction.atomic
def correct(*, donor: Donor, by: User, because: str, **said: str) -> Correction | None:
    """Somebody in the office puts right what is known of a donor; None where nothing of it is new.

    `said` has the names of the donor's columns. Raises AddressIsTaken, AddressIsNeeded.
    """
    kept = Donor.objects.select_for_update().get(pk=donor.pk)
    if not said["email"] and kept.regular_gifts.living().exists():
        raise AddressIsNeeded(f"{kept} gives regularly: letters about payments need an email address.")
    email = said["email"].lower()
    same = email == kept.email.lower()
    return _put_right(kept, {**said, "email": kept.email if same else email}, by=by, because=because)


def tell_stripe(*, correction_id: int) -> int:
    """Have Stripe write to the donor's new address too. How many customers it knows them as; none where it is old news.

    Raises PaymentsUnavailable, AttemptChanged, GatewayMisused.
    """
    made = Correction.objects.select_related("donor").get(pk=correction_id)
    if made.donor.email != made.after["email"]:
        return 0  # it was changed again, and that is told
    known_as = made.donor.regular_gifts.living().exclude(customer="").values_list("customer", flat=True)
    for customer in set(known_as):
        with suppress(NotKnownToStripe):  # deleted there: it writes to nobody
            gateway.tell_address(customer=customer, email=made.donor.email, key=f"address-{made.pk}-{customer}")
    return len(set(known_as))


def bring_up_to_date(gift: RegularGift) -> None:
    """A regular gift that begins on a page opened before its donor's address changed: Stripe is told of that too."""
    opened = gift.pledge.created_at
    moved = gift.donor.corrections.filter(done_at__gte=opened, after__has_key="email").first()
    if moved is not None:
        jobs.enqueue("donations.tell_stripe_the_address", correction=moved.pk)


def _put_right(kept: Donor, said: dict[str, str], *, by: User | None = None, because: str = "") -> Correction | None:
    new = {name: value for name, value in said.items() if getattr(kept, name) != value}
    if not new:
        return None
    before, now = {name: getattr(kept, name) for name in new}, timezone.now()
    made = Correction.objects.create(
        donor=kept, before=before, after=new, by=by, because=because, asked_at=now, done_at=now
    )
    if "email" in new:
        _move(kept, made)
    if "name" in new:  # whoever gives regularly is addressed by the name that the regular gift was begun with
        begun = Pledge.objects.filter(regular_gift__in=kept.regular_gifts.living(), name=kept.name)
        begun.update(name=new["name"])
    for name, value in new.items():
        setattr(kept, name, value)
    kept.save(update_fields=list(new))
    return made


def _move(kept: Donor, made: Correction) -> None:
    """The address itself, and all that follows it: what is on its way, keys that lie in the old post box, Stripe."""
    old, kept.email = kept.email, made.after["email"]
    try:
        with transaction.atomic():
            kept.save(update_fields=["email"])
    except IntegrityError as refused:
        raise AddressIsTaken("Another donor is known by this email address.") from refused
    if old:
        on_their_way = Pledge.objects.alias(plain=Lower("email")).filter(plain=old.lower(), state__in=ON_THEIR_WAY)
        on_their_way.update(email=kept.email)
    kept.keys.filter(used_at__isnull=True).delete()
    letters.say_the_address_changed(made)
    if kept.regular_gifts.living().exists():
        jobs.enqueue("donations.tell_stripe_the_address", correction=made.pk)


# ---- may we write


def say_about_contact(*, donor: Donor, wanted: dict[str, bool], words: Words) -> list[ContactPermission]:
    """Write down what a donor says, channel by channel, in answer to these words. What is not new is not written again.

    A no stands above every earlier yes, and holds for the address or number of today, however often it was said before.
    Only a yes that is said here, by the donor who is signed in, takes an address off the list of those never contacted
    again.
    """
    Donor.objects.select_for_update().get(pk=donor.pk)  # one answer after another
    stands, written = how_contact_stands(donor), []
    for channel, yes in wanted.items():
        if stands.get(channel) != yes:
            basis = Basis.CONSENT if yes else Basis.NONE
            written.append(
                permitting.record(channel=channel, basis=basis, source=ON_THEIR_PAGE, donor=donor, words=words)
            )
        elif not yes:
            permitting.suppress(channel=channel, address=permitting.address_of(donor, channel))
    return written


def how_contact_stands(donor: Donor) -> dict[str, bool]:
    """Yes or no for each channel about which something was ever said: the newest word; no where it is suppressed."""
    stands = {each.channel: each.granted for each in held.permissions_of(donor).order_by("pk")}
    return stands | dict.fromkeys(permitting.never(donor=donor), False)
