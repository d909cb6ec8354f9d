"""What follows from the ratings of one assessment: readiness, what blocks, and the roadmap."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from criteria.assessments.models import Assessment
from criteria.assessments.ratings import Rating, Value, is_due
from criteria.assessments.readiness import Readiness
from criteria.assessments.roadmap import Step, ordered
from criteria.catalogue.criteria import CriterionPhase
from criteria.catalogue.terms import Term
from profiles.models import Phase


@dataclass(frozen=True)
class Bar:
    """One line of the picture, and of its table."""

    label: str
    readiness: Readiness
    is_now: bool = False
    """Of the phase in which the project is."""


@dataclass(frozen=True)
class Change:
    """A criterion whose value differs from that of an earlier date."""

    rating: Rating
    before: str

    @property
    def before_label(self) -> str:
        return str(Value(self.before).label)


class Results:
    """All of it, out of ratings that are loaded `for_results`; no query of its own."""

    def __init__(self, assessment: Assessment, ratings: Iterable[Rating]) -> None:
        self.assessment = assessment
        self.ratings = list(ratings)

    @classmethod
    def of(cls, assessment: Assessment) -> "Results":
        return cls(assessment, assessment.ratings.for_results())

    @property
    def overall(self) -> Readiness:
        """Of what is due in the present phase."""
        return _readiness(self.due)

    @property
    def rated_count(self) -> int:
        return _readiness(self.ratings).rated

    @cached_property
    def due(self) -> list[Rating]:
        """What began by the present phase, or counts throughout."""
        now = self.assessment.phase
        return [rating for rating in self.ratings if is_due(rating.criterion.phase, now)]

    @property
    def by_phase(self) -> list[Bar]:
        now = self.assessment.phase
        return [
            Bar(str(label), _readiness(self._in_phase(phase)), is_now=phase == now)
            for phase, label in CriterionPhase.choices
        ]

    @property
    def by_workstream(self) -> list[Bar]:
        """A criterion of several workstreams counts in each."""
        streams: dict[Term, list[Rating]] = {}
        for rating in self.ratings:
            for stream in rating.criterion.workstreams:
                streams.setdefault(stream, []).append(rating)
        in_order = sorted(streams, key=lambda stream: (stream.position, stream.pk))
        return [Bar(stream.name, _readiness(streams[stream])) for stream in in_order]

    def _in_phase(self, phase: str) -> list[Rating]:
        return [rating for rating in self.ratings if rating.criterion.phase == phase]

    @property
    def next_phase(self) -> Phase | None:
        """The one after the present phase; None in the last."""
        later = [phase for phase in Phase if phase > self.assessment.phase]
        return later[0] if later else None

    @property
    def blockers(self) -> list[Rating]:
        """What must be done before the next phase.

        Of the phases so far: what is not met, and milestones that are met in part only. What
        counts throughout holds nobody up.
        """
        return [rating for rating in self._gate if blocks(rating)]

    @property
    def unclear(self) -> list[Rating]:
        """What may hold up the next phase: nobody knows yet."""
        return [rating for rating in self._gate if rating.value == Value.UNKNOWN]

    @property
    def _gate(self) -> list[Rating]:
        return [rating for rating in self.due if rating.criterion.phase in Phase.values]

    @cached_property
    def roadmap(self) -> list[Rating]:
        """What is open and due now or in the next phase, in the order to take it."""
        until = self.next_phase or self.assessment.phase
        wanted = (rating for rating in self.ratings if is_due(rating.criterion.phase, until))
        by_key = {rating.criterion.key: rating for rating in wanted if rating.is_open}
        return [by_key[step.key] for step in ordered(map(self._step, by_key.values()))]

    def _step(self, rating: Rating) -> Step:
        criterion = rating.criterion
        in_time = criterion.phase if criterion.phase in Phase.values else self.assessment.phase
        return Step(
            key=criterion.key,
            rank=Phase.values.index(in_time),
            number=criterion.number,
            is_milestone=criterion.is_milestone,
            names=frozenset(related.key for related in criterion.related.all()),
        )

    @property
    def most_relevant(self) -> list[Rating]:
        """What matters in the phase: first what begins in it, then what returns or goes on."""
        now = self.assessment.phase
        found = [rating for rating in self.ratings if matters(rating, now)]
        return sorted(found, key=lambda rating: rating.criterion.phase != now)


def _readiness(ratings: Iterable[Rating]) -> Readiness:
    return Readiness.of(rating.value for rating in ratings)


def blocks(rating: Rating) -> bool:
    is_half_done = rating.criterion.is_milestone and rating.value == Value.PARTLY
    return rating.value == Value.NOT_MET or is_half_done


def matters(rating: Rating, phase: str) -> bool:
    """Whether a criterion begins in the phase, returns in a part of it, or counts throughout."""
    criterion = rating.criterion
    if criterion.phase in {phase, CriterionPhase.CONTINUOUS}:
        return True
    return any(part.group == phase for part in criterion.sub_phases)


def changes(ratings: Sequence[Rating], value_of: Callable[[str], str]) -> list[Change]:
    """What differs from an earlier date, whose values `value_of` knows by key."""
    before = {rating: value_of(rating.criterion.key) for rating in ratings}
    return [Change(rating, was) for rating, was in before.items() if was != rating.value]
