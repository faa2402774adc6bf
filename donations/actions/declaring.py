"""Gift Aid declarations: made, covering gifts, cancelled. Rules: HMRC, and ../shared/reference/gift-aid.md §2."""

import json
from dataclasses import asdict
from datetime import date
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from almoner.accounts.models import User
from almoner.kit import references
from donations.exceptions import DeclarationIsCancelled, NotADayForIt
from donations.models import Declaration, Donation, Donor, Pledge, RegularGift
from donations.models.declaration import PAST_YEARS, TO_CANCEL, Channel, Scope, years_before
from donations.models.donation import Method
from donations.models.wording import digest
from donations.promise import Declared


@transaction.atomic
def declare(
    *,
    declared: Declared,
    channel: Channel = Channel.ONLINE,
    pledge: Pledge | None = None,
    donor: Donor | None = None,
    by: User | None = None,
    on: date | None = None,
    token: UUID | None = None,
) -> Declaration:
    """Keep a declaration as it was declared, in the words that were read.

    One made with a pledge belongs to the donor once the gift has arrived; see `take_over`. One on paper, or spoken,
    is recorded `by` somebody; one online is the donor's own doing. The token comes from a form: the same form sent
    twice is one declaration, with other answers it is another, and an older one stands beside it, as declared.
    """
    words, scope, day = declared.words, Scope(declared.scope), on or timezone.localdate()
    alone = pledge is None and channel == Channel.ONLINE  # made on the donor's page, with no gift of its own
    row = {
        "pledge": pledge,
        "donor": donor,
        "channel": channel,
        "scope": scope,
        "charity_name": words.charity,
        "first_name": declared.first_name,
        "last_name": declared.last_name,
        "home": declared.home,
        "address": declared.address,
        "town": declared.town,
        "postcode": declared.postcode,
        "wording_id": words.wording,
        "shown": digest(words.shown(scope.gifts_without_one if alone else scope.gifts)),
        "declared_on": day,
        "recorded_by": by,
    }
    reference = references.readable("D")
    if token is None:
        made = Declaration.objects.create(reference=reference, **row)
    else:
        said = json.dumps([donor and donor.pk, channel, f"{day}", asdict(declared)], sort_keys=True)
        made, _ = Declaration.objects.get_or_create(token=uuid5(token, said), defaults={"reference": reference, **row})
    cover_earlier(made)
    return made


NEVER = (Method.LEGACY, Method.GIFT_AID)  # no gifts of a living taxpayer


def cover_earlier(declaration: Declaration) -> int:
    """Put a donor's gifts of the four years before under a declaration that is for them too. How many.

    Left out are gifts that have a declaration, for which the donor said no, and to appeals without Gift Aid.
    """
    if declaration.donor is None or declaration.scope != Scope.PAST:
        return 0
    gifts = Donation.objects.filter(donor=declaration.donor, declaration__isnull=True).exclude(method__in=NEVER)
    gifts = gifts.exclude(appeal__gift_aid=False).exclude(pledge__gift_aid="no")
    covered = gifts.filter(
        received_on__gte=years_before(declaration.declared_on, PAST_YEARS), received_on__lte=declaration.declared_on
    )
    return covered.update(declaration=declaration)


def record_was_posted(*, declaration: Declaration, on: date) -> Declaration:
    """The written record of a spoken declaration has gone by post: from that day the donor has 30 days to cancel.

    Raises NotADayForIt.
    """
    if not declaration.declared_on <= on <= timezone.localdate():
        raise NotADayForIt("It was posted on a day from when it was spoken to today.")
    Declaration.objects.filter(pk=declaration.pk, record_sent_on__isnull=True).update(record_sent_on=on)
    declaration.refresh_from_db()
    return declaration


def covering(
    *, donor: Donor | None, pledge: Pledge | None, regular: RegularGift | None, on: date
) -> Declaration | None:
    """The declaration under which a gift of that day falls: its own, its regular gift's, or another of the donor's.

    A donor who answered “No” for this gift is believed.
    """
    asked = pledge or (regular.pledge if regular else None)
    if asked is not None and not asked.appeal.gift_aid:
        return None
    since = None
    if asked is not None and asked.gift_aid == "no":
        if pledge is not None:
            return None
        since = timezone.localdate(asked.created_at)  # of renewals: what was declared later holds
    if asked is not None and asked.gift_aid == "yes":
        own = Declaration.objects.standing_on(on).filter(pledge=asked).first()
        if own is not None and (pledge is not None or own.covers(on)):
            return own
    if donor is None:
        return None
    standing = donor.declarations.standing_on(on)
    if since is not None:
        standing = standing.filter(declared_on__gt=since)
    return next((each for each in standing if each.covers(on)), None)


def take_over(*, pledge: Pledge, donor: Donor) -> None:
    """The gift has arrived: the declaration that came with its pledge is the donor's."""
    if pledge.gift_aid == "yes":
        for declaration in Declaration.objects.filter(pledge=pledge, donor__isnull=True):
            declaration.donor = donor
            declaration.save(update_fields=["donor"])
            cover_earlier(declaration)


@transaction.atomic
def cancel(
    *, declaration: Declaration, because: str = "", by: User | None = None, on: date | None = None
) -> Declaration:
    """Cancel from a day on, today if none is named: gifts before it stay covered.

    A spoken one that is cancelled within 30 days of its record's sending is as if never made (HMRC, RE1841).
    Raises DeclarationIsCancelled, NotADayForIt.
    """
    kept = Declaration.objects.select_for_update(of=("self",)).get(pk=declaration.pk)
    if kept.cancelled_on is not None:
        raise DeclarationIsCancelled(f"{kept.reference} was cancelled on {kept.cancelled_on:%-d %B %Y}.")
    day = on or timezone.localdate()
    if day < kept.declared_on:
        raise NotADayForIt("A declaration is cancelled on or after the day on which it was made.")
    sent = kept.record_sent_on
    kept.void = kept.channel == Channel.ORAL and (sent is None or day <= sent + TO_CANCEL)
    kept.cancelled_on, kept.cancelled_because, kept.cancelled_by = day, because, by
    kept.save(update_fields=["cancelled_on", "cancelled_because", "cancelled_by", "void"])
    return kept
