"""Which pages a clinician reads before they are published, and who may publish them.

The place decides: a page is about health where it is of a kind that says so (`is_health`), or where
the workflow of its part of the tree has a clinician in it. A kind that says so brings that workflow along.
"""

from typing import Any

from wagtail.models import Page, TaskState, Workflow, WorkflowPage

from content.models.review_link import ReviewLink

CLINICIANS, LAY_REVIEWERS, PUBLISHERS = "Clinical reviewer", "Lay reviewer", "Publisher"  # groups: almoner/roles.py
CLINICAL_REVIEW, PLAIN_PUBLISH = "Clinical review", "Plain publish"
PUBLISH_HEALTH = "content.publish_health_page"


def clinical_workflow() -> Workflow | None:
    """The workflow for pages about health, unless an administrator has done away with it."""
    found: Workflow | None = Workflow.objects.active().filter(name=CLINICAL_REVIEW).first()
    return found


def is_about_health(page: Any) -> bool:
    """Whether a clinician reads this page first."""
    if getattr(page, "is_health", False):
        return True
    workflow = page.get_workflow() if page.pk and page.path else None
    return workflow is not None and has_a_clinician(workflow)


def has_a_clinician(workflow: Workflow) -> bool:
    """Whether one of its steps belongs to clinicians."""
    steps = workflow.tasks.filter(groupapprovaltask__groups__name=CLINICIANS)
    return bool(steps.exists())


def may_publish(user: Any, page: Any) -> bool:
    """Whether this person, who may publish pages of this place, may publish this one."""
    return bool(user.is_superuser or user.has_perm(PUBLISH_HEALTH) or not is_about_health(page))


def give_workflow(page: Page) -> None:
    """A part of the tree that is about health has clinical review, from its first page down."""
    workflow = clinical_workflow()
    if workflow is not None and not WorkflowPage.objects.filter(page=page).exists() and not is_governed(page):
        WorkflowPage.objects.create(page=page, workflow=workflow)


def is_governed(page: Page) -> bool:
    """Whether the pages above it have given it a clinician."""
    workflow = Page.get_workflow(page)
    return workflow is not None and has_a_clinician(workflow)


def was_shown(revision: Any) -> bool:
    """Whether somebody was asked to read this revision: then it stays as they read it."""
    asked = TaskState.objects.filter(revision=revision)
    return bool(asked.exists() or ReviewLink.objects.filter(revision=revision).exists())
