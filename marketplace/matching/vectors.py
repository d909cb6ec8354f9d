"""Keep the vectors up to date: only texts that have changed are embedded."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path

import numpy as np

from challenges.models import Need
from marketplace.matching import embeddings, passages
from marketplace.matching.embeddings import IN_PROCESS, Vectors
from marketplace.matching.models import NeedVector, SolutionVector, TopicVector, Vector
from profiles.models import Solution, Topic

SHIPPED = Path(__file__).parent.parent / "demo" / "vectors.npz"


def refresh_solutions(keys: Iterable[int]) -> int:
    rows = Solution.objects.filter(pk__in=keys).only("title", "tagline", "summary").order_by("pk")
    return _refresh(SolutionVector, "solution", {row.pk: passages.of_solution(row) for row in rows})


def refresh_needs(keys: Iterable[int]) -> int:
    rows = Need.objects.filter(pk__in=keys).only("title", "problem", "wishes").order_by("pk")
    return _refresh(NeedVector, "need", {row.pk: passages.of_need(row) for row in rows})


def refresh_topics() -> int:
    rows = Topic.objects.all()
    return _refresh(TopicVector, "topic", {row.pk: passages.of_topic(row) for row in rows})


def _refresh(table: type[Vector], owner: str, texts: Mapping[int, str]) -> int:
    """Embed what has no vector of this text by the model in use; return how many."""
    model, columns = embeddings.model_name(), [name for name in COLUMNS if hasattr(table, name)]
    whole = {f"{name}__isnull": False for name in columns} | {f"{owner}__in": list(texts)}
    stored = table._default_manager.filter(model=model, **whole)
    known = dict(stored.values_list(owner, "text_hash"))
    hashes = {pk: passages.digest(text) for pk, text in texts.items()}
    due = [pk for pk in texts if known.get(pk) != hashes[pk]]
    rows = {name: COLUMNS[name]([texts[pk] for pk in due]).tolist() for name in columns}
    table._default_manager.bulk_create(
        [
            table(
                **{f"{owner}_id": pk, **{name: rows[name][at] for name in columns}},
                model=model,
                text_hash=hashes[pk],
            )
            for at, pk in enumerate(due)
        ],
        update_conflicts=True,
        unique_fields=[owner, "model"],
        update_fields=["text_hash", *columns],
    )
    return len(due)


def embedded(texts: list[str]) -> Vectors:
    """Embed texts; those that ship with a vector of the in-process model need no model."""
    ships = embeddings.model_name() == IN_PROCESS
    return _known_or(_shipped("vectors") if ships else {}, texts, embeddings.embed)


def embedded_twice(texts: list[str]) -> Vectors:
    return _known_or(_shipped("seconds"), texts, embeddings.embed_second)


# What is kept of a text, as far as its table has such a column.
COLUMNS = {"vector": embedded, "second": embedded_twice}


def _known_or(
    known: dict[str, Vectors], texts: list[str], embed: Callable[[list[str]], Vectors]
) -> Vectors:
    names = [passages.digest(text) for text in texts]
    computed = embed([text for text, name in zip(texts, names, strict=True) if name not in known])
    rest = iter(computed)
    rows = [known[name] if name in known else next(rest) for name in names]
    return np.array(rows, np.float32).reshape(len(texts), computed.shape[1])


@cache
def _shipped(column: str) -> dict[str, Vectors]:
    """Vectors that come with the program, by the hash of their text."""
    with np.load(SHIPPED) as file:
        if column not in file:
            return {}
        names = [bytes(row).hex() for row in file["hashes"]]
        return dict(zip(names, file[column].astype(np.float32), strict=True))


def ship(texts: Iterable[str]) -> int:
    """Write the vectors of the texts to the file that ships."""
    known = sorted({passages.digest(text): text for text in texts}.items())
    own = [text for _, text in known]
    hashes = np.array([list(bytes.fromhex(name)) for name, _ in known], np.uint8)
    first, second = (rows.astype(np.float16) for rows in (embedded(own), embedded_twice(own)))
    np.savez_compressed(SHIPPED, hashes=hashes, vectors=first, seconds=second)
    _shipped.cache_clear()
    return len(known)
