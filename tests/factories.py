"""Rows that are valid as they are; a test states only what it is about."""

from datetime import UTC, datetime
from itertools import count
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils import timezone

from challenges.models import Challenge, Need
from profiles.filters import SolutionFilter
from profiles.models import (
    Deployment,
    Invitation,
    JoinRequest,
    Mail,
    Membership,
    Municipality,
    Organisation,
    Provider,
    SizeClass,
    Solution,
    Standard,
    StandardClaim,
    State,
    TechnologyTag,
    Topic,
    User,
)

number = count(1)
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def make_user(**fields: Any) -> User:
    return User.objects.create_user(**{"email": f"person{next(number)}@test.example"} | fields)


def make_state(code: str = "DE-HE") -> State:
    prefixes = {
        "DE-HE": ("Hessen", "Hesse", "06", "DE7"),
        "DE-NI": ("Niedersachsen", "", "03", "DE9"),
    }
    name_de, name_en, prefix, nuts1 = prefixes[code]
    fields = {"name_de": name_de, "name_en": name_en or name_de, "ags_prefix": prefix}
    return State.objects.get_or_create(code=code, defaults=fields | {"nuts1": nuts1})[0]


def make_size_class(low: int = 20_000, high: int | None = 49_999) -> SizeClass:
    fields = {"name_de": f"{low}–{high}", "key": f"{low}_{high}", "max_population": high}
    return SizeClass.objects.get_or_create(min_population=low, defaults=fields)[0]


def make_municipality(**fields: Any) -> Municipality:
    own = next(number)
    state = fields.pop("state", None) or make_state()
    defaults = {
        "ags": f"{state.ags_prefix}{own:06}",
        "name": f"Musterstadt {own}",
        "kind": Municipality.Kind.TOWN,
        "state": state,
        "population": 30_000,
    }
    return Municipality.objects.create(**defaults | fields)


def make_organisation(**fields: Any) -> Organisation:
    own = next(number)
    defaults: dict[str, Any] = {
        "name": f"Organisation {own}",
        "slug": f"organisation-{own}",
        "kind": Organisation.Kind.STATE_AGENCY,
    }
    if fields.get("kind") in {Organisation.Kind.MUNICIPALITY, Organisation.Kind.DISTRICT}:
        defaults["municipality"] = fields.get("municipality") or make_municipality()
    return Organisation.objects.create(**defaults | fields)


def make_member(organisation: Organisation, role: str = Membership.Role.OWNER) -> User:
    user = make_user()
    Membership.objects.create(organisation=organisation, user=user, role=role)
    return user


def make_agency(**fields: Any) -> Organisation:
    """Make a state agency that checks others: it is verified itself."""
    return make_organisation(**{"state": make_state(), "verified_at": LONG_AGO} | fields)


def make_invitation(organisation: Organisation, **fields: Any) -> tuple[Invitation, str]:
    """Make an open one, and the token that only the mail holds."""
    at = fields.pop("at", None) or timezone.now()
    defaults = {"email": f"gast{next(number)}@test.example", "role": "editor", "created_at": at}
    invitation = Invitation(organisation=organisation, **defaults | fields)
    return invitation, invitation.issue(at=at)


def make_join_request(organisation: Organisation, **fields: Any) -> JoinRequest:
    user = fields.pop("user", None) or make_user()
    defaults = {"message": "Ich arbeite hier.", "created_at": timezone.now()}
    return JoinRequest.objects.create(organisation=organisation, user=user, **defaults | fields)


def make_provider(**fields: Any) -> Provider:
    name = fields.pop("name", f"Anbieter {next(number)} GmbH")
    organisation = fields.pop("organisation", None) or make_organisation(
        name=name, kind=Organisation.Kind.PROVIDER
    )
    return Provider.objects.create(
        **{"organisation": organisation, "kind": Provider.Kind.STARTUP} | fields
    )


def make_topic(key: str = "", **fields: Any) -> Topic:
    key = key or f"thema_{next(number)}"
    return Topic.objects.create(**{"key": key, "name_de": f"Thema {key}", "name_en": key} | fields)


def make_tag(key: str = "", **fields: Any) -> TechnologyTag:
    key = key or f"technik_{next(number)}"
    return TechnologyTag.objects.create(**{"key": key, "name_de": key, "name_en": key} | fields)


