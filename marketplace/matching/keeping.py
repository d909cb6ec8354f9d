"""Where the vectors of some texts are kept, and how those that are due come there."""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.core.cache import cache
from django.db import transaction
from django.db.models import Model, QuerySet

from marketplace.matching import embeddings, passages
from marketplace.matching.embeddings import BATCH, RefusedError, Vectors
from marketplace.matching.models import Vector

log = logging.getLogger(__name__)
Owner = TypeVar("Owner", bound=Model)
Embed = Callable[[list[str]], Vectors]
Texts = Mapping[int, str]
A_DAY = 86_400
HARMLESS = "Bürgerbüro"  # whoever refuses this refuses everything


@dataclass(frozen=True)
class Kept(Generic[Owner]):
    table: type[Vector]
    owners: QuerySet[Owner]
    told: Callable[[Owner], str]  # its text
    columns: Mapping[str, Embed]

    @property
    def owner(self) -> str:
        return str(self.owners.model._meta.model_name)

    def refresh(self) -> int:
        """Embed what has no vector of its text by the model in use; return how many."""
        due = list(self.due().items())
        for start in range(0, len(due), BATCH):
            self.embed(dict(due[start : start + BATCH]))
        return len(due)

    def due(self) -> Texts:
        texts = {row.pk: self.told(row) for row in self.owners.order_by("pk")}
        whole = {f"{name}__isnull": False for name in self.columns}
        stored = self._stored().filter(**whole, **{f"{self.owner}__in": list(texts)})
        known = dict(stored.values_list(self.owner, "text_hash"))
        due = {pk: text for pk, text in texts.items() if known.get(pk) != passages.digest(text)}
        refused = cache.get_many([_refusal(text) for text in due.values()]) if due else {}
        return {pk: text for pk, text in due.items() if _refusal(text) not in refused}

    def embed(self, texts: Texts) -> None:
        """Store the vectors of these texts; one that a server refuses gets none."""
        try:
            self.store(texts)
        except RefusedError as problem:
            if len(texts) == 1:
                embeddings.embed([HARMLESS])
                self.do_without(texts, problem)
                return
            rows, half = list(texts.items()), len(texts) // 2
            self.embed(dict(rows[:half]))
            self.embed(dict(rows[half:]))

    def store(self, texts: Texts) -> None:
        """Embed them in one go."""
        columns = [embed(list(texts.values())).tolist() for embed in self.columns.values()]
        rows = dict(zip(texts, zip(*columns, strict=True), strict=True))
        with self.unchanged(texts) as present:
            self.table._default_manager.bulk_create(
                [self._row(pk, texts[pk], rows[pk]) for pk in present],
                update_conflicts=True,
                unique_fields=[self.owner, "model"],
                update_fields=["text_hash", *self.columns],
            )

    def do_without(self, texts: Texts, problem: RefusedError) -> None:
        """Let words alone rank it, and ask again on another day or when it is another text."""
        log.warning("No vectors of %s %s: %s", self.owner, list(texts), problem)
        with self.unchanged(texts) as present:
            self._stored().filter(**{f"{self.owner}__in": present}).delete()
        cache.set_many({_refusal(text): True for text in texts.values()}, A_DAY)

    @contextmanager
    def unchanged(self, texts: Texts) -> Iterator[list[int]]:
        """Lock whose text is still that one; who embeds a new text stores that, too."""
        with transaction.atomic():
            rows = self.owners.filter(pk__in=list(texts)).order_by("pk")
            locked = rows.select_for_update(no_key=True)
            yield [row.pk for row in locked if self.told(row) == texts[row.pk]]

    def _stored(self) -> QuerySet[Vector]:
        return self.table._default_manager.filter(model=embeddings.model_name())

    def _row(self, pk: int, text: str, vectors: tuple[list[float], ...]) -> Vector:
        return self.table(
            **{f"{self.owner}_id": pk},
            **dict(zip(self.columns, vectors, strict=True)),
            model=embeddings.model_name(),
            text_hash=passages.digest(text),
        )


def _refusal(text: str) -> str:
    return f"matching:refused:{embeddings.model_name()}:{passages.digest(text)}"
