"""Who may read and answer an invitation: the people of the provider."""

from django.urls import reverse

from challenges.models import ProviderInvitation
from profiles.models import Organisation
from tests.challenges.results.making import make_closed_survey
from tests.factories import LONG_AGO, make_agency, make_provider
from tests.who_may import GET, LOGIN, POST, Table

ROWS = {
    "surveys:invitation":           (GET,  LOGIN, 404, 200, 200, 200, 404, 404, 404),
    "surveys:invitation, answered": (POST, LOGIN, 404, 404, 302, 302, 404, 404, 404),
}  # fmt: skip


def address(name: str, organisation: Organisation) -> str:
    field = make_closed_survey(make_agency()).fields_of_action.create(title="Anträge")
    invitation = ProviderInvitation.objects.create(
        field=field, provider=organisation.provider, message="Bitte!", invited_at=LONG_AGO
    )
    return reverse("surveys:invitation", args=[invitation.pk])


def startup() -> Organisation:
    return make_provider().organisation


WHO_MAY = Table(ROWS, address, startup, lambda organisation: {"answer": "interested"})
