"""Jobs: rows in PostgreSQL, enqueued in the transaction that causes them, so they are rolled back with it.

In a worker too, whose own way to the queue is a connection beside Django's: what went by that would be found before the
rows that it is about were committed.

Every job can be repeated without harm. Jobs of a worker that was killed stay `doing`; `retry_stalled_jobs`,
run every minute, gives them back. Wagtail enqueues through django-tasks; `ProcrastinateBackend` puts those
on the same queue.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus
from procrastinate import App, RetryStrategy
from procrastinate.contrib.django import app as _app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker
from procrastinate.exceptions import AlreadyEnqueued, UniqueViolation
from procrastinate.jobs import Status
from procrastinate.manager import JobManager

STALLED_AFTER = timedelta(seconds=30)  # without a heartbeat from its worker (one every 10 s) a job is stalled

app: App = _app  # procrastinate's own proxy; ready once Django is
_IN_OUR_TRANSACTION = JobManager(DjangoConnector())

GROWING_DELAY = RetryStrategy(max_attempts=12, exponential_wait=3)  # 3 s, 9 s, 27 s … about nine days in all


def on_app_ready(ready: App) -> None:
    """Called by procrastinate once Django is ready: registers the jobs that belong to nobody in particular."""
    ready.task(name="almoner.run_django_task")(run_django_task)
    stalled = ready.task(
        name="almoner.retry_stalled_jobs", queueing_lock="retry_stalled_jobs", pass_context=True, priority=2
    )
    ready.periodic(cron="* * * * *")(stalled(retry_stalled_jobs))


def run_django_task(path: str, args: list[Any], kwargs: dict[str, Any]) -> None:
    """Run one of Wagtail's own jobs, named by its import path."""
    task = import_string(path)
    task.call(*args, **kwargs)


async def retry_stalled_jobs(context: Any, timestamp: int) -> None:
    """Give back the jobs of workers that were killed in the middle of them; one that waits once is not put twice."""
    manager = context.app.job_manager
    at_once = timezone.now() - timedelta(hours=1)  # by the database's clock too, which may be behind this machine's
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER.total_seconds()):
        try:
            await manager.retry_job(job, retry_at=at_once)
        except UniqueViolation:
            await manager.finish_job(job, Status.FAILED, delete_job=False)


def _store(name: str, options: dict[str, Any], arguments: dict[str, Any]) -> int:
    """Store a job; its number."""
    deferrer = app.configure_task(name, **options)
    deferrer.job_manager = _IN_OUR_TRANSACTION
    return deferrer.defer(**arguments)


def enqueue(name: str, **arguments: Any) -> None:
    """Store the job `name`, known to the worker from a tasks.py; it is rolled back with the present transaction."""
    _store(name, {}, arguments)


def enqueue_later(name: str, wait: timedelta, **arguments: Any) -> None:
    """The same for a job that is to begin after a while."""
    _store(name, {"schedule_at": timezone.now() + wait}, arguments)


def enqueue_once(name: str, **arguments: Any) -> bool:
    """Store a job that never waits twice, as its own queueing lock says; False if it waits already."""
    try:
        with transaction.atomic():
            enqueue(name, **arguments)
    except AlreadyEnqueued:
        return False
    return True


def next_tries(name: str, argument: str) -> dict[int, datetime]:
    """When each job of this name that has failed is tried next, by one of its arguments; the soonest thousand."""
    waiting = ProcrastinateJob.objects.filter(task_name=name, status="todo", scheduled_at__isnull=False)
    found = waiting.order_by("scheduled_at").values_list(f"args__{argument}", "scheduled_at")[:1000]
    return dict(reversed(list(found)))


def worker_is_alive() -> bool:
    """Whether any worker has given a sign of life in the last minute."""
    return ProcrastinateWorker.objects.filter(last_heartbeat__gte=timezone.now() - timedelta(minutes=1)).exists()


class ProcrastinateBackend(BaseTaskBackend):
    """Puts the jobs that Wagtail enqueues through django-tasks on the one queue."""

    supports_defer = True

    def enqueue(self, task: Task[..., Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        """Store the job; it runs after the present transaction commits, and not at all if that rolls back."""
        self.validate_task(task)
        options: dict[str, Any] = {"queue": task.queue_name or "default", "priority": task.priority}
        if task.run_after:
            options["schedule_at"] = task.run_after
        what = {"path": task.module_path, "args": list(args), "kwargs": dict(kwargs)}
        job = _store("almoner.run_django_task", options, what)
        return TaskResult(
            task=task,
            id=str(job),
            status=TaskResultStatus.READY,
            enqueued_at=timezone.now(),
            started_at=None,
            finished_at=None,
            last_attempted_at=None,
            args=list(args),
            kwargs=dict(kwargs),
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )
