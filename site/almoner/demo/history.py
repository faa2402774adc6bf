"""What the demo's charity has raised since 2010, to the pound: old books first, then single gifts.

The figures are tables. How a table is filled with gifts is left to chance with a fixed seed, and the last gift of each
cell makes its sum exact.
"""

import calendar
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from random import Random

from almoner.accounts.models import User, system_user
from almoner.demo import donors, funds
from almoner.demo.diary import Deed
from donations.actions import receiving
from donations.ledger import posting
from donations.ledger.models import Fund, FundPurpose
from donations.ledger.money import Money, pounds
from donations.ledger.posting import Share
from donations.models import Appeal, Donor
from donations.models.donation import Method

SEED = 2010

# Charity years end on 31 March; a block is four of them, in pounds. Each year of a block brought a quarter of it.
BLOCKS = [2011, 2015, 2019]  # the first year's end
OLD_BOOKS = {
    "GENERAL": (18_400, 22_000, 24_500),
    "NURSE": (12_600, 58_000, 51_000),
    "SCANNER": (0, 52_250, 36_000),
    "TREATMENTS": (0, 16_000, 27_000),
    "RESEARCH": (0, 26_000, 48_000),
}

# Pounds by fund and charity year, from each of: online, monthly, by post and hand, in memory, legacies, Gift Aid.
YEARS = [2023, 2024, 2025, 2026]
GIFTS = {
    ("GENERAL", 2023): (2_550, 2_675, 1_400, 500, 0, 750),
    ("GENERAL", 2024): (1_100, 1_150, 625, 200, 4_500, 300),
    ("GENERAL", 2025): (2_550, 2_675, 1_450, 475, 0, 725),
    ("GENERAL", 2026): (2_550, 2_675, 1_450, 475, 0, 725),
    ("NURSE", 2023): (2_375, 1_725, 750, 525, 0, 625),
    ("NURSE", 2024): (2_000, 1_425, 625, 450, 0, 500),
    ("NURSE", 2025): (2_000, 1_425, 625, 450, 0, 500),
    ("NURSE", 2026): (1_600, 1_150, 500, 350, 0, 400),
    ("TREATMENTS", 2023): (3_175, 1_475, 975, 475, 0, 900),
    ("TREATMENTS", 2024): (2_725, 1_250, 825, 425, 0, 775),
    ("TREATMENTS", 2025): (1_375, 625, 425, 200, 0, 375),
    ("TREATMENTS", 2026): (900, 425, 275, 150, 0, 250),
    ("RESEARCH", 2023): (4_200, 1_850, 1_325, 650, 3_000, 975),
    ("RESEARCH", 2024): (4_650, 2_050, 1_475, 725, 0, 1_100),
    ("RESEARCH", 2025): (2_800, 1_225, 875, 450, 0, 650),
    ("RESEARCH", 2026): (1_850, 800, 600, 300, 0, 450),
}

COSTS = [
    (date(2022, 9, 30), 620, "Card fees and printing", True),
    (date(2023, 3, 31), 860, "Independent examination and insurance", False),
    (date(2023, 9, 29), 640, "Card fees and printing", True),
    (date(2024, 3, 28), 880, "Independent examination and insurance", False),
    (date(2024, 9, 30), 660, "Card fees and printing", True),
    (date(2025, 3, 31), 900, "Independent examination and insurance", False),
    (date(2025, 9, 30), 670, "Card fees and printing", True),
    (date(2026, 3, 31), 920, "Independent examination and insurance", False),
]


@dataclass(frozen=True)
class Way:
    """A way in which gifts come: what they are usually worth in pounds, and how they reach the bank."""

    key: str
    methods: tuple[Method, ...]
    amounts: tuple[int, ...] = ()
    words: tuple[str, ...] = ("",)


WAYS = [
    Way("online", (Method.CARD,), (20, 25, 50, 50, 75, 100, 100, 150, 200, 250, 300, 500)),
    Way("monthly", (Method.BACS,)),
    Way(
        *(
            "by-post",
            (Method.CHEQUE, Method.CHEQUE, Method.TRANSFER, Method.CASH),
            (50, 75, 100, 120, 150, 240, 300, 450),
        ),
        words=("", "", "", "Cake stall", "Collecting tins", "Sponsored sea swim", "Choir concert", "Quiz night"),
    ),
    Way(
        *("in-memory", (Method.CHEQUE, Method.TRANSFER), (50, 75, 100, 150, 200, 250)),
        words=("In memory of a friend", "In memory of a parent", "In memory of a neighbour", "Collected at a funeral"),
    ),
    Way("legacy", (Method.LEGACY,), words=("Residuary gift in a will",)),
    Way("gift-aid", (Method.GIFT_AID,), words=("Gift Aid reclaimed on gifts of the year",)),
]


@dataclass(frozen=True)
class Gift:
    """One gift to be recorded."""

    on: date
    fund: str
    way: Way
    method: Method
    pence: int
    donor: Donor | None = None
    note: str = ""


def deeds(*, bookkeeper: User) -> Iterator[Deed]:
    """Everything that came in, what it cost to run the charity, and the one sum that trustees set aside."""
    fund = funds.by_code()
    yield from _old_books(fund, bookkeeper)
    chance = Random(SEED)  # noqa: S311 - the same demo each time is what is wanted
    gifts = list(_gifts(chance, donors.load(chance)))
    yield from _received(gifts, fund, bookkeeper)
    yield from _paid_out(gifts, fund, bookkeeper)
    for on, cost, words, fundraising in COSTS:
        spend = partial(posting.spend, pounds(cost), from_=fund["GENERAL"], by=bookkeeper, on=on, narrative=words)
        yield Deed(on, partial(spend, key=f"cost:demo:{on}", fundraising=fundraising))
    yield Deed(date(2025, 1, 15), partial(_set_aside, fund, bookkeeper))


