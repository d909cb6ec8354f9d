"""What became of each key of a publiccode.yml."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from profiles.publiccode.values import label_of

Data = dict[str, Any]


class Taken(NamedTuple):
    field: str  # the label that the forms show
    shown: str
    key: str


class Left(NamedTuple):
    key: str
    reason: str


@dataclass
class Report:
    """`data` has the fields of Solution as keys, as drafts keep them."""

    version: str = ""
    data: Data = field(default_factory=dict)
    taken: list[Taken] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def take(self, field: str, value: Any, shown: str, key: str) -> None:
        self.data[field] = value
        self.taken.append(Taken(label_of(field), shown, key))

    def leave(self, key: str, reason: str) -> None:
        self.left.append(Left(key, reason))
