"""Who may do what with a thread, as somebody of the organisation that is asked."""

from django.urls import reverse

from profiles.models import Deployment, Organisation
from tests.factories import (
    LONG_AGO,
    make_deployment,
    make_member,
    make_organisation,
    make_provider,
    make_solution,
    make_thread,
)
from tests.who_may import GET, LOGIN, POST, Table

#                           anonymous stranger viewer editor owner
#                           agency of the state, agency elsewhere, admin
ROWS = {
    "contact:inbox":     (GET,  LOGIN, 200, 200, 200, 200, 200, 200, 200),
    "contact:provider":  (GET,  LOGIN, 200, 200, 200, 200, 200, 200, 200),
    "contact:solution":  (GET,  LOGIN, 200, 200, 200, 200, 200, 200, 200),
    "contact:colleague": (GET,  LOGIN, 200, 200, 200, 200, 200, 200, 200),
    "contact:thread":    (GET,  LOGIN, 404, 200, 200, 200, 404, 404, 404),
    "contact:thread, a reply": (POST, LOGIN, 404, 404, 302, 302, 404, 404, 404),
    "contact:close":     (POST, LOGIN, 404, 404, 302, 302, 404, 404, 404),
    "contact:report":    (GET,  LOGIN, 404, 200, 200, 200, 404, 404, 404),
    "provider_check":    (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404),
}  # fmt: skip


def address_of(name: str, provider: Organisation) -> str:
    match name:
        case "contact:inbox":
            return reverse(name)
        case "contact:provider" | "provider_check":
            make_solution(provider=provider.provider)
            return reverse(name, args=[provider.slug])
        case "contact:solution":
            return reverse(name, args=[make_solution(provider=provider.provider).slug])
        case "contact:colleague":
            return reverse(name, args=[askable_deployment(provider).pk])
    thread = make_thread(answering=provider)
    if name == "contact:report":
        return reverse(name, args=[thread.messages.get().pk])
    return reverse(name.partition(",")[0], args=[thread.pk])


def askable_deployment(provider: Organisation) -> Deployment:
    town = make_organisation(kind="municipality", verified_at=LONG_AGO)
    make_member(town)
    solution = make_solution(provider=provider.provider)
    return make_deployment(solution, municipality=town.municipality, contact_consent_at=LONG_AGO)


WHO_MAY = Table(
    ROWS, address_of, lambda: make_provider().organisation, lambda provider: {"text": "Hallo"}
)
