"""Who looks after a page hears in time that its review is due, once at each mark; the report shows the whole queue."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from wagtail.models import Site

from content import reviews
from content.actions import reminding, reviewing
from content.models import ConditionPage, InfoPage, Reminder, ReviewSettings, TreatmentPage
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
    return [(each.facts["title"], each.mark) for each in Reminder.objects.order_by("pk")]


def test_the_keeper_hears_at_90_days_at_30_and_on_the_day_and_never_twice(due_in):
    page = due_in(90)
    for day in range(121):
        for _ in range(2):
            reminding.remind(today=TODAY + timedelta(days=day))
    assert told() == [(page.title, 90), (page.title, 30), (page.title, 0)]


def test_a_day_too_far_away_is_not_spoken_of(due_in):
    due_in(91)
    assert reminding.remind(today=TODAY) == 0


def test_after_a_night_without_a_worker_only_the_last_mark_is_told(due_in):
    page = due_in(20)
    reminding.remind(today=TODAY)
    assert told() == [(page.title, 30)]


def test_an_overdue_page_is_told_of_once(due_in):
    page = due_in(-40)
    for day in range(5):
        reminding.remind(today=TODAY + timedelta(days=day))
    assert told() == [(page.title, 0)]


def test_a_new_review_begins_the_marks_anew(due_in, rowan):
    page = due_in(0)
    reminding.remind(today=TODAY)
    page.mark_reviewed(by=rowan, on=TODAY, next_on=TODAY + timedelta(days=30))
    page.save_revision().publish()
    reminding.remind(today=TODAY)
    assert told() == [(page.title, 0), (page.title, 30)]


def test_a_page_that_is_not_published_has_nobody_told(due_in):
    due_in(0).unpublish()
    assert reminding.remind(today=TODAY) == 0


def test_without_a_keeper_whoever_made_the_page_is_told_else_all_who_publish(due_in, people):
    page = due_in(0, keeper=None)
    page = reviews.queue().get(pk=page.pk)
    assert people.editor in reviewing.who_looks_after(page)
    page.owner = people.fundraiser
    assert list(reviewing.who_looks_after(page)) == [people.fundraiser]


def decide(**decided) -> None:
    """What the charity sets for reviews."""
    site = Site.objects.get(is_default_site=True)
    ReviewSettings.objects.update_or_create(site=site, defaults=decided)


def test_the_charity_decides_how_long_before_somebody_hears(due_in):
    page = due_in(60)
    decide(notice=[60, 14])
    for day in range(80):
        reminding.remind(today=TODAY + timedelta(days=day))
    assert told() == [(page.title, 60), (page.title, 14)]


def test_the_charity_decides_who_hears(due_in, people):
    page, editor, publisher = due_in(0), people.editor, people.publisher
    page = reviews.queue().get(pk=page.pk)
    decide(told="publishers")
    page.its_keeper = people.fundraiser.pk
    assert people.fundraiser not in reviewing.who_looks_after(page)
    assert publisher in reviewing.who_looks_after(page)
    decide(told="both")
    assert {people.fundraiser, editor, publisher} <= set(reviewing.who_looks_after(page))


def test_the_report_says_soon_and_coming_as_the_charity_decided(due_in):
    page = due_in(20)
    assert reviews.due_of(page.next_review_on, TODAY) == Due.SOON
    decide(notice=[45, 10, 0])
    assert reviews.due_of(page.next_review_on, TODAY) == Due.COMING
    assert [each.pk for each in reviews.that_are(Due.COMING, TODAY, reviews.queue())] == [page.pk]


def test_a_publisher_decides_on_reviews_and_an_editor_does_not(client, hub, people):
    site = Site.objects.get(is_default_site=True)
    address = f"/admin/settings/content/reviewsettings/{site.pk}/"
    form = {"months": "24", "notice": "30, 60, 30, 0", "told": "both"}
    client.force_login(people.editor)
    client.post(address, form)
    assert ReviewSettings.ours().months == 36
    client.force_login(people.publisher)
    assert "With commas" in client.get(address).content.decode()
    assert client.post(address, form).status_code == 302
    assert (ReviewSettings.ours().months, ReviewSettings.ours().notice) == (24, [60, 30, 0])
    refused = client.post(address, {**form, "months": "0", "notice": ""}).content.decode()
    assert "greater than or equal to 1" in refused
    assert ReviewSettings.ours().months == 24


@pytest.mark.parametrize(
    ("wrong", "law"),
    [({"months": 0}, "review_comes_within_ten_years"), ({"notice": []}, "review_is_given_some_notice")],
)
def test_the_database_refuses_a_review_that_never_comes(hub, wrong, law):
    with pytest.raises(IntegrityError, match=law), transaction.atomic():
        decide(**wrong)


def test_a_letter_that_never_left_is_asked_for_again(due_in):
    due_in(90)
    reminding.remind(today=TODAY)
    Reminder.objects.update(written_at=timezone.now() - timedelta(days=2))
    reminding.remind(today=TODAY)
    assert ProcrastinateJob.objects.filter(task_name="content.send_reminder").count() == 2
    assert len(told()) == 1


def test_the_letter_names_page_and_day_and_leads_to_the_editor(due_in, people, settings):
    page = due_in(-40)
    reminding.remind(today=TODAY)
    reminder = Reminder.objects.get()
    assert ProcrastinateJob.objects.filter(task_name="content.send_reminder").count() == 1
    assert reminding.send(reminder_id=reminder.pk)
    assert not reminding.send(reminder_id=reminder.pk)
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
