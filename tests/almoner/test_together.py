"""Operations of a migration that are done together: tables that name one another come at once, and go at once."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from almoner.kit.together import Together

KEY = ("id", models.BigAutoField(primary_key=True))


def pointing(to: str) -> models.ForeignKey:
    return models.ForeignKey(to, models.PROTECT, related_name="+")


@pytest.mark.django_db
def test_tables_that_name_one_another_come_together_and_go_together():
    together = Together(
        [
            migrations.CreateModel("Harbour", [KEY, ("pilot", pointing("sea.Pilot"))]),
            migrations.CreateModel("Pilot", [KEY, ("harbour", pointing("sea.Harbour"))]),
        ]
    )
    before = ProjectState()
    after = before.clone()
    together.state_forwards("sea", after)
    tables = {"sea_harbour", "sea_pilot"}
    with connection.schema_editor(atomic=False) as editor:
        together.database_forwards("sea", editor, before, after)
    assert tables <= set(connection.introspection.table_names())
    with connection.schema_editor(atomic=False) as editor:
        together.database_backwards("sea", editor, after, before)
    assert not tables & set(connection.introspection.table_names())


@pytest.mark.django_db
def test_a_new_table_has_its_columns_and_laws_from_the_beginning():
    together = Together(
        [
            migrations.CreateModel("Harbour", [KEY]),
            migrations.AddField("harbour", "pilot", models.IntegerField()),
            migrations.AddConstraint(
                "harbour", models.CheckConstraint(condition=models.Q(pilot__gt=0), name="harbour_has_a_pilot")
            ),
        ]
    )
    before = ProjectState()
    after = before.clone()
    together.state_forwards("sea", after)
    with connection.schema_editor(atomic=False) as editor:
        together.database_forwards("sea", editor, before, after)
    with connection.cursor() as cursor:
        assert "harbour_has_a_pilot" in connection.introspection.get_constraints(cursor, "sea_harbour")
        columns = connection.introspection.get_table_description(cursor, "sea_harbour")
    assert [column.name for column in columns] == ["id", "pilot"]
    with connection.schema_editor(atomic=False) as editor:
        together.database_backwards("sea", editor, after, before)
    assert "sea_harbour" not in connection.introspection.table_names()


def test_what_was_drawn_before_is_drawn_again_with_what_is_new():
    state = ProjectState()
    assert list(state.apps.get_models()) == []
    Together([migrations.CreateModel("Harbour", [KEY])]).state_forwards("sea", state)
    assert [model.__name__ for model in state.apps.get_models()] == ["Harbour"]


def test_it_says_all_that_it_does():
    together = Together([migrations.CreateModel("Harbour", [KEY]), migrations.DeleteModel("Pilot")])
    assert together.describe() == "Create model Harbour; Delete model Pilot"
