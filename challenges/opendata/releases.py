"""The releases of a challenge: one for each public step of its log, and for each addendum."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef

from challenges.calls.lifecycle import Action
from challenges.calls.models import Addendum, Challenge, LogEntry
from challenges.calls.models.queries import ChallengeQuerySet
from challenges.opendata.awards import Award, applicants_of, awards_of
from challenges.opendata.parties import party, reference
from challenges.opendata.tender import Address, amendment, filled, moment, periods, planning, tender

Data = dict[str, Any]


def told() -> ChallengeQuerySet:
    """The published ones, oldest first so that pages stay as they are, with all that is told."""
    published = LogEntry.objects.filter(challenge=OuterRef("pk"), action=Action.PUBLISH)
    return (
        Challenge.objects.public()
        .filter(Exists(published))
        .for_rows()
        .prefetch_related(
            "criteria", "addenda", "log", "partners__municipality__state", "partners__state"
        )
        .order_by("published_at", "pk")
    )


@dataclass(frozen=True)
class Telling:
    """What is told of a number of challenges beside their own rows."""

    address: Address
    awards: dict[int, Award]
    applicants: dict[int, int]

    @classmethod
    def of(cls, challenges: Collection[Challenge], address: Address, *, at: datetime) -> "Telling":
        return cls(address, awards_of(challenges, at=at), applicants_of(challenges))

    def releases(self, challenge: Challenge) -> list[Data]:
        """Return them from the oldest to the newest."""
        told: list[LogEntry | Addendum] = [*challenge.log.all(), *challenge.addenda.all()]
        found: list[Data] = []
        for row in sorted(told, key=lambda row: (row.at, isinstance(row, Addendum), row.pk)):
            if isinstance(row, Addendum):
                found.append(self._update(challenge, row, found))
            else:
                found.extend(self._step(challenge, row))
        return found

    def _step(self, challenge: Challenge, entry: LogEntry) -> Iterator[Data]:
        match entry.action:
            case Action.PUBLISH:
                yield self._planning(challenge, entry)
                yield self._tender(challenge, entry)
            case Action.CANCEL:
                yield self._cancellation(challenge, entry)
            case Action.AWARD:
                yield self._end(challenge, entry)
                if award := self.awards.get(challenge.pk):
                    yield self._winners(challenge, entry, award)
            case Action.END_WITHOUT_AWARD:
                yield self._end(challenge, entry)

    def _planning(self, challenge: Challenge, entry: LogEntry) -> Data:
        release = _release(challenge, entry, "planning")
        return release | _asking(challenge) | {"planning": planning(challenge)}

    def _tender(self, challenge: Challenge, entry: LogEntry) -> Data:
        text = tender(challenge, tender_id(challenge), self.address, at=entry.at)
        return _release(challenge, entry, "tender") | _asking(challenge) | {"tender": text}

    def _update(self, challenge: Challenge, addendum: Addendum, before: list[Data]) -> Data:
        release = _release(challenge, addendum, "tenderUpdate")
        moved = periods(challenge, addendum.applications_until) if _moves(addendum) else {}
        change = amendment(addendum, release["id"], before[-1]["id"])
        return release | {
            "tender": {"id": tender_id(challenge), **moved, "amendments": [change]},
        }

    def _cancellation(self, challenge: Challenge, entry: LogEntry) -> Data:
        release = _release(challenge, entry, "tenderCancellation")
        change = {"id": "cancellation", "date": moment(entry.at), "rationale": entry.reason}
        change["releaseID"] = release["id"]
        state = {"id": tender_id(challenge), "status": "cancelled", "amendments": [change]}
        return release | {"tender": state}

    def _end(self, challenge: Challenge, entry: LogEntry) -> Data:
        is_awarded = entry.action == Action.AWARD
        award = {
            "id": award_id(challenge),
            "title": challenge.title,
            "status": "active" if is_awarded else "unsuccessful",
            "date": moment(entry.at),
            # The reason of an award may name the winner, who is told of in a release of its own
            "description": "" if is_awarded else entry.reason,
        }
        end = {
            "id": tender_id(challenge),
            "status": "complete" if is_awarded else "unsuccessful",
            "numberOfTenderers": self.applicants.get(challenge.pk),
        }
        told = {"tender": filled(end), "awards": [filled(award)]}
        return _release(challenge, entry, "award") | told

    def _winners(self, challenge: Challenge, entry: LogEntry, award: Award) -> Data:
        winners = {"id": award_id(challenge), "suppliers": [reference(award.supplier)]}
        release = _release(challenge, entry, "awardUpdate")
        told = {
            "date": moment(max(award.told_at, entry.at)),
            "parties": [party(award.supplier, ["supplier"])],
            "awards": [filled(winners)],
        }
        return release | filled(told)


def ocid(challenge: Challenge) -> str:
    return f"{settings.OCDS_PREFIX}-challenge-{challenge.pk}"


def tender_id(challenge: Challenge) -> str:
    return f"{ocid(challenge)}-tender"


def award_id(challenge: Challenge) -> str:
    return f"{ocid(challenge)}-award"


def _moves(addendum: Addendum) -> bool:
    return addendum.applications_until is not None


def _release(challenge: Challenge, row: LogEntry | Addendum, tag: str) -> Data:
    """Begin a release; its id comes from the row that never changes."""
    return {
        "ocid": ocid(challenge),
        "id": f"{ocid(challenge)}-{tag}-{row.pk}",
        "date": moment(row.at),
        "tag": [tag],
        "initiationType": "tender",
        "language": "de",
    }


def _asking(challenge: Challenge) -> Data:
    asking = party(challenge.organisation, ["buyer", "procuringEntity"])
    partners = [party(partner, ["buyer"]) for partner in challenge.partners.all()]
    return {"buyer": reference(challenge.organisation), "parties": [asking, *partners]}
