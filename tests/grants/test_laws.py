"""Each law broken on purpose, by plain SQL as the role that serves the site: the database says no, by name."""

import pytest
from django.db import Error, connection, transaction

from grants import exceptions
from grants.actions import deciding
from grants.models import Choice, Instalment
from tests.factories import funds, grants
from tests.people import Cast
from tests.staging import set_once

pytestmark = pytest.mark.django_db


def set_the_stage() -> dict[str, int]:
    """An open resolution that two have voted on and one is in conflict with; and a carried one with its award."""
    people = Cast()
    nurse_fund, resolution = grants.before_the_board(people)
    general = funds.general_fund()
    programme = resolution.application.programme
    done = grants.opened(
        grants.proposal(programme, by=people.grants_officer, title="Earlier"), (nurse_fund, "1,000"),
        by=people.grants_officer,
    )  # fmt: skip
    award = grants.carried(done, people)
    (instalment,) = grants.planned(award, people, "600")
    marina, sandy, finn, coral, wade = people.trustees
    grants.no_conflict(resolution, marina, sandy)
    deciding.declare(resolution=resolution, version=1, conflicted=True, nature="My sister.", by=wade)
    grants.votes(resolution, Choice.APPROVE, marina)
    draft = grants.drafted(
        grants.proposal(programme, by=people.grants_officer, title="Draft"),
        (nurse_fund, "10"),
        by=people.grants_officer,
    )
    return {
        "open": resolution.pk, "carried": done.pk, "draft": draft.pk, "award": award.pk, "instalment": instalment.pk,
        "marina": marina.pk, "sandy": sandy.pk, "finn": finn.pk, "coral": coral.pk, "wade": wade.pk,
        "delphine": people.grants_officer.pk, "pearl": people.finance_officer.pk, "general": general.pk,
        "nurse": nurse_fund.pk, "programme": programme.pk, "paper": resolution.papers.get().pk,
        "application": resolution.application_id, "board": resolution.board_id,
    }  # fmt: skip


@pytest.fixture(scope="module")
def numbers(django_db_setup, django_db_blocker):
    """The number of everything on the stage."""
    with set_once(django_db_blocker, set_the_stage) as found:
        yield found


@pytest.fixture
def stage(numbers, db):
    """The same, for one test."""
    return dict(numbers)


VOTE = "INSERT INTO grants_vote (resolution_id, version, trustee_id, choice, reason, casting) VALUES "
DECLARE = "INSERT INTO grants_interest (resolution_id, version, trustee_id, conflicted, nature) VALUES "


def change(noun: str, which: str, to: str) -> str:
    return f"UPDATE grants_{noun} SET {to} WHERE id = %({which})s"


def plan(pence="100", state="planned", held="", bank="", hands="NULL, NULL, NULL", paid="NULL, NULL") -> str:
    return (
        "INSERT INTO grants_instalment (award_id, number, pence, due_on, state, planned_by_id, condition,"
        " condition_evidence, held_for, bank_reference, attempt, requested_by_id, first_authoriser_id,"
        " second_authoriser_id, confirmed_by_id, paid_on)"
        f" VALUES (%(award)s, 9, {pence}, now(), '{state}', %(delphine)s, '', '', '{held}', '{bank}', 1, {hands},"
        f" {paid})"
    )


def award(resolution="NULL", source="An old minute", share: str = "") -> str:
    made = (
        "INSERT INTO grants_award (reference, resolution_id, source, programme_id, title, organisation,"
        " organisation_number, purpose_id, pence, decided_on, state, accepted_for_by)"
        f" SELECT 'A-1999-001', {resolution}, '{source}', %(programme)s, 't', 'o', '', purpose_id, 100, now(),"
        " 'resolved', '' FROM grants_programme WHERE id = %(programme)s"
    )
    return made + (
        f"; INSERT INTO grants_awardshare (award_id, fund_id, pence) SELECT id, {share}, 100 FROM grants_award"
        " WHERE reference = 'A-1999-001'"
        if share
        else ""
    )


ANOTHER_RESOLUTION = (
    "INSERT INTO grants_resolution (reference, application_id, board_id, version, deadline, state, waiting_for,"
    " drafted_by_id, minute, minute_digest) SELECT 'R-1', application_id, board_id, 1, deadline, 'drafting', '',"
    " drafted_by_id, '', '' FROM grants_resolution WHERE id = %(open)s"
)
PAID_FROM_ANOTHER_FUND = plan(pence="40000") + (
    "; INSERT INTO grants_instalmentshare (instalment_id, fund_id, pence)"
    " SELECT id, %(general)s, 40000 FROM grants_instalment WHERE number = 9"
)
EQUIPMENT = "(SELECT id FROM ledger_purpose WHERE code = 'equipment')"
ENDED = "closed_at = now()"
MET = "condition_met_on = now()"

