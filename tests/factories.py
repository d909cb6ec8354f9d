"""Rows that are valid as they are; a test states only what it is about."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import count
from typing import Any
from urllib.parse import urlencode

from django.core.files.base import ContentFile
from django.http import QueryDict
from django.utils import timezone

from challenges.calls import sealing
from challenges.models import (
    Challenge,
    Need,
    NeedsSurvey,
    ProviderQuestion,
    Question,
    Respondent,
    Response,
)
from challenges.procurement import loading as procurement
from challenges.surveys.building import add_question
from criteria.models import Assessment, Catalogue, Criterion, CriterionPhase, Term
from marketplace.models import Match, Matching
from profiles import reference
from profiles.filters import SolutionFilter
from profiles.models import (
    ConfirmationRequest,
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
    SolutionDraft,
    SolutionFile,
    Standard,
    StandardClaim,
    State,
    StoredFile,
    TechnologyTag,
    Thread,
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


def make_writer(provider: Provider, role: str = Membership.Role.EDITOR) -> User:
    return make_member(provider.organisation, role)


def make_verified_provider(**fields: Any) -> Provider:
    organisation = make_organisation(
        kind=Organisation.Kind.PROVIDER, state=make_state(), verified_at=LONG_AGO
    )
    return make_provider(organisation=organisation, **fields)


def draft_data(**fields: Any) -> dict[str, Any]:
    """Return what may be handed in as it is, once there is the topic."""
    if "topics" not in fields:
        fields["topics"] = [make_topic().key]
    given = {
        "title": "Parkfuchs",
        "summary": "Zeigt freie Parkplätze.",
        "offering_type": "product",
        "phase": "P3",
        "licence": "open_source",
        "hosting": ["germany"],
    }
    return given | fields


def make_draft(**fields: Any) -> SolutionDraft:
    """Make one in work; handed in, it has its date."""
    provider = fields.pop("provider", None) or make_verified_provider()
    data = fields.pop("data", None)
    defaults = {"edited_at": LONG_AGO, "data": draft_data() if data is None else data}
    if fields.get("state") in {"submitted", "changes_requested", "published"}:
        defaults["submitted_at"] = LONG_AGO
    if fields.get("state") == "changes_requested":
        defaults["reason"] = "Bitte genauer."
    return SolutionDraft.objects.create(provider=provider, **defaults | fields)


def make_claim(solution: Solution, standard: Standard, **fields: Any) -> StandardClaim:
    return StandardClaim.objects.create(solution=solution, standard=standard, **fields)


def make_file(organisation: Organisation | None = None, **fields: Any) -> StoredFile:
    """Make a document that nobody outside sees, and its file in the storage."""
    content = fields.pop("content", b"%PDF-")
    defaults = {
        "kind": StoredFile.Kind.DOCUMENT,
        "name": f"Datei {next(number)}.pdf",
        "content_type": "application/pdf",
        "size": len(content),
        "sha256": sha256(content).hexdigest(),
        "uploaded_at": LONG_AGO,
    }
    file = StoredFile(organisation=organisation or make_organisation(), **defaults | fields)
    file.file.save("", ContentFile(content))
    return file


def make_picture(solution: Solution, **fields: Any) -> SolutionFile:
    """Make one on the page of the solution."""
    given = {"content_type": "image/webp", "width": 40, "height": 30, "is_public": True}
    names = {"kind": StoredFile.Kind.SCREENSHOT, "name": f"bild{next(number)}.webp"}
    file = make_file(solution.provider.organisation, **names | given)
    return SolutionFile.append(solution, file, fields.get("alt_text", "Die Startseite"))


def make_document(solution: Solution, **fields: Any) -> SolutionFile:
    file = make_file(solution.provider.organisation, is_public=True, **fields)
    return SolutionFile.append(solution, file)


def make_deployment(solution: Solution, **fields: Any) -> Deployment:
    """Make a confirmed one, hence a reference."""
    place = fields.pop("municipality", None) or make_municipality()
    defaults = {"phase": solution.phase, "confirmed_at": LONG_AGO}
    return Deployment.objects.create(solution=solution, municipality=place, **defaults | fields)


def make_request(
    deployment: Deployment | None = None, address: str = "", **fields: Any
) -> ConfirmationRequest:
    """Make an open one, to an address or to the municipality's people."""
    at = fields.pop("at", None) or timezone.now()
    if deployment is None:
        deployment = make_deployment(make_solution(), confirmed_at=None)
    return deployment.ask(address, by=fields.pop("by", None) or make_user(), at=at)


