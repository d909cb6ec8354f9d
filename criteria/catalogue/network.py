"""The relations between criteria as a picture: a column for each phase, a dot for each one."""

from collections.abc import Iterable
from dataclasses import dataclass

from criteria.catalogue.criteria import Criterion, CriterionPhase

COLUMN, ROW, TOP, LEFT = 180, 40, 70, 60  # pixels


@dataclass(frozen=True)
class Dot:
    criterion: Criterion
    x: int
    y: int
    is_near: bool

    @property
    def text_y(self) -> int:
        return self.y + 5


@dataclass(frozen=True)
class Line:
    start: Dot
    end: Dot
    is_mutual: bool
    is_near: bool

    @property
    def path(self) -> str:
        """A curve; within a column it bends to the side."""
        bend = COLUMN // 2 if self.start.x == self.end.x else 0
        middle = (self.start.x + self.end.x) // 2 + bend
        points = f"{middle} {self.start.y}, {middle} {self.end.y}, {self.end.x} {self.end.y}"
        return f"M {self.start.x} {self.start.y} C {points}"


@dataclass(frozen=True)
class Heading:
    phase: CriterionPhase
    x: int

    @property
    def short(self) -> str:
        is_phase = self.phase != CriterionPhase.CONTINUOUS
        return self.phase.value if is_phase else str(self.phase.label)


class Network:
    """Drawn from criteria that are loaded with their relations; `chosen` stands out."""

    def __init__(self, criteria: Iterable[Criterion], chosen: str = "") -> None:
        self.criteria = list(criteria)
        self.chosen = next((c for c in self.criteria if c.key == chosen), None)
        self.headings = [
            Heading(phase, LEFT + COLUMN * place) for place, phase in enumerate(CriterionPhase)
        ]
        near = self._near()
        self.dots = [dot for heading in self.headings for dot in self._column(heading, near)]
        self.lines = list(self._lines())

    @property
    def width(self) -> int:
        return 2 * LEFT + COLUMN * (len(self.headings) - 1) + COLUMN // 2

    @property
    def height(self) -> int:
        return max([dot.y for dot in self.dots], default=TOP) + ROW

    def _near(self) -> set[int]:
        if self.chosen is None:
            return set()
        relations = [*self.chosen.related.all(), *self.chosen.related_by.all()]
        return {self.chosen.pk, *(other.pk for other in relations)}

    def _column(self, heading: Heading, near: set[int]) -> Iterable[Dot]:
        own = [c for c in self.criteria if c.phase == heading.phase.value]
        for place, criterion in enumerate(own):
            yield Dot(criterion, heading.x, TOP + ROW * place, criterion.pk in near)

    def _lines(self) -> Iterable[Line]:
        """Each pair once, those of the chosen one last, so that they lie on top."""
        dots = {dot.criterion.pk: dot for dot in self.dots}
        links = {(c.pk, other.pk) for c in self.criteria for other in c.related.all()}
        pairs = sorted({(min(link), max(link)) for link in links if set(link) <= dots.keys()})
        drawn = []
        for one, other in pairs:
            near = self.chosen is not None and self.chosen.pk in (one, other)
            mutual = (one, other) in links and (other, one) in links
            drawn.append(Line(dots[one], dots[other], mutual, near))
        return sorted(drawn, key=lambda line: line.is_near)
