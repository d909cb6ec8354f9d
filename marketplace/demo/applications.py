"""Invented applications for the invented challenges: sealed, opened and judged on the real ways."""

from datetime import datetime, timedelta

from challenges.applications import drafts, files, opening, submitting
from challenges.calls.lifecycle import State
from challenges.evaluation import consensus, deciding, judging
from challenges.models import Challenge, Declaration, Panel
from marketplace.demo.accounts import password
from profiles import documents
from profiles.files.inspection import Accepted
from profiles.models import Provider, User

APPLICANT = "bewirbt@challenge.example"
ANSWERS = (
    "Wir bringen eine Lösung mit, die schon in zwei Kommunen läuft, und passen sie an.",
    "Wir entwickeln einen Prototyp in acht Wochen und messen den Erfolg mit Ihnen.",
    "Wir verbinden vorhandene Systeme über offene Schnittstellen, ohne neue Fachsoftware.",
)
PLAN = "Woche 1 bis 2: Auftakt. Woche 3 bis 8: Aufbau mit den Fachleuten. Danach: Betrieb."
AMOUNTS = ("18500.00", "24000.00", "21200.00")
REASONS = (
    "Das Vorgehen ist klar beschrieben und mit Beispielen belegt.",
    "Der Zeitplan ist knapp, die Zuständigkeiten bleiben offen.",
    "Gute Idee; wie der Betrieb danach aussieht, steht nicht da.",
)
POINTS = ((8, 7), (6, 7), (9, 4))  # of the two reviewers, by application: once far apart


def ask(call: Challenge) -> None:
    """Say what applicants fill in, while it is a draft."""
    call.form_questions.create(text="Was schlagen Sie vor?", max_words=300)
    call.price_positions.create(label="Einrichtung und Betrieb im ersten Jahr")
    call.file_slots.create(name="Zeitplan", is_required=False)


def hand_in(call: Challenge, *, at: datetime) -> None:
    """Let three providers apply."""
    by = User.objects.get_or_create(email=APPLICANT)[0]
    providers = list(Provider.objects.select_related("organisation").order_by("pk"))
    question, position = call.form_questions.get(), call.price_positions.get()
    slot = call.file_slots.get()
    plan = documents.render("Zeitplan", [documents.Paragraph(PLAN)], "de")
    for number, (answer, amount) in enumerate(zip(ANSWERS, AMOUNTS, strict=True)):
        applicant = providers[(call.pk + 7 * number) % len(providers)].organisation
        moment = at + timedelta(hours=number)
        application = submitting.begin(call, applicant, by=by, at=moment)
        draft = drafts.empty()
        draft["answers"], draft["prices"] = {str(question.pk): answer}, {str(position.pk): amount}
        drafts.save(application, draft, by=by, at=moment, seen=application.version)
        if number < 2:
            given = Accepted(plan, "application/pdf", "zeitplan.pdf")
            hides = {"hides_names": number == 0}
            files.put(application, slot, given, **hides, by=by, arrived_at=moment, at=moment)
        application.refresh_from_db()
        seen = application.version
        submitting.submit(application, by=by, arrived_at=moment, at=moment, seen=seen)


def judge(call: Challenge, goal: str, people: list[User], *, at: datetime) -> None:
    """Open what came, and judge it as far as the goal says."""
    for person in people:
        opening.enter(call, person, password(), at=at)
    reviewers = [judging.invite(call, person.email, by=people[0], at=at) for person in people]
    for reviewer in reviewers:
        judging.declare(reviewer, {}, at=at)
    judging.appoint(reviewers[0], by=people[0], at=at)
    if goal == State.EVALUATION:
        return
    keys = [row.pk for row in judging.judged_criteria(call)]
    for voice, reviewer in enumerate(reviewers):
        for number, sheet in enumerate(Declaration.objects.filter(reviewer=reviewer).by_letter()):
            given = POINTS[number % 3][voice], REASONS[number % 3]
            judging.score(sheet, dict.fromkeys(keys, given))
        judging.lock(reviewer, at=at)
    panel = Panel.objects.get(challenge=call)
    judging.close(panel, by=people[0], at=at)
    for number, row in enumerate(judging.submissions_of(call).order_by("checksum")):
        agreed = (sum(POINTS[number % 3]) // 2, REASONS[number % 3])
        application = row.application
        consensus.agree(panel, application, dict.fromkeys(keys, agreed), by=people[0], at=at)


def decide(call: Challenge, people: list[User], reason: str, *, awards: bool, at: datetime) -> None:
    winner = consensus.results(call)[0].submission.application if awards else None
    decision = deciding.propose(call, winner=winner, reason=reason, by=people[0], at=at)
    deciding.sign(decision, by=people[1], at=at)
