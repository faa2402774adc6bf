"""What was declared and refused is guarded by the database: each law broken on purpose, as the role that serves."""

import pytest
from django.db import Error, connection

from donations.actions import declaring, permitting
from donations.models import Declaration, Suppression
from tests.donations.lives.test_laws import as_the_app, refusal
from tests.factories import payments

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(nurse_appeal):
    """A donor who declared on paper, with a scan of it, and wants no letters."""
    donor = payments.gift(nurse_appeal).donor
    made = payments.declaration(donor)
    made.scans.create(kind="pdf", size=9, digest="0" * 64, file="scans/S", added_by=payments.office())
    permitting.record(channel="email", basis="none", source="by telephone", donor=donor)
    return donor


BROKEN = {
    "declaration_stands": [
        "UPDATE donations_declaration SET recorded_by_id = NULL",
        "UPDATE donations_declaration SET token = gen_random_uuid()",
        "UPDATE donations_declaration SET shown = 'other words'",
    ],
    "declaration_is_kept": ["DELETE FROM donations_declaration"],
    "scan_stands": [
        "UPDATE donations_declarationscan SET file = 'scans/other'",
        "UPDATE donations_declarationscan SET digest = 'other'",
        "UPDATE donations_declarationscan SET kind = 'png'",
    ],
    "permission_stands": [
        "UPDATE donations_contactpermission SET digest = 'other'",
        "UPDATE donations_contactpermission SET basis = 'consent'",
    ],
    "suppression_stands": [
        "UPDATE donations_suppression SET digest = 'other'",
        "UPDATE donations_suppression SET channel = 'post'",
    ],
    "suppression_is_lifted_by_a_yes": ["DELETE FROM donations_suppression"],
}


def test_each_law_says_no_by_name_to_whatever_breaks_it(ada):
    for law, attempts in BROKEN.items():
        for sql in attempts:
            assert refusal(sql) == law, sql


@pytest.mark.parametrize("said", ["the office hears a yes", "an older yes", "a yes to another channel"])
def test_only_her_own_yes_that_came_after_it_takes_an_address_off_the_list(ada, people, said):
    match said:
        case "the office hears a yes":
            permitting.record(channel="email", basis="consent", source="by telephone", donor=ada, by=people.fundraiser)
        case "an older yes":
            permitting.record(channel="email", basis="consent", source="donor’s page", donor=ada)
            permitting.record(channel="email", basis="none", source="donor’s page", donor=ada)
        case "a yes to another channel":
            permitting.record(channel="post", basis="consent", source="donor’s page", donor=ada)
    assert refusal("DELETE FROM donations_suppression WHERE channel = 'email'") == "suppression_is_lifted_by_a_yes"
    permitting.record(channel="email", basis="consent", source="donor’s page", donor=ada)
    assert not Suppression.objects.filter(channel="email").exists()


def test_the_newest_no_stays_the_newest(ada):
    before = Suppression.objects.get().since
    as_the_app("UPDATE donations_suppression SET since = since - interval '1 day'")
    assert Suppression.objects.get().since == before


def test_the_role_that_serves_lifts_and_renews_as_the_laws_allow(ada):
    as_the_app("UPDATE donations_suppression SET since = since + interval '1 second'")
    permitting.record(channel="email", basis="none", source="donor’s page", donor=ada)
    assert Suppression.objects.count() == 1


@pytest.mark.parametrize(("channel", "somebody"), [("paper", False), ("oral", False), ("online", True)])
def test_who_recorded_it_is_said_of_paper_and_of_what_was_spoken_and_of_nothing_else(ada, channel, somebody):
    by = payments.office() if somebody else None
    with pytest.raises(Error) as error:
        declaring.declare(declared=payments.declares(), channel=channel, donor=ada, by=by)
    assert error.value.__cause__.diag.constraint_name == "declaration_says_who_recorded_it"


def test_a_declaration_of_before_of_which_nobody_knows_who_recorded_it_can_be_cancelled(ada):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE donations_declaration DISABLE TRIGGER declaration_stands")
        cursor.execute("UPDATE donations_declaration SET recorded_by_id = NULL")
        cursor.execute("ALTER TABLE donations_declaration ENABLE TRIGGER declaration_stands")
    declaring.cancel(declaration=Declaration.objects.get())
    assert Declaration.objects.get().cancelled_on


def test_what_was_declared_with_a_gift_that_never_came_can_go_with_its_pledge(nurse_appeal):
    declaring.declare(declared=payments.declares(), pledge=payments.pledge(nurse_appeal))
    as_the_app("DELETE FROM donations_declaration")
    assert not Declaration.objects.exists()
