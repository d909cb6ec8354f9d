"""Many tables in one operation of a migration."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class CreateModels(Operation):
    """Make tables from models that are rendered once, when all of them are known.

    After each single `CreateModel`, Django renders anew every model that is related to it, which
    is nearly every other of ours: 20 seconds of a first start for what takes two.
    """

    def __init__(self, operations: Iterable[Operation]) -> None:
        self.operations = list(operations)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)  # the rendered models; asked for again, they are all new
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"Create {len(self.operations)} models"


def at_once(operations: Iterable[Operation]) -> Iterator[Operation]:
    """Join the tables that are made one after the other."""
    for makes_table, run in groupby(operations, lambda one: isinstance(one, CreateModel)):
        if makes_table:
            yield CreateModels(run)
        else:
            yield from run
