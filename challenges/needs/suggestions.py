"""Topics that a text speaks of, by their names and synonyms."""

from collections import defaultdict
from collections.abc import Iterator
from math import log
from typing import NamedTuple

from django.db import connection

from profiles.models import Topic
from profiles.search import SHORTEST_PART, splits

AT_MOST = 5
SELDOM = 3.2  # a name counts from about one word that stands in few of all names
LONG = 6  # letters; a word of that length tells the compound that begins with it
MOST_OF_IT = 0.6  # of a name of several words, by weight


class Name(NamedTuple):
    """A name or synonym of a topic, as its stems."""

    topic: int
    stems: list[str]


def suggested_topics(text: str) -> list[Topic]:
    """Return the topics that the text names best, the best first; 3 queries.

    A stem of a name is found as a word, as part of a compound, or as a compound taken apart.
    """
    words = _stems(text)
    names = _names()
    weights = _weights(names)
    scores: dict[int, float] = defaultdict(float)
    for name in names:
        found = sum(weights[stem] for stem in name.stems if _occurs(stem, words))
        share = found / sum(weights[stem] for stem in name.stems)
        if share >= MOST_OF_IT:
            scores[name.topic] = max(scores[name.topic], found * share)
    best = sorted(scores, key=lambda key: (-scores[key], key))[:AT_MOST]
    enough = max([SELDOM, *(scores[key] / 2 for key in best[:1])])
    kept = [key for key in best if scores[key] >= enough]
    topics = Topic.objects.in_bulk(kept)
    return [topics[key] for key in kept]


def _occurs(stem: str, words: set[str]) -> bool:
    if stem in words:
        return True
    if len(stem) < SHORTEST_PART + 1:
        return False
    if any(word.startswith(stem) or word.endswith(stem) for word in words):
        return True
    if any(len(word) >= LONG and stem.startswith(word) for word in words):
        return True
    return any(left.rstrip("s") in words and right in words for left, right in splits(stem))


def _weights(names: list[Name]) -> dict[str, float]:
    """Let a stem count the more, the fewer topics have it in their names."""
    topics: dict[str, set[int]] = defaultdict(set)
    for name in names:
        for stem in name.stems:
            topics[stem].add(name.topic)
    count = len({name.topic for name in names})
    return {stem: log(1 + count / len(having)) for stem, having in topics.items()}


def _stems(text: str) -> set[str]:
    with connection.cursor() as cursor:
        known = text.replace("\0", " ")  # the only sign that PostgreSQL refuses
        cursor.execute("SELECT tsvector_to_array(to_tsvector('german', %s))", [known])
        return set(cursor.fetchone()[0])


def _names() -> list[Name]:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT topic.id, tsvector_to_array(to_tsvector('german', name))
            FROM profiles_topic topic,
                 unnest(topic.synonyms_de || topic.name_de::varchar) AS name
            """
        )
        return [Name(*row) for row in _meaningful(cursor.fetchall())]


def _meaningful(rows: list[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    return (row for row in rows if row[1])
