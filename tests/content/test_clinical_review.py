"""Pages about health are read by a clinician and a lay reviewer before a publisher publishes them."""

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Workflow, WorkflowPage

from almoner import workflows
from content import reviewing
from content.models import InfoPage, Person
from content.models.review import months_after

pytestmark = pytest.mark.django_db


@pytest.fixture
def health(home) -> InfoPage:
    """The first page of a part of the tree that is about health."""
    hub = home.add_child(instance=InfoPage(title="Health information", slug="health", live=False))
    WorkflowPage.objects.create(page=hub, workflow=reviewing.clinical_workflow())
    return InfoPage.objects.get(pk=hub.pk)


@pytest.fixture
def page(health, people) -> InfoPage:
    """A draft beneath it, of the editor's."""
    draft = health.add_child(instance=InfoPage(title="Living with it", slug="living", live=False, owner=people.editor))
    draft.save_revision(user=people.editor)
    return InfoPage.objects.get(pk=draft.pk)


def fresh(page) -> InfoPage:
    return InfoPage.objects.get(pk=page.pk)


def approve(page, by) -> None:
    state = fresh(page).current_workflow_task_state
    assert state.task.specific.get_actions(page, by), f"{by} may approve this step"
    state.specific.approve(user=by)


def test_a_fresh_site_has_both_ways():
    steps = {flow.name: [task.name for task in flow.tasks] for flow in Workflow.objects.active()}
    assert steps == {
        "Plain publish": ["Publish"],
        "Clinical review": ["Read by a clinician", "Read by a lay reviewer", "Publish what was read"],
    }
    assert WorkflowPage.objects.get(page=Page.get_first_root_node()).workflow.name == "Plain publish"


def test_migrating_again_changes_nothing_that_the_charity_changed():
    Workflow.objects.filter(name="Clinical review").update(active=False)
    workflows.establish()
    assert Workflow.objects.filter(name="Clinical review").count() == 1
    assert not Workflow.objects.get(name="Clinical review").active


def test_it_is_read_twice_and_then_published(page, people):
    reviewing.clinical_workflow().start(page, people.editor)
    assert not fresh(page).live
    for who in (people.clinician, people.lay_reviewer):
        approve(page, who)
        assert not fresh(page).live
    approve(page, people.publisher)
    assert fresh(page).live


def test_nobody_takes_a_step_that_is_not_theirs(page, people):
    reviewing.clinical_workflow().start(page, people.editor)
    task = fresh(page).current_workflow_task
    for who in (people.editor, people.lay_reviewer, people.publisher, people.fundraiser):
        assert task.get_actions(page, who) == []


def test_what_is_edited_after_approval_is_read_again(page, people):
    workflow = reviewing.clinical_workflow()
    workflow.start(page, people.editor)
    approve(page, people.clinician)
    approve(page, people.lay_reviewer)
    changed = fresh(page)
    changed.standfirst = "Two tablets, not one."
    changed.save_revision(user=people.publisher)
    approve(page, people.publisher)
    assert not fresh(page).live, "the new words have no clinician yet"
    assert fresh(page).current_workflow_task.name == "Read by a clinician"


def walk(page, people, clinician=None) -> None:
    """All three steps, one after another."""
    reviewing.clinical_workflow().start(fresh(page), people.editor)
    for who in (clinician or people.clinician, people.lay_reviewer, people.publisher):
        approve(page, who)


def test_what_a_clinician_approved_says_when_and_by_whom_it_was_reviewed(client, page, people):
    doctor = Person.objects.create(name="Dr Rowan Pebblecombe", role="Oncologist", account=people.clinician)
    walk(page, people)
    read, today = fresh(page), timezone.localdate()
    assert (read.reviewed_on, read.reviewer) == (today, doctor)
    assert read.next_review_on == months_after(today, 36)
    assert not read.has_changed_since
    shown = client.get(read.url).content.decode()
    assert "Last reviewed in full" in shown
    assert "Dr Rowan Pebblecombe" in shown
    assert read.get_latest_revision_as_object().reviewed_on == today, "the editor's next draft knows it too"
    client.force_login(people.editor)
    history = client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
    assert "Reviewed as a whole by Dr Rowan Pebblecombe" in history


def test_nothing_is_said_before_the_last_step_nor_of_words_that_were_changed_since(page, people):
    reviewing.clinical_workflow().start(page, people.editor)
    approve(page, people.clinician)
    approve(page, people.lay_reviewer)
    assert fresh(page).reviewed_on is None
    changed = fresh(page)
    changed.standfirst = "Two tablets, not one."
    changed.save_revision(user=people.publisher)
    approve(page, people.publisher)
    assert fresh(page).get_latest_revision_as_object().reviewed_on is None
    for who in (people.clinician, people.lay_reviewer, people.publisher):
        approve(page, who)
    assert fresh(page).live
    assert fresh(page).standfirst == "Two tablets, not one."
    assert not fresh(page).has_changed_since


