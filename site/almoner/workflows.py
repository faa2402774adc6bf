"""The ways by which a page comes to be published. Made once, after a migrate; from then on they are the charity's own.

Health: a clinician reads, then a lay reader, then a publisher publishes; whatever is edited in between begins anew
(WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT). Everything else: an editor publishes.
"""

from django.contrib.auth.models import Group
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

from content import reviewing
from content.models.base import BasePage

WAGTAILS_OWN = "Moderators approval"
STEPS: dict[str, list[tuple[str, list[str]]]] = {
    reviewing.PLAIN_PUBLISH: [("Publish", ["Editor", reviewing.PUBLISHERS])],
    reviewing.CLINICAL_REVIEW: [
        ("Read by a clinician", [reviewing.CLINICIANS]),
        ("Read by a lay reviewer", [reviewing.LAY_REVIEWERS]),
        ("Publish what was read", [reviewing.PUBLISHERS]),
    ],
}


def establish() -> None:
    """Make those that were never made, and give them to their parts of the tree."""
    made = {
        name: _make(name, steps) for name, steps in STEPS.items() if not Workflow.objects.filter(name=name).exists()
    }
    root = Page.get_first_root_node()
    if root is None:
        return  # migrated backwards
    if reviewing.PLAIN_PUBLISH in made:
        _replace_wagtails_own(root, made[reviewing.PLAIN_PUBLISH])
    for kind in health_pages():
        for page in kind.objects.order_by("path"):
            reviewing.give_workflow(page)


def health_pages() -> list[type[BasePage]]:
    """The kinds of page that a clinician reads first."""
    found, asked = [], [BasePage]
    while asked:
        kind = asked.pop()
        asked += kind.__subclasses__()
        if kind.is_health and not kind._meta.abstract:
            found.append(kind)
    return found


def _make(name: str, steps: list[tuple[str, list[str]]]) -> Workflow:
    workflow = Workflow.objects.create(name=name)
    for order, (title, groups) in enumerate(steps):
        task = GroupApprovalTask.objects.create(name=title)
        task.groups.set(Group.objects.filter(name__in=groups))
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    return workflow


def _replace_wagtails_own(root: Page, plain: Workflow) -> None:
    """On the whole tree ours, in place of Wagtail's, which Wagtail makes for groups that we do not have."""
    theirs = Workflow.objects.filter(name=WAGTAILS_OWN, active=True).first()
    if theirs is None or WorkflowPage.objects.filter(page=root).exclude(workflow=theirs).exists():
        return
    if not theirs.workflow_states.exists():
        theirs.deactivate()
        for task in theirs.tasks:
            task.deactivate()
    WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": plain})
