"""Matches say whether the criteria of a phase are met, so they hear of changes there, too."""

from django.db import migrations

TABLE = "profiles_metphase"
EVENTS = {"INSERT": "NEW", "UPDATE": "NEW", "DELETE": "OLD"}


def create_triggers(apps, schema_editor):
    for event, rows in EVENTS.items():
        schema_editor.execute(
            f"CREATE TRIGGER outdated_{event.lower()} AFTER {event} ON {TABLE} "
            f"REFERENCING {rows} TABLE AS changed "
            "FOR EACH STATEMENT EXECUTE FUNCTION solution_parts_outdated()"
        )


def drop_triggers(apps, schema_editor):
    for event in EVENTS:
        schema_editor.execute(f"DROP TRIGGER outdated_{event.lower()} ON {TABLE}")


class Migration(migrations.Migration):
    dependencies = [
        ("marketplace", "0002_outdated_triggers"),
        ("profiles", "0005_met_phase_changes"),
    ]

    operations = [migrations.RunPython(create_triggers, drop_triggers)]
