"""Who may see which needs fit a provider's solutions, and why; the subject is a provider."""

from django.urls import reverse

from profiles.models import Organisation, Solution
from tests.factories import make_need, make_solution, make_verified_provider
from tests.who_may import GET, LOGIN, Table

#                 method  anonymous stranger viewer editor owner
#                         agency of the state, agency elsewhere, admin
ROWS = {
    "offer_needs": (GET, LOGIN, 404, 200, 200, 200, 404, 404, 404),
    "need_offers": (GET, LOGIN, 200, 200, 200, 200, 200, 200, 200),
    "need_place":  (GET, LOGIN, 404, 200, 200, 200, 404, 404, 404),
}  # fmt: skip


def address_of(name: str, organisation: Organisation) -> str:
    if name == "offer_needs":
        return reverse(name, args=[organisation.slug])
    need = make_need(visibility="public")
    if name == "need_offers":
        return reverse(name, args=[need.pk])
    solution = Solution.objects.filter(provider=organisation.pk).first()
    assert solution
    return reverse(name, args=[need.pk, solution.slug])


def provider() -> Organisation:
    solution = make_solution(provider=make_verified_provider())
    return solution.provider.organisation


WHO_MAY = Table(ROWS, address_of, provider)
