"""Phases with met criteria are a part of a solution: the lists in memory hear of changes."""

from django.db import migrations

TABLE = "profiles_metphase"
EVENTS = {"INSERT": ["NEW"], "UPDATE": ["NEW", "OLD"], "DELETE": ["OLD"]}


def create_triggers(apps, schema_editor):
    for event, tables in EVENTS.items():
        for rows in tables:
            schema_editor.execute(
                f"CREATE TRIGGER note_{event.lower()}_{rows.lower()} AFTER {event} ON {TABLE} "
                f"REFERENCING {rows} TABLE AS changed "
                "FOR EACH STATEMENT EXECUTE FUNCTION note_changed_parts()"
            )
    schema_editor.execute(
        f"CREATE TRIGGER note_all AFTER TRUNCATE ON {TABLE} "
        "FOR EACH STATEMENT EXECUTE FUNCTION note_that_all_may_have_changed()"
    )


def drop_triggers(apps, schema_editor):
    for event, tables in EVENTS.items():
        for rows in tables:
            schema_editor.execute(
                f"DROP TRIGGER note_{event.lower()}_{rows.lower()} ON {TABLE}"
            )
    schema_editor.execute(f"DROP TRIGGER note_all ON {TABLE}")


class Migration(migrations.Migration):
    dependencies = [("profiles", "0004_solution_changes")]

    operations = [migrations.RunPython(create_triggers, drop_triggers)]
