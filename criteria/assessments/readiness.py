"""How ready a project is, as a range: what is sure, and what is possible.

readiness = (met + 1/2 partly) / (all that apply)
possible  = (met + 1/2 partly + unknown) / (all that apply)

Unknown is not "not met": it widens the range. What does not apply is left out altogether. Each
criterion counts the same. docs/criteria.md tells the limits of this figure.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

MET, PARTLY, NOT_MET = "met", "partly", "not_met"
UNKNOWN, NOT_APPLICABLE = "unknown", "not_applicable"
WORTH = {MET: Fraction(1), PARTLY: Fraction(1, 2)}


@dataclass(frozen=True)
class Readiness:
    """Counts of ratings, and what follows from them."""

    met: int = 0
    partly: int = 0
    not_met: int = 0
    unknown: int = 0
    not_applicable: int = 0

    @classmethod
    def of(cls, values: Iterable[str]) -> "Readiness":
        return cls(**Counter(values))

    @property
    def applicable(self) -> int:
        return self.met + self.partly + self.not_met + self.unknown

    @property
    def rated(self) -> int:
        """What somebody has decided, be it that it does not apply."""
        return self.met + self.partly + self.not_met + self.not_applicable

    @property
    def sure(self) -> Fraction | None:
        """From 0 to 1; None where nothing applies."""
        if not self.applicable:
            return None
        return (self.met * WORTH[MET] + self.partly * WORTH[PARTLY]) / self.applicable

    @property
    def possible(self) -> Fraction | None:
        """As if all that is unknown were met."""
        if self.sure is None:
            return None
        return self.sure + Fraction(self.unknown, self.applicable)

    @property
    def sure_percent(self) -> int | None:
        return percent(self.sure)

    @property
    def possible_percent(self) -> int | None:
        return percent(self.possible)

    @property
    def is_complete(self) -> bool:
        """Whether all that applies is met; nothing at all is no success."""
        return bool(self.applicable) and self.met == self.applicable

    @property
    def label(self) -> str:
        """The range in figures: "50 %", "50–75 %", or a dash where nothing applies."""
        if self.sure_percent is None:
            return "–"
        if self.sure_percent == self.possible_percent:
            return f"{self.sure_percent} %"
        return f"{self.sure_percent}–{self.possible_percent} %"


def percent(share: Fraction | None) -> int | None:
    """Round down, so that 100 means everything."""
    return None if share is None else int(share * 100)
