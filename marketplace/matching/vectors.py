"""Keep the vectors up to date: only texts that have changed are embedded."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
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
    model = embeddings.model_name()
    stored = table._default_manager.filter(**{"model": model, f"{owner}__in": list(texts)})
    known = dict(stored.values_list(owner, "text_hash"))
    hashes = {pk: passages.digest(text) for pk, text in texts.items()}
    due = [pk for pk in texts if known.get(pk) != hashes[pk]]
    rows = embedded([texts[pk] for pk in due])
    table._default_manager.bulk_create(
        [
            table(
                **{f"{owner}_id": pk},
                model=model,
                text_hash=hashes[pk],
                vector=row.tolist(),
            )
            for pk, row in zip(due, rows, strict=True)
        ],
        update_conflicts=True,
        unique_fields=[owner, "model"],
        update_fields=["text_hash", "vector"],
    )
    return len(due)


def embedded(texts: list[str]) -> Vectors:
    """Embed texts; those that ship with a vector of the in-process model need no model."""
    shipped = _shipped() if embeddings.model_name() == IN_PROCESS else {}
    hashes = [passages.digest(text) for text in texts]
    missing = [text for text, name in zip(texts, hashes, strict=True) if name not in shipped]
    computed = iter(embeddings.embed(missing))
    rows = [shipped[name] if name in shipped else next(computed) for name in hashes]
    return np.array(rows, np.float32).reshape(-1, embeddings.DIMENSIONS)


@lru_cache(maxsize=1)
def _shipped() -> dict[str, Vectors]:
    """Vectors that come with the program, by the hash of their text."""
    if not SHIPPED.exists():
        return {}
    with np.load(SHIPPED) as file:
        names = [bytes(row).hex() for row in file["hashes"]]
        return dict(zip(names, file["vectors"].astype(np.float32), strict=True))


def ship(texts: Iterable[str]) -> int:
    """Write the vectors of the texts to the file that ships."""
    known = sorted({passages.digest(text): text for text in texts}.items())
    rows = embedded([text for _, text in known])
    hashes = np.array([list(bytes.fromhex(name)) for name, _ in known], np.uint8)
    np.savez_compressed(SHIPPED, hashes=hashes, vectors=rows.astype(np.float16))
    _shipped.cache_clear()
    return len(known)