BROKEN = [
    # Declaring and voting.
    ("resolution_is_open", VOTE + "(%(carried)s, 1, %(marina)s, 'approve', '', false)"),
    ("resolution_is_open", VOTE + "(%(draft)s, 1, %(marina)s, 'approve', '', false)"),
    ("resolution_is_open", VOTE + "(%(open)s, 1, %(marina)s, 'approve', '', true)"),
    ("resolution_is_open", DECLARE + "(%(carried)s, 1, %(marina)s, true, 'Late.')"),
    ("vote_is_on_this_version", VOTE + "(%(open)s, 2, %(marina)s, 'approve', '', false)"),
    ("declaration_is_on_this_version", DECLARE + "(%(open)s, 2, %(marina)s, false, '')"),
    ("voter_is_unconflicted", VOTE + "(%(open)s, 1, %(wade)s, 'approve', '', false)"),
    ("voter_is_unconflicted", VOTE + "(%(open)s, 1, %(coral)s, 'approve', '', false)"),
    ("declared_conflict_stands", DECLARE + "(%(open)s, 1, %(wade)s, false, '')"),
    ("conflict_is_described", DECLARE + "(%(open)s, 1, %(coral)s, true, '')"),
    ("vote_gives_its_reason", VOTE + "(%(open)s, 1, %(sandy)s, 'reject', '', false)"),
    ("vote_choice_is_known", VOTE + "(%(open)s, 1, %(sandy)s, 'perhaps', 'I do not know', false)"),
    # A resolution's life.
    ("resolution_is_quorate", change("resolution", "open", f"state = 'carried', minute = 'm', {ENDED}")),
    ("resolution_ends_once", change("resolution", "carried", "state = 'open'")),
    ("resolution_ends_once", change("resolution", "carried", "minute = 'Another minute'")),
    ("open_resolution_stands", change("resolution", "open", "quorum = 1")),
    ("open_resolution_stands", change("resolution", "open", "deadline = now() + interval '1 day'")),
    ("open_resolution_stands", change("resolution", "open", "state = 'drafting'")),
    ("versions_follow_each_other", change("resolution", "open", "version = 3")),
    ("open_resolution_has_a_paper", change("resolution", "open", "version = 2")),
    ("open_resolution_has_its_quorum", change("resolution", "draft", "state = 'open'")),
    ("only_a_counted_resolution_waits", change("resolution", "open", "waiting_for = 'something'")),
    ("closed_resolution_has_its_minute", change("resolution", "open", f"state = 'inquorate', {ENDED}")),
    ("application_is_before_the_board_once", ANOTHER_RESOLUTION),
    ("carried_resolution_is_reserved", award(resolution="%(open)s", source="", share="%(nurse)s")),
    # Papers, applications and awards stand; the record is added to.
    ("paper_stands", change("paper", "paper", "text = 'Other words'")),
    ("paper_stands", "UPDATE grants_resolutionshare SET pence = 1 WHERE paper_id = %(paper)s"),
    (
        "paper_stands",
        "INSERT INTO grants_resolutionshare (paper_id, fund_id, pence) VALUES (%(paper)s, %(general)s, 1)",
    ),
    ("application_stands", change("application", "application", "requested_pence = 1")),
    ("award_stands", change("award", "award", "pence = pence + 1")),
    ("instalment_stands", change("instalment", "instalment", "pence = pence + 1")),
    ("record_is_append_only", "UPDATE grants_vote SET choice = 'reject', reason = 'r' WHERE resolution_id = %(open)s"),
    ("record_is_append_only", "DELETE FROM grants_vote WHERE resolution_id = %(open)s"),
    ("record_is_append_only", "DELETE FROM grants_interest WHERE resolution_id = %(open)s"),
    ("record_is_append_only", "UPDATE grants_event SET action = 'nothing'"),
    ("record_is_append_only", "UPDATE grants_awardshare SET fund_id = %(general)s"),
    ("record_is_append_only", "DELETE FROM grants_instalmentshare"),
    ("record_is_append_only", "DELETE FROM grants_award WHERE id = %(award)s"),
    ("record_is_append_only", "DELETE FROM grants_resolution WHERE id = %(draft)s"),
    ("programme_purpose_stands", change("programme", "programme", f"purpose_id = {EQUIPMENT}")),
    (
        "programme_fund_serves_its_purpose",
        "INSERT INTO grants_programme (name, slug, purpose_id, fund_id, description)"
        f" VALUES ('x', 'x', {EQUIPMENT}, %(nurse)s, '')",
    ),
    # Money.
    ("shares_sum_to_award", award()),
    ("award_comes_from_a_resolution", award(source="")),
    ("instalments_within_award", plan(pence="40001")),
    ("shares_sum_to_instalment", plan(pence="40000")),
    ("instalment_shares_within_award", PAID_FROM_ANOTHER_FUND),
    # Three pairs of hands.
    ("requester_does_not_authorise", plan(state="authorised_once", hands="%(delphine)s, %(delphine)s, NULL")),
    (
        "requester_does_not_authorise_second",
        plan(state="authorised_twice", hands="%(delphine)s, %(pearl)s, %(delphine)s"),
    ),
    ("two_people_authorise", plan(state="authorised_twice", hands="%(delphine)s, %(pearl)s, %(pearl)s")),
    ("instalment_state_names_its_people", plan(state="due")),
    ("instalment_state_names_its_people", plan(state="authorised_twice", hands="%(delphine)s, %(pearl)s, NULL")),
    (
        "instalment_state_names_its_people",
        plan(state="confirmed", bank="B", hands="%(delphine)s, %(pearl)s, NULL", paid="%(pearl)s, now()"),
    ),
    (
        "instalment_state_names_its_people",
        plan(state="confirmed", hands="%(delphine)s, %(pearl)s, %(sandy)s", paid="%(pearl)s, now()"),
    ),
    ("held_instalment_says_why", plan(state="held")),
    (
        "condition_is_accepted_by_another",
        change(
            "instalment", "conditional", f"{MET}, condition_evidence = 'e', condition_accepted_by_id = planned_by_id"
        ),
    ),
    (
        "condition_is_met_with_evidence",
        change("instalment", "instalment", f"{MET}, condition_accepted_by_id = %(pearl)s"),
    ),
]


