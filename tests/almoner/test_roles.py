"""Roles: what each may do is what almoner/roles.py says, and nothing more."""

import pytest
from django.contrib.auth.models import Group

from almoner import roles

pytestmark = pytest.mark.django_db


def test_after_migrating_every_role_is_there_with_its_permissions():
    known = roles.known_permissions()
    for role in roles.ROLES:
        held = Group.objects.get(name=role).permissions.select_related("content_type")
        names = {f"{each.content_type.app_label}.{each.codename}" for each in held}
        assert names == roles.permissions_of(role, known)
        assert names


def test_no_role_asks_for_a_permission_that_does_not_exist():
    """A room's lines are checked from the day it has permissions."""
    known = roles.known_permissions()
    rooms = {name.partition(".")[0] for name in known}
    assert {line for line in roles.unknown_lines(known) if line.partition(".")[0] in rooms} == set()


def test_wagtails_own_groups_do_not_stand_beside_ours():
    assert set(Group.objects.values_list("name", flat=True)) == set(roles.ROLES)


def test_a_permission_given_to_a_role_by_hand_is_taken_back_at_the_next_migrate(people):
    known = roles.known_permissions()
    Group.objects.get(name="Editor").permissions.add(known["donations.view_donor"])
    roles.establish()
    assert not people.editor.has_perm("donations.view_donor")


def test_nobody_has_a_right_to_change_add_or_delete_money():
    for role in roles.ROLES:
        for name in roles.permissions_of(role, roles.known_permissions()):
            room, _, code = name.partition(".")
            verb, _, noun = code.partition("_")
            if verb in {"add", "change", "delete"}:
                assert room != "ledger", (role, name)
                assert noun not in {"donation", "donor", "pledge", "stripeevent", "letter", "award"}, (role, name)


def test_trustees_have_no_account_in_the_admin_and_see_no_donor(people):
    assert not people.chair.has_perm("wagtailadmin.access_admin")
    assert not people.chair.has_perm("donations.view_donor")
    assert not people.chair.has_perm("donations.view_donation")


def test_an_editor_publishes_pages_and_sees_no_donor(people):
    from wagtail.models import Page

    assert Page.get_first_root_node().permissions_for_user(people.editor).can_publish_subpage()
    assert not people.editor.has_perm("donations.view_donation")


def test_an_editor_does_not_change_the_charitys_number(people):
    assert not people.editor.has_perm("content.change_charitysettings")


def test_a_grants_officer_neither_votes_nor_pays():
    held = roles.permissions_of("Grants officer", ALL_OF_GRANTS)
    assert not held & {"grants.vote_resolution", "grants.authorise_instalment", "grants.confirm_payment"}


def test_finance_does_not_vote():
    assert "grants.vote_resolution" not in roles.permissions_of("Finance", ALL_OF_GRANTS)


ALL_OF_GRANTS = [
    "grants.vote_resolution",
    "grants.enter_application",
    "grants.open_resolution",
    "grants.make_award",
    "grants.request_instalment",
    "grants.authorise_instalment",
    "grants.confirm_payment",
]