def _set_aside(fund: dict[str, Fund], bookkeeper: User) -> None:
    posting.transfer(
        pounds(4_000),
        from_=fund["GENERAL"],
        to=fund["SUPPORT"],
        because="Trustees set money aside for small grants to patients who lose income during treatment.",
        authority="Minutes of 14 January 2025, item 6",
        key="transfer:demo:patient-support",
        by=bookkeeper,
        on=date(2025, 1, 15),
    )


# ---------------------------------------------------------------- 2010 to 2022: a line for each fund and year


def _old_books(fund: dict[str, Fund], bookkeeper: User) -> Iterator[Deed]:
    for code, blocks in OLD_BOOKS.items():
        for first, block in zip(BLOCKS, blocks, strict=True):
            for year in range(first, first + 4):
                if block:
                    on = date(year, 3, 31)
                    amount = Money(block * 100 // 4)
                    open_books = partial(posting.open_books, amount, into=fund[code], by=bookkeeper, on=on)
                    yield Deed(on, partial(open_books, key=f"opening:demo:{code.lower()}:{year}"))


# ---------------------------------------------------------------- 2022 to 2026: single gifts


def _gifts(chance: Random, givers: list[Donor]) -> Iterator[Gift]:
    for (code, year), sums in GIFTS.items():
        faithful = chance.sample(givers, 2)  # who gave to this fund month by month in this year
        for way, total in zip(WAYS, sums, strict=True):
            if not total:
                continue
            if way.key == "monthly":
                yield from _monthly(code, year, way, total, faithful)
            elif way.key == "gift-aid":
                half = total * 100 * 2 // 5
                yield Gift(date(year - 1, 11, 20), code, way, way.methods[0], half, note=way.words[0])
                yield Gift(date(year, 3, 20), code, way, way.methods[0], total * 100 - half, note=way.words[0])
            elif way.key == "legacy":
                yield Gift(date(year, 2, 12), code, way, way.methods[0], total * 100, note=way.words[0])
            else:
                yield from _scattered(chance, code, year, way, total, givers)


def _monthly(code: str, year: int, way: Way, total: int, faithful: list[Donor]) -> Iterator[Gift]:
    """Two people who give on the 3rd of every month; the last gift of the year makes the sum exact."""
    left = total * 100
    usual = left // 24 // 100 * 100
    parts = [usual + 500, usual - 500]
    for month in range(12):
        on = date(year - 1 + (month + 3) // 12, (month + 3) % 12 + 1, 3)
        for donor, part in zip(faithful, parts, strict=True):
            pence = left if (month == 11 and donor is faithful[-1]) else part
            left -= pence
            yield Gift(on, code, way, way.methods[0], pence, donor)


def _scattered(chance: Random, code: str, year: int, way: Way, total: int, givers: list[Donor]) -> Iterator[Gift]:
    """Gifts on any day of the year, until the sum is reached."""
    left = total
    while left:
        amount = chance.choice(way.amounts)
        if left - amount < min(way.amounts):
            amount = left
        left -= amount
        on = date(year - 1, 4, 1) + timedelta(days=chance.randrange(364))
        method, note = chance.choice(way.methods), chance.choice(way.words)
        is_collection = method == Method.CASH
        donor = None if is_collection else chance.choice(givers)
        yield Gift(on, code, way, method, amount * 100, donor, note or ("Collecting tins" if is_collection else ""))


def _received(gifts: list[Gift], fund: dict[str, Fund], bookkeeper: User) -> Iterator[Deed]:
    appeals = {appeal.fund.code: appeal for appeal in Appeal.objects.select_related("fund")}
    usual = {
        served.fund_id: served.purpose for served in FundPurpose.objects.filter(usual=True).select_related("purpose")
    }
    stripe = system_user("stripe")
    for number, gift in enumerate(sorted(gifts, key=lambda gift: gift.on), start=1):
        appeal = appeals.get(gift.fund)
        yield Deed(
            gift.on,
            partial(
                receiving.record_gift,
                amount=Money(gift.pence),
                fund=fund[gift.fund],
                purpose=usual[fund[gift.fund].pk],
                method=gift.method,
                received_on=gift.on,
                key=f"gift:demo:{gift.way.key}:{number}",
                by=stripe if gift.method in (Method.CARD, Method.BACS) else bookkeeper,
                donor=gift.donor,
                donor_name=gift.donor.name if gift.donor else "",
                appeal=appeal if gift.way.key == "online" and appeal and appeal.is_open(gift.on) else None,
                note=gift.note,
            ),
        )


def _paid_out(gifts: list[Gift], fund: dict[str, Fund], bookkeeper: User) -> Iterator[Deed]:
    """Stripe pays out at the end of each month what it took for each fund."""
    held: dict[date, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for gift in gifts:
        if gift.method in (Method.CARD, Method.BACS):
            last = calendar.monthrange(gift.on.year, gift.on.month)[1]
            held[gift.on.replace(day=last)][gift.fund] += gift.pence
    for on, sums in held.items():
        shares = [Share(fund[code], Money(sums[code])) for code in fund if sums[code]]
        yield Deed(on, partial(posting.payout, shares, key=f"payout:demo:{on}", by=bookkeeper, on=on))
