"""Note what has changed, by statement triggers: whatever saves, no match is stale unseen."""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION note_outdated(what text, ids bigint[]) RETURNS void LANGUAGE sql AS $$
-- In order, so that two writers of the same rows wait for each other in one direction.
INSERT INTO marketplace_outdated (kind, object_id, changes)
SELECT what, id, 1 FROM (SELECT DISTINCT unnest(ids) AS id) AS changed ORDER BY id
ON CONFLICT (kind, object_id) DO UPDATE SET changes = marketplace_outdated.changes + 1
$$;

CREATE FUNCTION solution_outdated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM note_outdated('solution', array(SELECT id FROM changed));
    RETURN NULL;
END $$;

CREATE FUNCTION solution_parts_outdated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM note_outdated('solution', array(SELECT solution_id FROM changed));
    RETURN NULL;
END $$;

CREATE FUNCTION need_outdated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM note_outdated('need', array(SELECT id FROM changed));
    RETURN NULL;
END $$;

CREATE FUNCTION need_parts_outdated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM note_outdated('need', array(SELECT need_id FROM changed));
    RETURN NULL;
END $$;
"""

# (table, function, the events after which matches may differ)
TRIGGERS = [
    ("profiles_solution", "solution_outdated", ["INSERT", "UPDATE"]),
    ("profiles_solution_topics", "solution_parts_outdated", ["INSERT", "DELETE"]),
    ("profiles_solution_regions", "solution_parts_outdated", ["INSERT", "DELETE"]),
    ("profiles_standardclaim", "solution_parts_outdated", ["INSERT", "UPDATE", "DELETE"]),
    ("profiles_deployment", "solution_parts_outdated", ["INSERT", "UPDATE", "DELETE"]),
    ("challenges_need", "need_outdated", ["INSERT", "UPDATE"]),
    ("challenges_need_topics", "need_parts_outdated", ["INSERT", "DELETE"]),
    ("challenges_need_standards", "need_parts_outdated", ["INSERT", "DELETE"]),
    ("challenges_need_wished_standards", "need_parts_outdated", ["INSERT", "DELETE"]),
]
FUNCTION_NAMES = [
    "solution_outdated()",
    "solution_parts_outdated()",
    "need_outdated()",
    "need_parts_outdated()",
    "note_outdated(text, bigint[])",
]
EXISTING = """
SELECT note_outdated('solution', array(SELECT id FROM profiles_solution));
SELECT note_outdated('need', array(SELECT id FROM challenges_need))
"""


def create_triggers(apps, schema_editor):
    for table, function, events in TRIGGERS:
        for event in events:
            rows = "OLD" if event == "DELETE" else "NEW"
            schema_editor.execute(
                f"CREATE TRIGGER outdated_{event.lower()} AFTER {event} ON {table} "
                f"REFERENCING {rows} TABLE AS changed "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
            )


def drop_triggers(apps, schema_editor):
    for table, _, events in TRIGGERS:
        for event in events:
            schema_editor.execute(f"DROP TRIGGER outdated_{event.lower()} ON {table}")


class Migration(migrations.Migration):
    dependencies = [("marketplace", "0001_tables")]

    operations = [
        migrations.RunSQL(
            FUNCTIONS, "; ".join(f"DROP FUNCTION {name}" for name in FUNCTION_NAMES)
        ),
        migrations.RunPython(create_triggers, drop_triggers),
        migrations.RunSQL(EXISTING, migrations.RunSQL.noop),
    ]
