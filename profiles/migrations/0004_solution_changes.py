"""Which solutions have changed, written down by the database itself.

Each process keeps the published solutions in memory (`profiles.snapshot`) and asks here, at each
request, which have changed since. A row carries the number of its transaction rather than one of
a sequence: transactions end in another order than they begin, and a reader who remembers its
view of the database (`pg_current_snapshot`) can tell exactly what it has not seen.

No solution means: all may have changed.
"""

from django.db import migrations

FUNCTIONS = """
CREATE TABLE profiles_solutionchange (
    solution_id bigint,
    transaction xid8 NOT NULL DEFAULT pg_current_xact_id(),
    at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX profiles_solutionchange_transaction ON profiles_solutionchange (transaction);

CREATE FUNCTION note_solution_changes(ids bigint[]) RETURNS void LANGUAGE sql AS $$
INSERT INTO profiles_solutionchange (solution_id)
SELECT id FROM unnest(ids) AS id WHERE cardinality(ids) <= 5000
UNION ALL SELECT NULL WHERE cardinality(ids) > 5000
$$;

CREATE FUNCTION note_changed_solutions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM note_solution_changes(array(SELECT id FROM changed));
    RETURN NULL;
END $$;

CREATE FUNCTION note_changed_parts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM note_solution_changes(array(SELECT DISTINCT solution_id FROM changed));
    RETURN NULL;
END $$;

CREATE FUNCTION note_changed_providers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM note_solution_changes(array(
        SELECT id FROM profiles_solution
        WHERE provider_id IN (SELECT organisation_id FROM changed)));
    RETURN NULL;
END $$;

CREATE FUNCTION note_that_all_may_have_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO profiles_solutionchange (solution_id) VALUES (NULL);
    RETURN NULL;
END $$;
"""
NAMES = [
    "note_solution_changes(bigint[])",
    "note_changed_solutions()",
    "note_changed_parts()",
    "note_changed_providers()",
    "note_that_all_may_have_changed()",
]

ALWAYS = ["INSERT", "UPDATE", "DELETE"]
ROWS = [
    ("profiles_solution", "note_changed_solutions", ALWAYS),
    ("profiles_solution_topics", "note_changed_parts", ALWAYS),
    ("profiles_solution_regions", "note_changed_parts", ALWAYS),
    ("profiles_standardclaim", "note_changed_parts", ALWAYS),
    ("profiles_deployment", "note_changed_parts", ALWAYS),
    ("profiles_searchdocument", "note_changed_parts", ["INSERT", "UPDATE"]),
    ("profiles_provider", "note_changed_providers", ["UPDATE"]),
]
VOCABULARIES = ["profiles_topic", "profiles_standard", "profiles_state"]


def create_triggers(apps, schema_editor):
    for table, function, events in ROWS:
        for event in events:
            # An update may move a row from one solution to another: both have changed.
            for rows in {"INSERT": ["NEW"], "DELETE": ["OLD"], "UPDATE": ["NEW", "OLD"]}[event]:
                schema_editor.execute(
                    f"CREATE TRIGGER note_{event.lower()}_{rows.lower()} AFTER {event} ON {table} "
                    f"REFERENCING {rows} TABLE AS changed "
                    f"FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
                )
    for table in [*(table for table, _, _ in ROWS), *VOCABULARIES]:
        events = "TRUNCATE" if table not in VOCABULARIES else "INSERT OR UPDATE OR DELETE OR TRUNCATE"
        schema_editor.execute(
            f"CREATE TRIGGER note_all AFTER {events} ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION note_that_all_may_have_changed()"
        )


def drop_triggers(apps, schema_editor):
    for table, _, events in ROWS:
        for event in events:
            for rows in ("new", "old"):
                name = f"note_{event.lower()}_{rows}"
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
    for table in [*(table for table, _, _ in ROWS), *VOCABULARIES]:
        schema_editor.execute(f"DROP TRIGGER note_all ON {table}")


class Migration(migrations.Migration):
    dependencies = [("profiles", "0003_last_owner")]

    operations = [
        migrations.RunSQL(
            FUNCTIONS,
            "; ".join(f"DROP FUNCTION {name}" for name in NAMES)
            + "; DROP TABLE profiles_solutionchange",
        ),
        migrations.RunPython(create_triggers, drop_triggers),
    ]
