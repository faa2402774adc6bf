"""Who looks after a page hears in time that its review is due, once at each mark; the report shows the whole queue."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from content import reviews
from content.actions import reviewing
from content.models import ConditionPage, InfoPage, ReviewReminder, TreatmentPage
from content.reviews import Due
from tests.content.health.conftest import page_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)


@pytest.fixture
def due_in(hub, rowan, people):
    """Makes a page whose review is due in so many days."""

    def make(days, kind=InfoPage, keeper=people.editor, **more):
        page = page_of(hub, f"Due in {days}", kind, **more)
        due = TODAY + timedelta(days=days)
        page.mark_reviewed(by=rowan, on=due - timedelta(days=1095), next_on=due)
        page.keeper = keeper
        page.save_revision().publish()
        return page

    return make


def told() -> list[tuple[str, int]]:
    """Who was told of which page, at which mark."""
    return [(each.page.title, each.mark) for each in ReviewReminder.objects.order_by("pk")]


def test_the_keeper_hears_at_90_days_at_30_and_on_the_day_and_never_twice(due_in):
    page = due_in(90)
    for day in range(121):
        for _ in range(2):
            reviewing.remind(today=TODAY + timedelta(days=day))
    assert told() == [(page.title, 90), (page.title, 30), (page.title, 0)]


def test_a_day_too_far_away_is_not_spoken_of(due_in):
    due_in(91)
    assert reviewing.remind(today=TODAY) == 0


def test_after_a_night_without_a_worker_only_the_last_mark_is_told(due_in):
    page = due_in(20)
    reviewing.remind(today=TODAY)
    assert told() == [(page.title, 30)]


def test_an_overdue_page_is_told_of_once(due_in):
    page = due_in(-40)
    for day in range(5):
        reviewing.remind(today=TODAY + timedelta(days=day))
    assert told() == [(page.title, 0)]


def test_a_new_review_begins_the_marks_anew(due_in, rowan):
    page = due_in(0)
    reviewing.remind(today=TODAY)
    page.mark_reviewed(by=rowan, on=TODAY, next_on=TODAY + timedelta(days=30))
    page.save_revision().publish()
    reviewing.remind(today=TODAY)
    assert told() == [(page.title, 0), (page.title, 30)]


def test_a_page_that_is_not_published_has_nobody_told(due_in):
    due_in(0).unpublish()
    assert reviewing.remind(today=TODAY) == 0


def test_without_a_keeper_whoever_made_the_page_is_told_else_all_who_publish(due_in, people):
    page = due_in(0, keeper=None)
    page = reviews.queue().get(pk=page.pk)
    assert people.editor in reviewing.who_looks_after(page)
    page.owner = people.fundraiser
    assert list(reviewing.who_looks_after(page)) == [people.fundraiser]


def test_the_letter_names_page_and_day_and_leads_to_the_editor(due_in, people, settings):
    page = due_in(-40)
    reviewing.remind(today=TODAY)
    reminder = ReviewReminder.objects.get()
    assert ProcrastinateJob.objects.filter(task_name="content.send_review_reminder").count() == 1
    assert reviewing.send(reminder_id=reminder.pk)
    assert not reviewing.send(reminder_id=reminder.pk)
    [letter] = mail.outbox
    assert letter.to == [people.editor.email]
    assert page.title in letter.subject
    assert "18 October 2026" in letter.body
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in letter.body


@pytest.mark.parametrize(
    ("days", "due"),
    [(-1, Due.OVERDUE), (0, Due.SOON), (30, Due.SOON), (31, Due.COMING), (90, Due.COMING), (91, Due.LATER)],
)
def test_how_soon_a_review_is_due(due_in, days, due):
    page = due_in(days)
    assert reviews.due_of(page.next_review_on, TODAY) == due
    assert [each.pk for each in reviews.that_are(due, TODAY, reviews.queue())] == [page.pk]


def test_the_queue_holds_every_kind_of_page_those_never_reviewed_first(due_in, hub):
    later, sooner = due_in(50), due_in(10, TreatmentPage)
    never = page_of(hub, "Carcinoid", ConditionPage, slug="carcinoid")
    page_of(hub, "Our groups", InfoPage, slug="groups")
    assert [page.pk for page in reviews.queue()] == [never.pk, sooner.pk, later.pk]


def test_the_report_tells_what_was_changed_since_and_takes_few_queries(
    client, due_in, people, django_assert_max_num_queries
):
    client.force_login(people.editor)
    for days in range(-5, 5):
        due_in(days, TreatmentPage)
    edited = TreatmentPage.objects.first()
    edited.title = "Treatments, and their names"
    edited.save_revision()
    address = reverse("content_reviews:queue")
    client.get(address)
    with django_assert_max_num_queries(30):
        page = client.get(address).content.decode()
    assert page.count("Changed since it was reviewed.") == 1
    assert "Due in -4" in page
    only = client.get(f"{address}?due=overdue").content.decode()
    assert "Due in 3" not in only


def test_the_report_is_for_those_who_work_on_pages(client, people):
    client.force_login(people.finance_officer)
    assert client.get(reverse("content_reviews:queue")).status_code in (302, 403)
