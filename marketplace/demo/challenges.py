"""The invented challenges in all states, with dates moved to suit the day of loading.

Who writes, checks and awards is invented too. A second run adds none.
"""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from challenges.calls import sealing
from challenges.calls.lifecycle import Action
from challenges.models import Challenge, Procedure, ProcurementRule, SealEntry
from challenges.procurement import adviser
from challenges.procurement import loading as procurement
from marketplace.demo import applications
from marketplace.demo.accounts import password
from marketplace.demo.market import FIRST_DAY, read
from profiles.models import (
    Membership,
    Municipality,
    Organisation,
    Standard,
    State,
    Topic,
    User,
)
from profiles.slugs import german_slug

BERLIN = ZoneInfo("Europe/Berlin")
PROCEDURES = {
    "negotiated_uvgo_call": "verhandlungsvergabe_mit_tw",
    "negotiated_uvgo": "verhandlungsvergabe",
    "restricted_uvgo": "beschraenkte_ausschreibung_mit_tw",
    "direct_award": "direktauftrag",
    "innovation_partnership": "innovationspartnerschaft",
    "competitive_dialogue": "wettbewerblicher_dialog",
    "open_vgv": "offenes_verfahren",
}
TOPICS = {
    "c01": ["ki_wissensassistenz", "ki_text_daten"],
    "c02": ["ki_chatbot", "telefonservice"],
    "c03": ["klimaanpassung", "umweltsensoren"],
    "c04": ["mobilitaet_parken"],
    "c05": ["foerderverfahren"],
    "c06": ["kindertagesbetreuung", "ganztag_schulkind"],
    "c07": ["servicestation", "laendlicher_raum"],
    "c08": ["buergerbeteiligung"],
    "c09": ["forst_gruen"],
    "c10": ["open_data", "verkehrssteuerung"],
    "c11": ["abstimmungen_wahlen"],
    "c12": ["it_sicherheit", "notfall_bcm"],
}
# How many days of its own calendar lie behind each on the day of loading, and how far it came.
PLAN: dict[str, tuple[int, str]] = {
    "c01": (10, "running"),
    "c02": (3, "running"),
    "c03": (14, "running"),
    "c04": (40, "evaluation"),
    "c05": (55, "evaluation"),
    "c06": (70, "decision"),
    "c07": (95, "awarded"),
    "c08": (75, "no_award"),
    "c09": (20, "cancelled"),
    "c10": (-21, "draft"),
    "c11": (-14, "in_review"),
    "c12": (1, "running"),
}
WRITER, CHECKER = "schreibt@challenge.example", "prueft@challenge.example"
REASON = {
    "awarded": "Platz 1 der Rangfolge nach der veröffentlichten Regel.",
    "no_award": "Keine Bewerbung erfüllte die Anforderungen an die Offenheit.",
    "cancelled": "Der Forstbetrieb wird mit dem Nachbarkreis zusammengelegt.",
}


@transaction.atomic
def load() -> None:
    if Challenge.objects.exists():
        return
    procurement.load()
    people = [_person(email) for email in (WRITER, CHECKER)]
    pairs = [sealing.new_pair() for _person in people]
    held = [(public, sealing.lock(private, password())) for private, public in pairs]
    now = timezone.now()
    for row in read("challenges"):
        days, goal = PLAN[row["id"]]
        challenge = _challenge(row, days, people, now)
        _hold(challenge, people, held)
        _walk(challenge, goal, people, now)


def _person(email: str) -> User:
    """Make somebody who signs in with the password of all demo accounts."""
    user = User.objects.filter(email=email).first() or User(email=email)
    user.set_password(password())
    user.save()
    user.confirm_email()
    return user


def _hold(call: Challenge, people: list[User], held: list[tuple[bytes, bytes]]) -> None:
    """Let both hold a key; their passphrase is the password of all demo accounts.

    Each has one pair for all challenges, for locking one takes its time.
    """
    at = call.created_at
    for person, (public, locked) in zip(people, held, strict=True):
        call.key_holders.create(user=person, public_key=public, locked_key=locked, created_at=at)
        call.seal_log.create(kind=SealEntry.Kind.HOLDER_ADDED, by=person, at=at)


