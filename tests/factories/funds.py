"""Funds as the tests like them."""

from datetime import date

from donations.ledger.models import Fund, FundClass, FundPurpose, Purpose


def purpose(code: str) -> Purpose:
    """One of the purposes that every charity starts with: any, nurses, equipment, treatments, research."""
    return Purpose.objects.get(code=code)


def fund(
    code: str,
    name: str,
    usual: str,
    *others: str,
    kind: FundClass = FundClass.UNRESTRICTED,
    opened: date = date(2010, 4, 1),
) -> Fund:
    """A fund that serves these purposes, the first of them usually; a restricted one comes with its wording."""
    words = {}
    if kind not in (FundClass.UNRESTRICTED, FundClass.DESIGNATED):
        words = {"restriction": f"Only for {name.lower()}.", "source": "The appeal's leaflet"}
    made = Fund.objects.create(code=code, name=name, fund_class=kind, opened=opened, **words)
    for serves in (usual, *others):
        FundPurpose.objects.create(fund=made, purpose=purpose(serves), usual=serves == usual)
    return made


def general_fund() -> Fund:
    """General Fund: unrestricted, for any purpose."""
    return fund("GENERAL", "General Fund", "any", "nurses", "equipment", "treatments", "research")


def nurse_fund() -> Fund:
    """Nurse Fund: restricted to specialist nurses."""
    return fund("NURSE", "Nurse Fund", "nurses", kind=FundClass.RESTRICTED)


def liver_fund() -> Fund:
    """Liver Appeal: restricted, for nurses or equipment."""
    return fund("LIVER", "Liver Appeal", "any", "nurses", "equipment", kind=FundClass.RESTRICTED)


def endowment() -> Fund:
    """Lighthouse Endowment: permanent; its capital is kept."""
    return fund("ENDOW", "Lighthouse Endowment", "any", kind=FundClass.ENDOWMENT_PERMANENT)
