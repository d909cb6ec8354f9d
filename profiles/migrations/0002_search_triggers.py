"""The search documents, kept by the database itself.

Statement triggers rewrite the documents of the solutions that a statement has touched, in the
same transaction: whatever saves (page, admin, API, bulk load), search is never stale.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION refresh_search_documents(ids bigint[]) RETURNS void LANGUAGE sql AS $$
WITH refreshed AS MATERIALIZED (
    SELECT solution.id,
           solution.title AS a,
           concat_ws(' ', solution.tagline, topics.text) AS b,
           concat_ws(' ', solution.summary, solution.benefit, solution.interfaces) AS c,
           concat_ws(' ', organisation.name, tags.text, standards.text) AS d
    FROM profiles_solution solution
    JOIN profiles_organisation organisation ON organisation.id = solution.provider_id
    LEFT JOIN LATERAL (
        SELECT string_agg(concat_ws(' ', topic.name_de, topic.name_en,
                                    array_to_string(topic.synonyms_de, ' '),
                                    array_to_string(topic.synonyms_en, ' ')), ' ') AS text
        FROM profiles_solution_topics link
        JOIN profiles_topic topic ON topic.id = link.topic_id
        WHERE link.solution_id = solution.id
    ) topics ON true
    LEFT JOIN LATERAL (
        SELECT string_agg(concat_ws(' ', tag.name_de, tag.name_en), ' ') AS text
        FROM profiles_solution_technology_tags link
        JOIN profiles_technologytag tag ON tag.id = link.technologytag_id
        WHERE link.solution_id = solution.id
    ) tags ON true
    LEFT JOIN LATERAL (
        SELECT string_agg(concat_ws(' ', standard.name_de, standard.name_en), ' ') AS text
        FROM profiles_standardclaim claim
        JOIN profiles_standard standard ON standard.id = claim.standard_id
        WHERE claim.solution_id = solution.id AND claim.status <> 'planned'
    ) standards ON true
    WHERE solution.id = ANY (ids)
), documents AS (
    INSERT INTO profiles_searchdocument (solution_id, vector)
    SELECT id, setweight(to_tsvector('german', a), 'A') || setweight(to_tsvector('german', b), 'B')
            || setweight(to_tsvector('german', c), 'C') || setweight(to_tsvector('german', d), 'D')
    FROM refreshed
    ON CONFLICT (solution_id) DO UPDATE SET vector = EXCLUDED.vector
)
-- In order, so that two writers of the same new words wait for each other in one direction.
INSERT INTO profiles_searchword (word, stem)
SELECT word, stem FROM (
    SELECT DISTINCT word, (ts_lexize('german_stem', word))[1] AS stem
    FROM refreshed,
         unnest(tsvector_to_array(to_tsvector('simple', concat_ws(' ', a, b, c, d)))) AS word
    WHERE length(word) BETWEEN 2 AND 100 AND word ~ '^[[:alnum:]]+$'
) AS words
WHERE stem IS NOT NULL
ORDER BY word
ON CONFLICT (word) DO NOTHING
$$;

CREATE FUNCTION solution_rows_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM refresh_search_documents(array(SELECT id FROM changed));
    RETURN NULL;
END $$;

CREATE FUNCTION solution_parts_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM refresh_search_documents(array(SELECT DISTINCT solution_id FROM changed));
    RETURN NULL;
END $$;

CREATE FUNCTION organisation_rows_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM refresh_search_documents(array(
        SELECT id FROM profiles_solution WHERE provider_id IN (SELECT id FROM changed)));
    RETURN NULL;
END $$;

CREATE FUNCTION topic_rows_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM refresh_search_documents(array(
        SELECT DISTINCT solution_id FROM profiles_solution_topics
        WHERE topic_id IN (SELECT id FROM changed)));
    RETURN NULL;
END $$;

CREATE FUNCTION technologytag_rows_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM refresh_search_documents(array(
        SELECT DISTINCT solution_id FROM profiles_solution_technology_tags
        WHERE technologytag_id IN (SELECT id FROM changed)));
    RETURN NULL;
END $$;

CREATE FUNCTION standard_rows_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM refresh_search_documents(array(
        SELECT DISTINCT solution_id FROM profiles_standardclaim
        WHERE standard_id IN (SELECT id FROM changed)));
    RETURN NULL;
END $$;
"""

# (table, function, the events after which documents may differ)
TRIGGERS = [
    ("profiles_solution", "solution_rows_changed", ["INSERT", "UPDATE"]),
    ("profiles_solution_topics", "solution_parts_changed", ["INSERT", "DELETE"]),
    ("profiles_solution_technology_tags", "solution_parts_changed", ["INSERT", "DELETE"]),
    ("profiles_standardclaim", "solution_parts_changed", ["INSERT", "UPDATE", "DELETE"]),
    ("profiles_organisation", "organisation_rows_changed", ["UPDATE"]),
    ("profiles_topic", "topic_rows_changed", ["UPDATE"]),
    ("profiles_technologytag", "technologytag_rows_changed", ["UPDATE"]),
    ("profiles_standard", "standard_rows_changed", ["UPDATE"]),
]
FUNCTION_NAMES = [
    "refresh_search_documents(bigint[])",
    *sorted({f"{function}()" for _, function, _ in TRIGGERS}),
]

CASCADE = """
ALTER TABLE profiles_searchdocument
    DROP CONSTRAINT {constraint},
    ADD CONSTRAINT {constraint} FOREIGN KEY (solution_id)
        REFERENCES profiles_solution (id) ON DELETE CASCADE
"""


def create_triggers(apps, schema_editor):
    for table, function, events in TRIGGERS:
        for event in events:
            rows = "OLD" if event == "DELETE" else "NEW"
            schema_editor.execute(
                f"CREATE TRIGGER search_{event.lower()} AFTER {event} ON {table} "
                f"REFERENCING {rows} TABLE AS changed "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
            )


def drop_triggers(apps, schema_editor):
    for table, _, events in TRIGGERS:
        for event in events:
            schema_editor.execute(f"DROP TRIGGER search_{event.lower()} ON {table}")


def cascade_in_the_database(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        constraints = schema_editor.connection.introspection.get_constraints(
            cursor, "profiles_searchdocument"
        )
    name = next(name for name, found in constraints.items() if found["foreign_key"])
    schema_editor.execute(CASCADE.format(constraint=schema_editor.quote_name(name)))


class Migration(migrations.Migration):
    dependencies = [("profiles", "0001_tables")]

    operations = [
        migrations.RunSQL(
            FUNCTIONS, "; ".join(f"DROP FUNCTION {name}" for name in FUNCTION_NAMES)
        ),
        migrations.RunPython(create_triggers, drop_triggers),
        migrations.RunPython(cascade_in_the_database, migrations.RunPython.noop),
    ]
