"""Which role may do what: the only place that knows all rooms.

The groups are made, and set to exactly what stands here, after every migrate; a right that is wanted by hand goes
to a group of the charity's own. Money itself nobody may change, add or delete, whatever a role says: see
almoner/kit/staff/read_only.py and the laws of the ledger.
"""

from collections.abc import Iterable
from fnmatch import fnmatchcase
from typing import Any

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupApprovalTask, GroupCollectionPermission, GroupPagePermission, Page

ADMIN = "wagtailadmin.access_admin"
SEE_GIVING = [f"donations.view_{noun}" for noun in ("donation", "donor", "appeal", "declaration")]
SEE_REGULAR = ["donations.view_regulargift", "donations.view_payment"]
LETTERS = ["donations.view_letter", "donations.change_letterwords", "donations.view_letterwords"]
SEND_LETTERS = ["donations.resend_receipt", "donations.write_statements"]
SEE_STRIPE = [f"donations.view_{noun}" for noun in ("refund", "dispute", "payout", "reconciliation")]
SEE_FUNDS = ["ledger.view_fund"]
SEE_BOOKS = ["ledger.view_entry", "ledger.view_line", "ledger.view_proof", "ledger.view_seal"]
SEE_GRANTS = ["grants.view_*"]

# A star stands for any word; a line without one names one permission.
ROLES: dict[str, list[str]] = {
    # Writes pages, snippets and pictures, and publishes all but those about health. Never sees donors.
    "Editor": [ADMIN, "content.*", "wagtailredirects.*", "wagtailsearchpromotions.*"],
    # Reads pages about health as a clinician, when asked. Changes nothing after having approved it.
    "Clinical reviewer": [ADMIN, "content.view_reviewlink"],
    # Reads them as somebody who is no clinician.
    "Lay reviewer": [ADMIN],
    # Publishes what was read, pages about health among them.
    "Publisher": [
        *(ADMIN, "content.publish_health_page", "content.add_reviewlink", "content.change_reviewlink"),
        *("content.view_*", "content.change_reviewsettings", "wagtailredirects.*"),
    ],
    # Runs appeals, sees gifts and donors, takes a list away for a stated purpose.
    "Fundraiser": [
        *(ADMIN, *SEE_GIVING, *SEE_REGULAR, *SEE_FUNDS, *LETTERS, *SEND_LETTERS),
        *("donations.add_appeal", "donations.change_appeal", "donations.export_donation"),
        *("donations.view_match", "donations.add_match", "donations.change_match", "donations.view_watchedminute"),
        *("donations.change_regulargift_for_donor", "donations.ask_refund"),
        *("donations.record_declaration", "donations.record_contactpermission", "donations.correct_donor"),
        "donations.view_datarequest",
        *("content.view_*", "content.add_endorsement", "content.change_endorsement"),
    ],
    # Keeps the books: records, imports, exports, confirms what the bank says. Never edits pages or a vote.
    "Finance": [
        *(ADMIN, *SEE_GIVING, *SEE_REGULAR, *SEE_STRIPE, *SEE_FUNDS, *SEE_BOOKS, *SEE_GRANTS, "ledger.prove"),
        *(*LETTERS, *SEND_LETTERS),
        *("donations.reconcile", "donations.change_appeal", "donations.approve_suggestedamount"),
        *("donations.view_match", "donations.view_watchedminute"),
        *("donations.record_gift", "donations.import_donation", "donations.export_donation"),
        *("donations.view_stripeevent", "donations.retry_stripeevent", "donations.view_exportlog"),
        *("donations.ask_refund", "donations.approve_refund", "donations.change_regulargift_for_donor"),
        *("donations.record_declaration", "donations.record_contactpermission", "donations.correct_donor"),
        *("grants.authorise_instalment", "grants.confirm_payment"),
    ],
    # Looks after programmes, applications and awards. Never votes, never pays.
    "Grants officer": [
        *(ADMIN, *SEE_FUNDS, *SEE_GRANTS, "grants.add_programme", "grants.change_programme"),
        *("grants.add_round", "grants.change_round"),
        *("grants.enter_application", "grants.open_resolution", "grants.make_award", "grants.request_instalment"),
    ],
    # Decides, on the board's own pages. Has no account in the admin and sees no donor's name.
    "Trustee": [*SEE_FUNDS, *SEE_GRANTS, "grants.vote_resolution"],
    # Looks after people, settings and the machinery.
    "Administrator": [
        *(ADMIN, *SEE_FUNDS, *SEE_BOOKS, "ledger.prove"),
        *("grants.view_board", "grants.add_board", "grants.change_board"),
        *("accounts.view_user", "accounts.add_user", "accounts.change_user", "auth.view_group"),
        *(
            "content.*_charitysettings",
            "content.*_reviewsettings",
            "wagtailcore.view_site",
            "wagtailcore.change_site",
            "wagtailredirects.*",
        ),
        *("donations.view_donation", "donations.import_donation", "donations.view_exportlog"),
        *("donations.view_stripeevent", "donations.retry_stripeevent", "donations.view_reconciliation"),
        *("donations.view_datarequest", "donations.answer_datarequest"),
        "donations.view_watchedminute",
    ],
}
# What a star would give and the role must not have.
WITHHELD: dict[str, list[str]] = {
    "Editor": [
        "content.*_charitysettings",
        "content.change_reviewsettings",
        "content.*_formmessage",
        "content.publish_health_page",
        "content.delete_reviewlink",
    ],
    "Publisher": ["content.*_charitysettings", "content.*_formmessage"],
    "Fundraiser": ["content.view_reviewlink", "content.*_charitysettings"],
}

