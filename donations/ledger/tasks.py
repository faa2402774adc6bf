"""The job of the ledger: its nightly proof, which the dashboard and /healthz show."""

import logging

from almoner.kit.jobs import app
from donations.ledger import proving

logger = logging.getLogger(__name__)


@app.periodic(cron="0 2 * * *")
@app.task(name="ledger.prove", queueing_lock="prove_ledger")
def prove(timestamp: int) -> None:
    """Every night at two: compare every total with its lines, and every seal with its month."""
    proof = proving.prove()
    if not proof.holds:
        logger.error("The books do not agree: %s. `manage.py prove` names each.", proof.findings)