def law_that_spoke(sql: str, values: dict[str, int]) -> exceptions.GrantsError | None:
    """Run it as the app's role, with deferred laws speaking at once; the refusal, if there was one."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE almoner_app")
            cursor.execute(sql % {name: str(number) for name, number in values.items()})
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except Error as error:
        return exceptions.as_fact(error)
    return None


@pytest.mark.parametrize(("law", "sql"), BROKEN, ids=[f"{at}-{law}" for at, (law, _) in enumerate(BROKEN)])
def test_a_law_that_is_broken_is_refused_with_its_name_and_a_sentence(people, stage, law, sql):
    if "conditional" in sql:
        stage["conditional"] = with_a_condition(people, stage)
    refusal = law_that_spoke(sql, stage)
    assert refusal is not None, "the database let it pass"
    assert refusal.constraint == law
    assert refusal.sentence.endswith((".", "!")), refusal.sentence
    assert "%" not in refusal.sentence


def with_a_condition(people, stage) -> int:
    """An instalment with a condition that Delphine wrote."""
    award = Instalment.objects.get(pk=stage["instalment"]).award
    (instalment,) = grants.planned(award, people, "100", condition="A letter from the landlord.")
    return instalment.pk


def test_what_is_lawful_passes_as_the_apps_role(stage):
    assert law_that_spoke(VOTE + "(%(open)s, 1, %(sandy)s, 'reject', 'Too much.', false)", stage) is None


@pytest.mark.parametrize("table", ["vote", "interest", "event", "award", "instalment"])
def test_the_record_is_emptied_by_nobody_outside_the_tests(table):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname LIKE %s",
            [f"grants_{table}", "%no_truncate"],
        )
        assert cursor.fetchone() == (1,)
        cursor.execute("SELECT has_table_privilege('almoner_app', %s, 'TRUNCATE')", [f"grants_{table}"])
        assert cursor.fetchone() == (False,)


def test_every_named_law_of_the_tables_has_a_sentence():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid::regclass::text LIKE 'grants\\_%'"
            " AND contype IN ('c', 'u') AND conname NOT LIKE 'grants\\_%'"
            " UNION SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid::regclass::text LIKE 'grants\\_%'"
            " AND indisunique AND indpred IS NOT NULL"
        )
        names = {name for (name,) in cursor.fetchall()}
    assert len(names) > 40
    assert names - set(exceptions.SENTENCES) == set()


def test_no_sentence_is_about_a_law_that_is_gone():
    with connection.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint UNION SELECT relname FROM pg_class WHERE relkind = 'i'")
        names = {name for (name,) in cursor.fetchall()}
    assert set(exceptions.SENTENCES) - names == set()
