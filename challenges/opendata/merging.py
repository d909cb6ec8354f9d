"""A record's compiled release, by the merge rules of OCDS for what our own releases hold.

The last value wins, objects are merged field by field, lists of things with an id by that id;
other lists are replaced as a whole. Our releases hold no empty values, so nothing is deleted.
"""

from collections.abc import Sequence
from typing import Any

Data = dict[str, Any]
OWN = frozenset({"id", "date", "tag"})  # of a release: not merged


def compiled(releases: Sequence[Data]) -> Data:
    """Merge releases, the oldest first, into one that tells what holds in the end."""
    newest = releases[-1]
    result: Data = {
        "tag": ["compiled"],
        "id": f"{newest['ocid']}-{newest['date']}",
        "date": newest["date"],
    }
    for release in releases:
        _merge(result, {key: value for key, value in release.items() if key not in OWN})
    return result


def _merge(known: Data, newer: Data) -> None:
    for key, value in newer.items():
        old = known.get(key)
        if isinstance(value, dict) and isinstance(old, dict):
            _merge(old, value)
        elif isinstance(old, list) and _is_identified(value) and _is_identified(old):
            _merge_rows(old, value)
        else:
            known[key] = _copied(value)


def _merge_rows(known: list[Data], newer: list[Data]) -> None:
    by_id = {row["id"]: row for row in known}
    for row in newer:
        if row["id"] in by_id:
            _merge(by_id[row["id"]], row)
        else:
            known.append(_copied(row))


def _is_identified(value: Any) -> bool:
    rows = isinstance(value, list) and value
    return bool(rows) and all(isinstance(row, dict) and "id" in row for row in value)


def _copied(value: Any) -> Any:
    """Copy what later releases are merged into, so that the releases stay as they are."""
    if isinstance(value, dict):
        return {key: _copied(inner) for key, inner in value.items()}
    return [_copied(inner) for inner in value] if isinstance(value, list) else value
