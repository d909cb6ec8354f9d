from typing import TypeVar

from django.db import models, transaction

Row = TypeVar("Row", bound=models.Model)


@transaction.atomic
def shift(row: Row, among: models.QuerySet[Row], by: int) -> None:
    """Move a row one place up (-1) or down (1), and number all by their new places."""
    rows = list(among.select_for_update().order_by("position", "pk"))
    at = rows.index(row)
    rows.insert(max(0, min(len(rows) - 1, at + by)), rows.pop(at))
    for position, other in enumerate(rows, 1):
        among.filter(pk=other.pk).update(position=position)
