"""An appeal as the tests like it, and a place in the site where its page can be shown."""

from datetime import date

import pytest

from donations.models import Appeal, SuggestedAmount
from tests.factories import funds


@pytest.fixture
def nurse_appeal(db: None) -> Appeal:
    """The appeal that most tests give to."""
    return an_appeal()


def an_appeal() -> Appeal:
    """“A nurse for our coast”: open, restricted, with three amounts whose words Finance has approved."""
    fund = funds.nurse_fund()
    appeal = Appeal.objects.create(
        name="A nurse for our coast",
        slug="nurse",
        fund=fund,
        purpose=fund.purposes.get(),
        target_pence=5_000_000,
        opens_on=date(2020, 1, 1),
        secondary_purpose="If more is given than the post costs, it pays for the nurse's training.",
    )
    for pence, words in ((1000, "pays for a home visit"), (2500, "pays for an hour of a nurse"), (5000, "")):
        SuggestedAmount.objects.create(appeal=appeal, pence=pence, pays_for=words, approved=True)
    return appeal
