"""The settings of the defence, as its statements read them."""

import json

from django.conf import settings


def rules() -> str:
    """Each layer’s measure: how many it holds, and how long one takes to drain."""
    return json.dumps(
        {
            "address_burst": settings.DEFENCE_ADDRESS_TRIES,
            "address_step": f"{settings.DEFENCE_ADDRESS_SECONDS / settings.DEFENCE_ADDRESS_TRIES} seconds",
            "donor_burst": settings.DEFENCE_DONOR_TRIES,
            "donor_step": f"{settings.DEFENCE_DONOR_SECONDS} seconds",
            "card_burst": settings.DEFENCE_NEW_CARDS,
            "card_step": f"{settings.DEFENCE_NEW_CARD_MINUTES} minutes",
            "alarm_fewest": settings.DEFENCE_ALARM_DECLINES,
            "alarm_share": settings.DEFENCE_ALARM_PERCENT / 100,
            "alarm_lately": f"{settings.DEFENCE_ALARM_MINUTES} minutes",
            "worked_burst": settings.DEFENCE_WORKED_TRIES,
            "worked_step": f"{settings.DEFENCE_WORKED_SECONDS} seconds",
            "waited_burst": settings.DEFENCE_WAITED_TRIES,
            "waited_step": f"{settings.DEFENCE_WAITED_SECONDS} seconds",
            "all_waited_burst": settings.DEFENCE_ALL_WAITED_TRIES,
            "all_waited_step": f"{settings.DEFENCE_ALL_WAITED_SECONDS} seconds",
        }
    )