# What each may do with the whole tree of pages, and with every collection of pictures and documents.
PAGES: dict[str, list[str]] = {
    "Editor": [
        "wagtailcore.add_page",
        "wagtailcore.change_page",
        "wagtailcore.publish_page",
        "wagtailcore.lock_page",
        "wagtailcore.unlock_page",
    ],
    # Whatever place: content.reviewing says which pages a clinician must have read.
    "Publisher": [
        "wagtailcore.change_page",
        "wagtailcore.publish_page",
        "wagtailcore.lock_page",
        "wagtailcore.unlock_page",
    ],
    # Stories and appeals as drafts; an editor publishes.
    "Fundraiser": ["wagtailcore.add_page", "wagtailcore.change_page"],
}
COLLECTIONS: dict[str, list[str]] = {
    "Editor": [
        *("wagtailimages.add_image", "wagtailimages.change_image", "wagtailimages.choose_image"),
        *("wagtaildocs.add_document", "wagtaildocs.change_document", "wagtaildocs.choose_document"),
    ],
    "Publisher": ["wagtailimages.choose_image", "wagtaildocs.choose_document"],
    "Fundraiser": [
        "wagtailimages.add_image",
        "wagtailimages.choose_image",
        "wagtaildocs.add_document",
        "wagtaildocs.choose_document",
    ],
}
WAGTAILS_OWN = ["Editors", "Moderators"]  # beside ours they would only confuse


def permissions_of(role: str, known: Iterable[str]) -> set[str]:
    """Which of the `known` permissions (“donations.view_donor”) the role holds."""
    withheld = WITHHELD.get(role, [])
    return {
        name
        for name in known
        if any(fnmatchcase(name, line) for line in ROLES[role])
        and not any(fnmatchcase(name, line) for line in withheld)
    }


def unknown_lines(known: Iterable[str]) -> set[str]:
    """Lines above that name no permission at all: a misspelling, or a room that is not built yet."""
    names = list(known)
    lines = {line for lines in [*ROLES.values(), *WITHHELD.values()] for line in lines}
    return {line for line in lines if not any(fnmatchcase(name, line) for name in names)}


def known_permissions() -> dict[str, Permission]:
    """Every permission that the installed rooms define, by its name."""
    found = Permission.objects.select_related("content_type")
    return {f"{each.content_type.app_label}.{each.codename}": each for each in found}


def establish(**of_the_signal: Any) -> None:
    """Make the roles and set each to what it may do. Run after every migrate; running it again changes nothing."""
    known = known_permissions()
    for role in ROLES:
        group, _ = Group.objects.get_or_create(name=role)
        group.permissions.set([known[name] for name in permissions_of(role, known)])
    _open_the_tree(known)
    retired = Group.objects.filter(name__in=WAGTAILS_OWN, user__isnull=True)
    for task in GroupApprovalTask.objects.filter(groups__in=retired).distinct():
        task.groups.add(Group.objects.get(name="Editor"))
    retired.delete()


def _open_the_tree(known: dict[str, Permission]) -> None:
    """Pages and collections carry their permissions by place: here, everything below the root."""
    page, collection = Page.get_first_root_node(), Collection.get_first_root_node()
    for table, place, rights in (
        (GroupPagePermission, {"page": page}, PAGES),
        (GroupCollectionPermission, {"collection": collection}, COLLECTIONS),
    ):
        if None in place.values():
            continue  # migrated backwards
        for role in ROLES:
            group = Group.objects.get(name=role)
            wanted = {known[name].pk for name in rights.get(role, []) if name in known}
            held = table.objects.filter(group=group, **place)
            held.exclude(permission__in=wanted).delete()
            for permission in wanted - set(held.values_list("permission", flat=True)):
                table.objects.create(group=group, permission_id=permission, **place)
