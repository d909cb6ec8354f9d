"""What a challenge says of itself, as the planning and tender sections of OCDS 1.1.5."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from challenges.calls.models import Addendum, Challenge
from challenges.opendata.parties import reference

Data = dict[str, Any]
Address = Callable[[str], str]
"""Makes the absolute address of a path."""

METHODS = frozenset({"open", "selective", "limited", "direct"})


def moment(at: datetime) -> str:
    """Write a moment with the offset of the site's own clock."""
    return timezone.localtime(at, timezone.get_default_timezone()).isoformat(timespec="seconds")


def end_of(day: date) -> str:
    zone = timezone.get_default_timezone()
    return moment(datetime.combine(day, time(23, 59, 59), zone))


def filled(data: Data) -> Data:
    """Leave out what is not known: OCDS reads an empty value as a deletion."""
    return {key: value for key, value in data.items() if value not in (None, "", [], {})}


def planning(challenge: Challenge) -> Data:
    views = [challenge.problem_citizens, challenge.problem_staff]
    amount = _amount(challenge)
    return {
        "rationale": "\n\n".join(view for view in views if view),
        **({"budget": {"amount": amount}} if amount else {}),
    }


def tender(challenge: Challenge, tender_id: str, address: Address, *, at: datetime) -> Data:
    """Tell what was published at that moment; a deadline as it was then."""
    facts = challenge.procedure_facts or {}
    page = address(challenge.get_absolute_url())
    method = facts.get("ocds_method")
    return filled(
        {
            "id": tender_id,
            "title": challenge.title,
            "description": _description(challenge),
            "status": "active",
            "procuringEntity": reference(challenge.organisation),
            "value": _amount(challenge),
            "procurementMethod": method if method in METHODS else None,
            "procurementMethodDetails": facts.get("name_de"),
            "procurementMethodRationale": facts.get("legal_basis"),
            "mainProcurementCategory": "services",
            "items": _items(challenge),
            "eligibilityCriteria": ", ".join(challenge.eligible_names),
            "submissionMethod": ["electronicSubmission"],
            "submissionMethodDetails": page,
            "enquiryPeriod": _period(challenge.questions_from, challenge.questions_until),
            "documents": [
                {
                    "id": "page",
                    "documentType": "tenderNotice",
                    "title": challenge.title,
                    "url": page,
                    "format": "text/html",
                    "language": "de",
                }
            ],
            "milestones": _milestones(challenge),
            **_award_criteria(challenge),
            **periods(challenge, deadline_at(challenge, at)),
        }
    )


def deadline_at(challenge: Challenge, at: datetime) -> datetime | None:
    """Return the deadline for applications as it was at that moment, before later addenda."""
    for addendum in challenge.addenda.all():
        if addendum.at > at and addendum.applications_until_before is not None:
            return addendum.applications_until_before
    return challenge.applications_until


def periods(challenge: Challenge, deadline: datetime | None) -> Data:
    """The periods that move with the deadline for applications."""
    decision = challenge.decision_on
    end = end_of(decision) if decision else None
    in_order = end and deadline and decision and decision >= timezone.localdate(deadline)
    return filled(
        {
            "tenderPeriod": _period(challenge.applications_from, deadline),
            "awardPeriod": {"startDate": moment(deadline), "endDate": end}
            if in_order and deadline
            else None,
        }
    )


def amendment(addendum: Addendum, release_id: str, amended_id: str) -> Data:
    return {
        "id": f"addendum-{addendum.pk}",
        "date": moment(addendum.at),
        "description": addendum.text,
        "amendsReleaseID": amended_id,
        "releaseID": release_id,
    }


def _amount(challenge: Challenge) -> Data | None:
    if challenge.budget_eur is None:
        return None
    return {"amount": challenge.budget_eur, "currency": "EUR"}


def _description(challenge: Challenge) -> str:
    goals = [row["goal"] for row in challenge.goals if row.get("goal")]
    parts = [challenge.problem_citizens, challenge.problem_staff]
    if goals:
        parts.append("Ziele: " + "; ".join(goals))
    parts += [challenge.wishes, challenge.prize]
    return "\n\n".join(part for part in parts if part)


def _period(start: datetime | None, end: datetime | None) -> Data:
    return filled({"startDate": start and moment(start), "endDate": end and moment(end)})


def _items(challenge: Challenge) -> list[Data]:
    """One for each topic that has CPV codes: the first classifies it, the others add to that."""
    items = []
    for topic in challenge.topics.all():
        codes = [{"scheme": "CPV", "id": code} for code in topic.cpv_codes]
        if codes:
            item = {"id": topic.key, "description": topic.name_de, "classification": codes[0]}
            items.append(item | filled({"additionalClassifications": codes[1:]}))
    return items


def _award_criteria(challenge: Challenge) -> Data:
    criteria = challenge.criteria.all()
    if not criteria:
        return {}
    by_price = {criterion.is_price for criterion in criteria}
    names = {
        frozenset({True}): "priceOnly",
        frozenset({False}): "qualityOnly",
        frozenset({True, False}): "ratedCriteria",
    }
    details = "; ".join(f"{criterion.label}: {criterion.weight} %" for criterion in criteria)
    return {"awardCriteria": names[frozenset(by_price)], "awardCriteriaDetails": details}


def _milestones(challenge: Challenge) -> list[Data]:
    """The days that are named beside the deadlines; whether they were kept, the log tells."""
    days = [
        ("pitch", "Vorstellung", "assessment", challenge.pitch_on),
        ("decision", "Entscheidung", "approval", challenge.decision_on),
        ("start", "Beginn", "delivery", challenge.start_on),
    ]
    return [
        {"id": key, "title": title, "type": kind, "dueDate": end_of(day)}
        for key, title, kind, day in days
        if day is not None
    ]
