"""Invented needs and vectors beside the invented market, to time matching.

The vectors are random: how fast is measured here, how well is not (docs/matching.md).
"""

from collections.abc import Iterator
from random import Random

from django.db import connection
from django.utils import timezone

from challenges.models import Need
from marketplace.bench import words
from marketplace.bench.market import MUNICIPALITIES, NEWEST, Row, copy, triggers_off
from marketplace.matching import matches, vectors
from marketplace.matching.embeddings import DIMENSIONS, SECOND_DIMENSIONS, model_name
from marketplace.matching.models import NeedVector, Outdated, SolutionVector
from profiles.models import Licence, Organisation, Solution, Topic
from profiles.models.scales import Hosting

NEEDS = 1_000
SHOWN = 50  # whose matches are computed beforehand, for their pages
# Each vector is the sum of two of a pool: random numbers are dear, and the pairs all differ.
POOL = """
CREATE TEMP TABLE pool AS
SELECT id,
       (SELECT array_agg(random() - 0.5)::vector::halfvec
        FROM generate_series(1, %(dimensions)s + 0 * id)) AS vector,
       (SELECT array_agg(random() - 0.5)::vector::halfvec
        FROM generate_series(1, %(second)s + 0 * id)) AS second
FROM generate_series(0, 999) AS id
"""
VECTORS = """
INSERT INTO {table} (model, text_hash, vector, second, {owner}_id)
SELECT %(model)s, 'bench', a.vector + b.vector, a.second + b.second, owner.id
FROM {owners} AS owner
JOIN pool AS a ON a.id = owner.id %% 1000
JOIN pool AS b ON b.id = owner.id / 1000 %% 1000
WHERE owner.id <= %(count)s
"""
INDEXES = (
    "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND indexdef LIKE '%%hnsw%%'"
)


def build(size: int, count: int = NEEDS) -> None:
    """Write needs of municipalities, and vectors for them and for solutions 1 to `size`."""
    Need.objects.all().delete()
    Organisation.objects.filter(kind=Organisation.Kind.MUNICIPALITY).delete()
    first = Organisation.objects.order_by("-pk").values_list("pk", flat=True)[0] + 1
    with triggers_off(Organisation, Need, Need.topics.through):
        copy(Organisation, _organisations(first, count))
        copy(Need, _needs(first, count))
        copy(Need.topics.through, _topics(count))
    Outdated.objects.all().delete()
    vectors.refresh_topics()
    _vectors(NeedVector._meta.db_table, "need", Need._meta.db_table, count)
    _vectors(SolutionVector._meta.db_table, "solution", Solution._meta.db_table, size)
    matches.recompute(list(range(1, SHOWN + 1)), at=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def is_built(size: int) -> bool:
    return Need.objects.count() == NEEDS and SolutionVector.objects.count() == size


def _organisations(first: int, count: int) -> Iterator[Row]:
    for number in range(count):
        yield {
            "id": first + number,
            "name": f"Verwaltung {number}",
            "slug": f"verwaltung-{number}",
            "kind": Organisation.Kind.MUNICIPALITY,
            "municipality_id": 1 + number % MUNICIPALITIES,
            "verified_at": NEWEST,
        }


def _needs(first: int, count: int) -> Iterator[Row]:
    chance, topics = Random(10), list(Topic.objects.exclude(parent=None))
    for number in range(count):
        topic = chance.choice(topics)
        yield {
            "id": number + 1,
            "organisation_id": first + number,
            "title": words.tagline(chance, topic)[:160],
            "problem": words.summary(chance, topic),
            "hosting": chance.choice([[], [], [Hosting.GERMANY]]),
            "licence": chance.choice(["", "", "", Licence.OPEN_SOURCE]),
            "max_budget_eur": chance.choice([None, None, 5_000, 20_000]),
            "state": Need.State.OPEN,
            "visibility": Need.Visibility.PUBLIC,
            "created_at": NEWEST,
            "released_at": NEWEST,
            "updated_at": NEWEST,
        }


def _topics(count: int) -> Iterator[Row]:
    chance = Random(11)
    topics = list(Topic.objects.exclude(parent=None).values_list("pk", flat=True))
    for number in range(1, count + 1):
        for topic in chance.sample(topics, 2):
            yield {"need_id": number, "topic_id": topic}


def _vectors(table: str, owner: str, owners: str, count: int) -> None:
    """Write them without their index, and build that when all are there."""
    names: dict[str, str | int] = {
        "model": model_name(),
        "dimensions": DIMENSIONS,
        "second": SECOND_DIMENSIONS,
    }
    with connection.cursor() as cursor:
        cursor.execute(INDEXES, [table])
        indexes = cursor.fetchall()
        cursor.execute(
            "; ".join([f"TRUNCATE {table}", *(f"DROP INDEX {one}" for one, _ in indexes)])
        )
        cursor.execute("SELECT setseed(0.5)")
        cursor.execute("DROP TABLE IF EXISTS pool")
        cursor.execute(POOL, names)
        cursor.execute(
            VECTORS.format(table=table, owner=owner, owners=owners), names | {"count": count}
        )
        cursor.execute("SET maintenance_work_mem = '1GB'")
        for _, definition in indexes:
            cursor.execute(definition)
        cursor.execute("RESET maintenance_work_mem")
