"""Small groups are merged before anybody but the asking agency sees a figure.

There is one partition of the answers to a question, by ordered groups, and nothing else is shown:
neither another partition nor a group within a group. Whatever views are subtracted from one
another, what is left is a union of groups shown, so at least `LEAST` municipalities.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

Group = TypeVar("Group")
Row = TypeVar("Row")

LEAST = 5


def merged(
    rows_of: Mapping[Group, Sequence[Row]], order: Iterable[Group], *, least: int = LEAST
) -> list[tuple[list[Group], list[Row]]]:
    """Merge neighbours until each group has at least `least` rows.

    Groups without rows join their neighbour too, so an empty one tells nothing. What is left over
    at the end joins the last group. With fewer than `least` rows in all there is no group.
    """
    result: list[tuple[list[Group], list[Row]]] = []
    groups: list[Group] = []
    rows: list[Row] = []
    for group in order:
        groups.append(group)
        rows.extend(rows_of.get(group, ()))
        if len(rows) >= least:
            result.append((groups, rows))
            groups, rows = [], []
    if groups and result:
        last_groups, last_rows = result[-1]
        result[-1] = ([*last_groups, *groups], [*last_rows, *rows])
    return result
