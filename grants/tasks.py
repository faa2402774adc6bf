"""The jobs of grants. Each can run twice without harm."""

from procrastinate.contrib.django import app

from grants.actions import deciding


@app.periodic(cron="* * * * *")
@app.task(name="grants.close_overdue", queueing_lock="close_overdue")
def close_overdue(timestamp: int) -> None:
    """Every minute: voting whose deadline has passed is counted."""
    deciding.close_overdue()