def _challenge(row: dict[str, Any], days: int, people: list[User], now: datetime) -> Challenge:
    organisation = _organisation(row["issuer"], people)
    dates, asked = row["deadlines"], row["requirements"]
    shift = timezone.localdate(now) - timedelta(days=days) - _day(dates["published_on"])

    def at(name: str, hour: int) -> datetime:
        return datetime.combine(_day(dates[name]) + shift, time(hour), BERLIN)

    procedure = Procedure.objects.get(key=PROCEDURES[row["award_procedure"]["code"]])
    level, budget = ProcurementRule.level_of(organisation), row["budget"]["total_eur"]
    on = timezone.localdate(now)
    call = Challenge.objects.create(
        organisation=organisation,
        title=row["title"],
        slug=german_slug(row["title"])[:80],
        problem_staff=row["problem"],
        goals=[{"goal": goal, "measure": ""} for goal in row["goals"]],
        hosting=asked["hosting"] or [],
        licence=asked["licence"] or "",
        max_budget_eur=asked["max_budget_eur"],
        min_phase=asked["min_phase"] or "",
        budget_eur=budget,
        term_months=row["budget"]["term_months"],
        procedure=procedure.key,
        procedure_facts=adviser.facts(procedure, budget, organisation.seat, on=on, level=level),
        contact=f"Vergabestelle {organisation.name} (erfunden)",
        questions_from=at("published_on", 9),
        questions_until=at("questions_until", 12),
        applications_from=at("published_on", 9),
        applications_until=at("applications_until", 12),
        pitch_on=_day(dates["pitch_on"]) + shift,
        decision_on=_day(dates["decision_on"]) + shift,
        start_on=_day(dates["start_on"]) + shift,
        created_at=at("published_on", 9) - timedelta(days=20),
    )
    call.standards.set(Standard.objects.filter(key__in=asked["standards"]))
    call.topics.set(Topic.objects.filter(key__in=TOPICS[row["id"]]))
    applications.ask(call)
    for position, criterion in enumerate(row["evaluation"]["criteria"]):
        call.criteria.create(
            position=position,
            label=criterion["label"],
            weight=criterion["weight"],
            description=criterion["description"],
            is_price=criterion["label"] == "Preis",
        )
    return call


def _walk(call: Challenge, goal: str, people: list[User], now: datetime) -> None:
    """Take the steps of the diagram, each at a moment that suits the dates."""
    writer, checker = people
    if goal == "draft":
        return
    assert call.questions_from  # noqa: S101  (they were just set)
    assert call.applications_until  # noqa: S101
    morning = min(call.questions_from, now) - timedelta(hours=1)
    call.take(Action.SUBMIT, by=writer, at=morning - timedelta(days=2))
    if goal == "in_review":
        return
    call.take(Action.PUBLISH, by=checker, at=morning)
    if goal == "cancelled":
        call.take(Action.CANCEL, by=checker, at=now - timedelta(days=1), reason=REASON[goal])
        return
    taken = Challenge.objects.filter(pk=call.pk, seal_key__isnull=False).exists()
    if taken and goal != "running":
        applications.hand_in(call, at=call.applications_until - timedelta(days=2))
    call.settle(at=now)
    after = min(call.applications_until + timedelta(days=10), now)
    later = min(after + timedelta(days=7), now)
    if taken and goal != "running":
        applications.judge(call, goal, people, at=after)
    if goal in {"decision", "awarded", "no_award"}:
        call.take(Action.FINISH_EVALUATION, by=checker, at=after)
    if goal in {"awarded", "no_award"}:
        awards = taken and goal == "awarded"
        applications.decide(call, people, REASON[goal], awards=awards, at=later)


def _organisation(issuer: dict[str, Any], people: list[User]) -> Organisation:
    place = Municipality.objects.filter(name=issuer["name"]).first()
    kind = issuer["kind"] if place or issuer["kind"] == "state_agency" else "state_agency"
    organisation, _ = Organisation.objects.get_or_create(
        name=issuer["name"],
        defaults={
            "slug": german_slug(issuer["name"]),
            "kind": kind,
            "municipality": place,
            "state": State.objects.get(code=issuer["state"]),
            "verified_at": FIRST_DAY,
        },
    )
    if organisation.verified_at is None:
        organisation.verified_at = FIRST_DAY
        organisation.save()
    for person in people:
        Membership.objects.get_or_create(
            user=person, organisation=organisation, defaults={"role": Membership.Role.OWNER}
        )
    return organisation


def _day(text: str) -> Any:
    return datetime.fromisoformat(text).date()
