"""Who may see the matches of a need: who may see the need."""

from django.urls import reverse

from profiles.models import Organisation
from tests.factories import LONG_AGO, make_need, make_organisation
from tests.who_may import GET, LOGIN, Table


def address(name: str, organisation: Organisation) -> str:
    return reverse(name, args=[make_need(organisation=organisation).pk])


def municipality() -> Organisation:
    return make_organisation(kind=Organisation.Kind.MUNICIPALITY, verified_at=LONG_AGO)


#                            method  anonymous  stranger  viewer  editor  owner  agency  elsewhere
WHO_MAY = Table(
    {"need_matches": (GET, LOGIN, 404, 200, 200, 200, 404, 404, 200)}, address, municipality
)