def make_standard(key: str = "", **fields: Any) -> Standard:
    key = key or f"standard_{next(number)}"
    defaults = {
        "key": key,
        "name_de": key,
        "kind": Standard.Kind.CERTIFICATE,
        "category": "security",
    }
    return Standard.objects.create(**defaults | fields)


def make_solution(
    *, topics: list[Topic] | None = None, regions: list[State] | None = None, **fields: Any
) -> Solution:
    own = next(number)
    defaults = {
        "title": f"Lösung {own}",
        "slug": f"loesung-{own}",
        "summary": "Eine Lösung für Rathäuser. Sie läuft seit Jahren.",
        "phase": "P4",
        "licence": "proprietary",
        "hosting": ["germany"],
        "published_at": LONG_AGO,
    }
    provider = fields.pop("provider", None) or make_provider()
    solution = Solution.objects.create(**defaults | {"provider": provider} | fields)
    solution.topics.set(topics or [])
    solution.regions.set(regions or [])
    return solution


def make_claim(solution: Solution, standard: Standard, **fields: Any) -> StandardClaim:
    return StandardClaim.objects.create(solution=solution, standard=standard, **fields)


def make_deployment(solution: Solution, **fields: Any) -> Deployment:
    """Make a confirmed one, hence a reference."""
    place = fields.pop("municipality", None) or make_municipality()
    defaults = {"phase": solution.phase, "confirmed_at": LONG_AGO}
    return Deployment.objects.create(solution=solution, municipality=place, **defaults | fields)


def make_need(
    *, topics: list[Topic] | None = None, standards: list[Standard] | None = None, **fields: Any
) -> Need:
    """Make an open one of a verified municipality, seen by its own people only."""
    own = next(number)
    organisation = fields.pop("organisation", None) or make_organisation(
        kind=Organisation.Kind.MUNICIPALITY, verified_at=LONG_AGO
    )
    defaults = {
        "title": f"Bedarf {own}",
        "problem": "Wir brauchen Hilfe.",
        "state": Need.State.OPEN,
        "created_at": LONG_AGO,
        "released_at": LONG_AGO,
    }
    need = Need.objects.create(**defaults | {"organisation": organisation} | fields)
    need.topics.set(topics or [])
    need.standards.set(standards or [])
    return need


def make_challenge(*, criteria: dict[str, int] | None = None, **fields: Any) -> Challenge:
    """Make a draft that only has to be submitted; `criteria` are labels with their weights."""
    own = next(number)
    organisation = fields.pop("organisation", None) or make_organisation(
        kind=Organisation.Kind.MUNICIPALITY, verified_at=LONG_AGO
    )
    defaults = {
        "title": f"Challenge {own}",
        "slug": f"challenge-{own}",
        "problem_citizens": "Es dauert zu lange.",
        "procedure": "direktauftrag",
        "contact": "Vergabestelle",
        "questions_from": datetime(2027, 1, 11, 9, tzinfo=UTC),
        "questions_until": datetime(2027, 1, 29, 12, tzinfo=UTC),
        "applications_from": datetime(2027, 1, 11, 9, tzinfo=UTC),
        "applications_until": datetime(2027, 2, 19, 12, tzinfo=UTC),
        "created_at": LONG_AGO,
    }
    challenge = Challenge.objects.create(**defaults | {"organisation": organisation} | fields)
    for label, weight in (criteria or {"Eignung": 70, "Preis": 30}).items():
        challenge.criteria.create(label=label, weight=weight, is_price=label == "Preis")
    return challenge


def filterset(**parameters: object) -> SolutionFilter:
    """Filter the published solutions as the address of the list would."""
    data = QueryDict(urlencode(parameters, doseq=True))
    return SolutionFilter(data, queryset=Solution.objects.published())


def make_mail(**fields: Any) -> Mail:
    """Make one that waits, and is due."""
    own = next(number)
    defaults = {
        "address": f"leserin{own}@test.example",
        "kind": "barrier_report_received",
        "language": "de",
        "context": {"due": "3. Januar 2027"},
        "event": f"probe:{own}",
        "queued_at": LONG_AGO,
        "due_at": LONG_AGO,
    }
    return Mail.objects.create(**defaults | fields)
