"""What every charity starts with: accounts, kinds of entry, and five purposes. Data that the laws read."""

from typing import Any

PURPOSES = [
    ("any", "Wherever it is needed most"),
    ("nurses", "Specialist nurses"),
    ("equipment", "Equipment"),
    ("treatments", "Treatments"),
    ("research", "Research"),
]

# code, name, kind, heading, cash, per award, feeds, feeds on
ACCOUNTS: list[tuple[str, str, str, str, bool, bool, str | None, str | None]] = [
    ("1000", "Bank", "asset", "Cash at bank", True, False, None, None),
    ("1010", "Cash in hand", "asset", "Cash at bank", True, False, None, None),
    ("1100", "Stripe clearing", "asset", "Debtors", True, False, None, None),
    ("1200", "Gift Aid due", "asset", "Debtors", False, False, "awaited", "debit"),
    ("1210", "Legacies due", "asset", "Debtors", False, False, "awaited", "debit"),
    ("2000", "Creditors", "liability", "Creditors", False, False, None, None),
    ("2100", "Grants payable", "liability", "Creditors", False, True, "owed", "credit"),
    ("3000", "Raised before these books", "funds", "Funds brought forward", False, False, "raised", "credit"),
    ("4000", "Donations", "income", "Donations and legacies", False, False, "raised", "credit"),
    ("4010", "Gift Aid", "income", "Donations and legacies", False, False, "raised", "credit"),
    ("4020", "Legacies", "income", "Donations and legacies", False, False, "raised", "credit"),
    ("4100", "Events and trading", "income", "Other trading activities", False, False, "raised", "credit"),
    ("4200", "Interest", "income", "Investments", False, False, "raised", "credit"),
    ("5000", "Fundraising costs", "expenditure", "Raising funds", False, False, "spent", "debit"),
    ("5100", "Grants awarded", "expenditure", "Charitable activities", False, True, "awarded", "debit"),
    ("5200", "Other charitable costs", "expenditure", "Charitable activities", False, False, "spent", "debit"),
    ("6000", "Transfers", "transfer", "Transfers between funds", False, False, "moved", "credit"),
    ("9000", "Reserved for awards", "memo", "", False, True, "reserved", "credit"),
    ("9001", "Reserved for awards, contra", "memo", "", False, True, None, None),
    ("9100", "Pledged by donors", "memo", "", False, False, "pledged", "credit"),
    ("9101", "Pledged by donors, contra", "memo", "", False, False, None, None),
    ("9200", "Grants paid", "memo", "", False, True, "paid", "credit"),
    ("9201", "Grants paid, contra", "memo", "", False, True, None, None),
]

# Facts, with their line in receipts and payments; a fact without a line there moves no cash, or moves it nowhere.
FACTS = {
    "opening": "Brought into these books",
    "pledge": "",
    "gift": "Donations",
    "fee": "Fundraising costs",
    "refund": "Donations refunded",
    "dispute": "Donations refunded",
    "payout": "",
    "gift_aid_claim": "",
    "gift_aid_receipt": "Gift Aid",
    "legacy_due": "",
    "legacy_receipt": "Legacies",
    "other_income": "Other receipts",
    "cost": "Running costs",
    "pay": "Grants paid",
    "recover": "Grants returned",
}
DECISIONS = ["reserve", "release", "award", "cut", "transfer", "set_aside", "charge"]


def sow(apps: Any) -> None:
    """Put these rows into an empty ledger; a row that is there already is left alone. `apps` finds the models."""
    purpose, account, kind = (apps.get_model("ledger", name) for name in ("Purpose", "Account", "Kind"))
    purpose.objects.bulk_create([purpose(code=code, name=name) for code, name in PURPOSES], ignore_conflicts=True)
    fields = ("code", "name", "kind", "heading", "cash", "per_award", "feeds", "feeds_on")
    account.objects.bulk_create(
        [account(**dict(zip(fields, row, strict=True))) for row in ACCOUNTS], ignore_conflicts=True
    )
    facts = [kind(code=code, decision=False, cash_heading=heading) for code, heading in FACTS.items()]
    decisions = [kind(code=code, decision=True) for code in DECISIONS]
    kind.objects.bulk_create([*facts, *decisions], ignore_conflicts=True)
