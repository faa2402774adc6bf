"""Jobs: stored with what causes them, tried again, taken up again when a worker dies."""

from datetime import timedelta

import pytest
from asgiref.sync import async_to_sync
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.testing import InMemoryConnector

from almoner.kit import jobs
from tests.walks.postman import work_through_the_jobs

pytestmark = pytest.mark.django_db(transaction=True)


def waiting() -> int:
    """How many jobs wait."""
    return rows("SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'")[0][0]


def rows(sql: str) -> list[tuple]:
    """What the database answers."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def test_a_job_is_rolled_back_with_what_caused_it():
    with transaction.atomic():
        jobs.enqueue("donations.send_letter", letter=1)
        assert waiting() == 1
        transaction.set_rollback(True)
    assert waiting() == 0


def test_in_a_worker_too_a_job_is_found_no_sooner_than_what_caused_it():
    beside = InMemoryConnector()  # as a worker has a way of its own to the queue
    with app.replace_connector(beside):
        with transaction.atomic():
            jobs.enqueue("donations.send_letter", letter=1)
            jobs.enqueue_later("donations.send_letter", timedelta(seconds=3), letter=2)
            assert waiting() == 2
            transaction.set_rollback(True)
        assert waiting() == 0
        assert jobs.enqueue_once("donations.send_what_waits")
        assert not jobs.enqueue_once("donations.send_what_waits")
    assert waiting() == 1
    assert beside.jobs == {}


def test_the_jobs_of_wagtail_run_on_the_same_queue():
    from wagtail.tasks import delete_file_from_storage_task

    deconstructed = ("django.core.files.storage.FileSystemStorage", [], {})
    with transaction.atomic():
        delete_file_from_storage_task.enqueue(list(deconstructed), "no-such-file.png")
    assert rows("SELECT task_name FROM procrastinate_jobs") == [("almoner.run_django_task",)]
    work_through_the_jobs()
    done = "SELECT status FROM procrastinate_jobs WHERE task_name = 'almoner.run_django_task'"
    assert rows(done) == [("succeeded",)]


def test_the_job_of_a_worker_that_died_is_given_back():
    jobs.enqueue("donations.send_letter", letter=1)
    with connection.cursor() as cursor:
        long_ago = "now() - interval '1 hour'"
        cursor.execute(f"INSERT INTO procrastinate_workers(last_heartbeat) VALUES ({long_ago}) RETURNING id")
        dead = cursor.fetchone()[0]
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s", [dead])
    assert waiting() == 0
    async_to_sync(give_back)()
    assert waiting() == 1


def test_the_job_of_a_worker_that_died_is_not_put_beside_one_that_waits_to_do_the_same():
    once = jobs.app.configure_task("donations.obey_what_waits", queueing_lock="obey_what_waits")
    once.defer()
    jobs.enqueue("donations.send_letter", letter=1)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers(last_heartbeat) VALUES (now() - interval '1 hour') RETURNING id"
        )
        dead = cursor.fetchone()[0]
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s", [dead])
    once.defer()
    async_to_sync(give_back)()
    stand = rows("SELECT task_name, status FROM procrastinate_jobs ORDER BY id")
    assert stand == [
        ("donations.obey_what_waits", "failed"),
        ("donations.send_letter", "todo"),
        ("donations.obey_what_waits", "todo"),
    ]


async def give_back() -> None:
    """Run the minutely job, as the worker does."""

    class Context:
        app = jobs.app

    await jobs.retry_stalled_jobs(Context(), timestamp=0)


def test_a_worker_is_alive_for_a_minute_after_its_last_sign():
    assert jobs.worker_is_alive() is False
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers(last_heartbeat) VALUES (now())")
        assert jobs.worker_is_alive() is True
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = %s", [timedelta_ago(minutes=2)])
    assert jobs.worker_is_alive() is False


def timedelta_ago(**ago: int):
    """A moment that long ago."""
    from django.utils import timezone

    return timezone.now() - timedelta(**ago)


def test_the_minutely_and_nightly_jobs_are_on_the_timetable():
    timetable = {(periodic.task.name, periodic.cron) for periodic in app.periodic_registry.periodic_tasks.values()}
    names = {name for name, _ in timetable}
    assert "almoner.retry_stalled_jobs" in names
    assert any("prove" in name for name in names)
