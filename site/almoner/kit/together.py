"""Operations of a migration that are done together, so that Django draws its models once and not anew after each."""

from collections.abc import Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class Together(Operation):
    """One operation after another, each between the state before them all and the state after them all.

    So a new table has its columns, constraints and indexes from the beginning, those that name a later table too, and
    what adds them to it finds them there. An empty database is migrated in half the time.
    """

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations
        made = {each.name_lower for each in operations if isinstance(each, CreateModel)}
        self.done_here = [
            each
            for each in operations
            if not (isinstance(each, AddField | AddConstraint | AddIndex) and each.model_name_lower in made)
        ]

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """What is drawn is let go; Django draws it again when it is next asked for."""
        state.__dict__.pop("apps", None)
        for each in self.operations:
            each.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """In their order."""
        for each in self.done_here:
            each.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """In the opposite order."""
        for each in reversed(self.done_here):
            each.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """All of them."""
        return "; ".join(each.describe() for each in self.operations)
