"""The reference data that the product comes with: territory, topics, standards.

Rows are made where they are missing and otherwise left alone, since admins may have changed
them.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import transaction

from profiles.models import SizeClass, Standard, State, TechnologyTag, Topic

DATA = Path(__file__).parent / "data"


def rows(name: str) -> Iterator[dict[str, Any]]:
    yield from json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


@transaction.atomic
def load() -> dict[str, int]:
    """Make what is missing; return the number of new rows by kind."""
    return {
        "states": _add(State, "code", rows("states")),
        "size classes": _add(SizeClass, "key", rows("size_classes")),
        "topics": _add(Topic, "key", map(_with_parent, rows("topics"))),
        "technology tags": _add(TechnologyTag, "key", rows("technology_tags")),
        "standards": _add(Standard, "key", rows("standards")),
    }


def _with_parent(row: dict[str, Any]) -> dict[str, Any]:
    parent = row["parent"] and Topic.objects.get(key=row["parent"])
    return {**row, "parent": parent or None}


def _add(model: Any, key: str, data: Iterator[dict[str, Any]]) -> int:
    known = set(model.objects.values_list(key, flat=True))
    added = 0
    for row in data:
        if row[key] not in known:
            model.objects.create(**row)
            added += 1
    return added