def make_thread(**fields: Any) -> Thread:
    """Make one that a verified organisation has begun; `by` is one of its owners."""
    asking = fields.pop("asking", None) or make_organisation(
        kind=Organisation.Kind.MUNICIPALITY, verified_at=LONG_AGO
    )
    defaults = {"subject": "Eine Frage", "text": "Guten Tag!", "at": timezone.now()}
    given = defaults | {"asking": asking, "by": fields.pop("by", None) or make_member(asking)}
    return Thread.objects.start(**given | fields)


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
    matched = fields.pop("matched", False)
    need = Need.objects.create(**defaults | {"organisation": organisation} | fields)
    if matched:
        Matching.objects.create(need=need, computed_at=LONG_AGO, uses_meaning=True)
    need.topics.set(topics or [])
    need.standards.set(standards or [])
    return need


def make_match(need: Need, solution: Solution, **fields: Any) -> Match:
    """Make a good hit, as if the need had been matched."""
    Matching.objects.get_or_create(
        need=need, defaults={"computed_at": LONG_AGO, "uses_meaning": True}
    )
    position = need.matches.count()
    defaults = {"position": position, "score": 0.6, "parts": {}, "facts": {}}
    return Match.objects.create(need=need, solution=solution, **defaults | fields)


def make_challenge(
    *, criteria: dict[str, int] | None = None, key_holders: int = 2, **fields: Any
) -> Challenge:
    """Make a draft that only has to be submitted; `criteria` are labels with their weights.

    Its key holders have no passphrase: their keys let it be published, and open nothing.
    """
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
    challenge.price_positions.create(label="Einrichtung")
    for _holder in range(key_holders):
        public = sealing.new_pair()[1]
        keys = {"public_key": public, "locked_key": b"", "created_at": LONG_AGO}
        challenge.key_holders.create(user=make_member(organisation), **keys)
    return challenge


def make_running(**fields: Any) -> Challenge:
    """Make a published one that takes questions and applications today."""
    now = timezone.now()
    dates = {
        "questions_from": now - timedelta(days=2),
        "questions_until": now + timedelta(days=5),
        "applications_from": now - timedelta(days=1),
        "applications_until": now + timedelta(days=20),
        "published_at": now - timedelta(days=3),
    }
    return make_challenge(**{"state": "published"} | dates | fields)


def make_rules() -> None:
    """Make the states and their procurement rules, as the product comes with them."""
    State.objects.bulk_create(State(**row) for row in reference.rows("states"))
    procurement.load()


def make_provider_question(challenge: Challenge, **fields: Any) -> ProviderQuestion:
    """Make one that waits, of a verified provider."""
    provider = fields.pop("organisation", None) or make_organisation(
        kind=Organisation.Kind.PROVIDER, verified_at=LONG_AGO
    )
    by = fields.pop("by", None) or make_member(provider)
    text = fields.pop("text", "Gibt es Testdaten?")
    defaults = {"text": text, "wording": text, "asked_at": LONG_AGO}
    return ProviderQuestion.objects.create(
        challenge=challenge, organisation=provider, by=by, **defaults | fields
    )


def make_catalogue(**fields: Any) -> Catalogue:
    """A draft; the current one with `state="published"`."""
    own = Catalogue.objects.next_number()
    released = fields.get("state", Catalogue.State.DRAFT) != Catalogue.State.DRAFT
    defaults: dict[str, Any] = {
        "number": own,
        "title": "Kriterienkatalog",
        "imported_at": LONG_AGO,
        "published_at": LONG_AGO if released else None,
    }
    return Catalogue.objects.create(**defaults | fields)


