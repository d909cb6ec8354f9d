import hashlib
from dataclasses import dataclass, field

from criteria.catalogue.importing.problems import Problem


@dataclass
class Row:
    """One line, taken apart; `number` counts the rows of the file."""

    number: int
    facts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    relations: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    is_cut_off: bool = False

    @property
    def digest(self) -> str:
        """Recognises the texts without keeping them."""
        return hashlib.sha256("\n".join(self.texts).encode()).hexdigest() if self.texts else ""


class RowError(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem
