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


def test_what_was_drawn_before_is_drawn_again_with_what_is_new():
    state = ProjectState()
    assert list(state.apps.get_models()) == []
    Together([migrations.CreateModel("Harbour", [KEY])]).state_forwards("sea", state)
    assert [model.__name__ for model in state.apps.get_models()] == ["Harbour"]


def test_it_says_all_that_it_does():
    together = Together([migrations.CreateModel("Harbour", [KEY]), migrations.DeleteModel("Pilot")])
    assert together.describe() == "Create model Harbour; Delete model Pilot"