def make_term(kind: str, key: str = "", **fields: Any) -> Term:
    key = key or f"begriff-{next(number)}"
    defaults = {"name_de": f"Begriff {key}", "position": next(number)}
    return Term.objects.get_or_create(kind=kind, key=key, defaults=defaults | fields)[0]


def make_criterion(
    catalogue: Catalogue | None = None,
    *,
    terms: Iterable[Term] = (),
    related: Iterable[Criterion] = (),
    **fields: Any,
) -> Criterion:
    """A criterion of the current catalogue, which is made where there is none."""
    own = next(number)
    defaults: dict[str, Any] = {
        "number": own,
        "key": f"kriterium-{own}",
        "title_de": f"Kriterium über Sache {own}",
        "phase": CriterionPhase.P1,
    }
    criterion = Criterion.objects.create(
        catalogue=catalogue
        or Catalogue.objects.current().first()
        or make_catalogue(state=Catalogue.State.PUBLISHED),
        scaling_driver=fields.pop("scaling_driver", None)
        or make_term(Term.Kind.SCALING_DRIVER, "treiber"),
        **defaults | fields,
    )
    criterion.terms.set(terms)
    criterion.related.set(related)
    return criterion


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


def make_assessment(
    ratings: dict[Criterion, str] | None = None, *, by: User | None = None, **fields: Any
) -> Assessment:
    """Make one of a verified municipality in P3, by the catalogue of the criteria given."""
    organisation = fields.pop("organisation", None) or make_organisation(
        kind=Organisation.Kind.MUNICIPALITY, verified_at=LONG_AGO
    )
    catalogue = next((criterion.catalogue for criterion in ratings or {}), None)
    catalogue = catalogue or Catalogue.objects.current().first()
    defaults = {
        "title": f"Vorhaben {next(number)}",
        "phase": "P3",
        "catalogue": catalogue or make_catalogue(state=Catalogue.State.PUBLISHED),
    }
    assessment = Assessment.objects.start(
        by=by, at=LONG_AGO, organisation=organisation, **defaults | fields
    )
    for criterion, value in (ratings or {}).items():
        assessment.ratings.filter(criterion=criterion).update(value=value)
    return assessment


def make_survey(**fields: Any) -> NeedsSurvey:
    """Make an open one of a verified agency, with a section and no question yet."""
    own = next(number)
    now = timezone.now()
    defaults = {
        "title_de": f"Abfrage {own}",
        "slug": f"abfrage-{own}",
        "opened_at": now - timedelta(days=1),
        "closes_at": now + timedelta(days=30),
        "created_at": now - timedelta(days=2),
    }
    organisation = fields.pop("organisation", None) or make_agency()
    survey = NeedsSurvey.objects.create(**defaults | {"organisation": organisation} | fields)
    survey.sections.create(title_de="Ihre Verwaltung", position=1)
    return survey


def make_question(
    survey: NeedsSurvey, key: str, kind: str = "free_text", **fields: Any
) -> Question:
    """Add one to the first section; choices have the options a and b."""
    options = [{"id": one, "label_de": f"Auswahl {one}"} for one in "ab"]
    chosen = options if kind not in {"free_text", "number", "need", "contact_consent"} else []
    section = survey.sections.all()[0]
    content = {"kind": kind, "text_de": f"Frage {key}", "options": chosen} | fields
    return add_question(section, key=key, **content)


def make_respondent(survey: NeedsSurvey | None = None, **fields: Any) -> Respondent:
    own = next(number)
    place = fields.pop("municipality", None) or make_municipality()
    defaults = {"survey": survey or make_survey(), "email": f"rathaus{own}@test.example"}
    return Respondent.objects.create(municipality=place, **defaults | fields)


def make_response(respondent: Respondent | None = None, **fields: Any) -> Response:
    defaults = {"started_at": timezone.now()}
    return Response.objects.create(respondent=respondent or make_respondent(), **defaults | fields)
