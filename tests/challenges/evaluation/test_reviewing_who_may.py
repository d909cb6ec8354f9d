"""Who may judge: those who are invited, and not where they have a conflict of interest."""

from django.urls import reverse

from challenges.models import Challenge, Declaration, Panel
from tests.challenges.applications.making import add_opened_file
from tests.challenges.evaluation.making import AT, make_opened, make_reviewer
from tests.factories import make_member, make_user
from tests.who_may import GET, LOGIN, POST, Table

#                         method  anonymous stranger colleague of the issuer, invited,
#                                 declared, with a conflict, chair, applicant, admin
ROWS = {
    "evaluation:list":    (GET,  LOGIN, 200, 200, 200, 200, 200, 200, 200, 200),
    "evaluation:sheet":   (GET,  LOGIN, 404, 404, 200, 200, 200, 200, 404, 404),
    "evaluation:declare": (GET,  LOGIN, 404, 404, 200, 404, 404, 404, 404, 404),
    "evaluation:score":   (GET,  LOGIN, 404, 404, 404, 200, 404, 404, 404, 404),
    "evaluation:blind_file": (GET, LOGIN, 404, 404, 404, 200, 404, 404, 404, 404),
    "evaluation:blind_file, that tells names":
                          (GET,  LOGIN, 404, 404, 404, 404, 404, 404, 404, 404),
    "evaluation:lock":    (POST, LOGIN, 404, 404, 302, 302, 302, 302, 404, 404),
    "evaluation:agree":   (GET,  LOGIN, 404, 404, 404, 404, 404, 200, 404, 404),
    "evaluation:agree_file": (GET, LOGIN, 404, 404, 404, 404, 404, 200, 404, 404),
}  # fmt: skip


def address_of(name: str, challenge: Challenge) -> str:
    """The score is that of the one who declared; for agreeing, the round is closed."""
    if name == "evaluation:list":
        return reverse(name)
    application, more = challenge.applications.get(), []
    address, _comma, why = name.partition(", ")
    if address.endswith("_file"):
        hides_names = why != "that tells names"
        more = [add_opened_file(application.submissions.get(), hides_names=hides_names).pk]
    if address in {"evaluation:score", "evaluation:blind_file"}:
        own = Declaration.objects.get(reviewer__user__email="declared@test.example")
        return reverse(address, args=[own.pk, *more])
    if address in {"evaluation:agree", "evaluation:agree_file"}:
        Panel.objects.update(closed_at=AT)
        return reverse(address, args=[challenge.slug, application.pk, *more])
    return reverse(name, args=[challenge.slug])


def subject() -> Challenge:
    challenge = make_opened(1000)
    chair = make_reviewer(challenge, user=make_user(email="chair@test.example"))
    challenge.panel.reviewers.filter(pk=chair.pk).update(is_chair=True)
    return challenge


def invited(challenge: Challenge, email: str, *, declared: bool = True, conflict: bool = False):
    user = make_user(email=email)
    conflicts = {challenge.applications.get().pk: "Aktien"} if conflict else {}
    make_reviewer(challenge, user=user, declared=declared, conflicts=conflicts)
    return user


PEOPLE = {
    "anonymous": lambda call: None,
    "stranger": lambda call: make_user(),
    "colleague": lambda call: make_member(call.organisation),
    "invited": lambda call: invited(call, "invited@test.example", declared=False),
    "declared": lambda call: invited(call, "declared@test.example"),
    "with a conflict": lambda call: invited(call, "conflict@test.example", conflict=True),
    "chair": lambda call: call.panel.reviewers.get(is_chair=True).user,
    "applicant": lambda call: make_member(call.applications.get().organisation),
    "admin": lambda call: make_user(is_staff=True, is_superuser=True),
}

WHO_MAY = Table(ROWS, address_of, subject, people=PEOPLE)