def test_a_correction_after_it_was_published_needs_a_clinician_again(page, people):
    walk(page, people)
    corrected = fresh(page)
    corrected.standfirst = "Two tablets, not one."
    corrected.save_revision(user=people.editor)
    assert fresh(page).standfirst == ""
    assert not corrected.permissions_for_user(people.editor).can_publish()
    reviewing.clinical_workflow().start(fresh(page), people.editor)
    assert fresh(page).current_workflow_task.name == "Read by a clinician"
    assert fresh(page).standfirst == ""


def test_a_clinician_whom_no_page_has_named_yet_is_kept_and_not_named(client, page, people):
    walk(page, people)
    reviewer = fresh(page).reviewer
    assert reviewer.name == people.clinician.get_full_name()
    assert not reviewer.live
    assert reviewer.name not in client.get(fresh(page).url).content.decode()
    other = page.get_parent().add_child(instance=InfoPage(title="Another", slug="another", live=False))
    other.save_revision(user=people.editor)
    walk(other, people)
    assert fresh(other).reviewer == reviewer, "one person, however often they read"


def test_a_page_of_news_is_published_as_ever(home, people):
    about = home.add_child(instance=InfoPage(title="About us", slug="about", live=False))
    about.save_revision(user=people.editor)
    about.get_workflow().start(about, people.editor)
    approve(about, people.editor)
    assert fresh(about).live
    assert fresh(about).reviewed_on is None


def test_a_revision_that_somebody_is_asked_to_read_is_not_written_over(page, people):
    read = page.latest_revision
    reviewing.clinical_workflow().start(page, people.editor)
    later = fresh(page)
    later.standfirst = "Saved by itself while somebody reads."
    saved = later.save_revision(user=people.editor, overwrite_revision=read)
    assert saved.pk != read.pk
    read.refresh_from_db()
    assert read.content["standfirst"] == ""


def test_what_nobody_was_asked_to_read_is_written_over_as_ever(page, people):
    saved = page.save_revision(user=people.editor, overwrite_revision=page.latest_revision)
    assert saved.pk == page.latest_revision_id


@pytest.mark.parametrize(("who", "may"), [("editor", False), ("publisher", True), ("administrator", True)])
def test_who_publishes_a_page_about_health(page, people, who, may):
    person = getattr(people, who)
    assert fresh(page).permissions_for_user(person).can_publish() is may
    assert Page.objects.get(pk=page.pk).permissions_for_user(person).can_publish() is may
    assert fresh(page).get_parent().permissions_for_user(person).can_publish_subpage() is may


def test_an_editor_publishes_everything_else(home, people):
    about = home.add_child(instance=InfoPage(title="About us", slug="about"))
    assert about.permissions_for_user(people.editor).can_publish()


def test_an_editor_sees_no_button_and_gets_nothing_published(client, page, people):
    client.force_login(people.editor)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    shown = client.get(address).content.decode()
    assert "action-publish" not in shown
    assert "Submit to Clinical review" in shown
    form = {"title": page.title, "slug": page.slug, "standfirst": "", "body-count": "0", "action-publish": "1"}
    client.post(address, form | {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"})
    assert not fresh(page).live


def test_a_page_is_not_copied_past_the_clinician(client, page, health, home, people):
    news = home.add_child(instance=InfoPage(title="Open day", slug="open-day", owner=people.editor))
    news.save_revision().publish()
    client.force_login(people.editor)
    form = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": health.pk, "publish_copies": "on"}
    copying = reverse("wagtailadmin_pages:copy", args=[news.pk])
    assert "permission to publish pages at" in client.post(copying, form).content.decode()
    assert not InfoPage.objects.child_of(health).filter(slug="copy").exists()
    client.post(copying, {name: value for name, value in form.items() if name != "publish_copies"})
    assert not InfoPage.objects.child_of(health).get(slug="copy").live


def test_a_reviewer_finds_on_the_dashboard_what_waits(client, page, people):
    reviewing.clinical_workflow().start(page, people.editor)
    client.force_login(people.clinician)
    assert "Living with it" in client.get(reverse("wagtailadmin_home")).content.decode()
    client.force_login(people.lay_reviewer)
    assert "Living with it" not in client.get(reverse("wagtailadmin_home")).content.decode()
