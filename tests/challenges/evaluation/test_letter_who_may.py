"""Who may read what an applicant is told: those who speak for it."""

from django.urls import reverse

from challenges.evaluation import deciding
from profiles.models import Organisation
from tests.challenges.evaluation.making import AT, make_opened, make_opened_application
from tests.factories import make_provider, make_user
from tests.who_may import GET, LOGIN, Table

#                        method  anonymous stranger viewer editor owner
#                                agency of the state, agency elsewhere, admin
ROWS = {
    "evaluation:letter": (GET, LOGIN, 404, 404, 200, 200, 404, 404, 404),
}  # fmt: skip


def applicant() -> Organisation:
    return make_provider().organisation


def address_of(name: str, organisation: Organisation) -> str:
    challenge = make_opened()
    provider = organisation.provider
    application = make_opened_application(challenge, 500, AT, provider=provider)
    decision = deciding.propose(challenge, winner=None, reason="so", by=make_user(), at=AT)
    deciding.sign(decision, by=make_user(), at=AT)
    return reverse(name, args=[application.pk])


WHO_MAY = Table(ROWS, address_of, applicant)
