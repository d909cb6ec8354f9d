"""For whom people post challenges and ask questions."""

from profiles.models import Membership, Organisation
from profiles.models.organisations import OrganisationQuerySet
from profiles.models.people import AnyUser


def posting_for(user: AnyUser) -> OrganisationQuerySet:
    """The verified organisations for which the person may write a challenge."""
    return _spoken_for(user).exclude(kind=Organisation.Kind.PROVIDER)


def asking_for(user: AnyUser) -> OrganisationQuerySet:
    """The verified providers for which the person may ask."""
    return _spoken_for(user).filter(kind=Organisation.Kind.PROVIDER)


def may_ask(user: AnyUser) -> bool:
    return asking_for(user).exists()


def _spoken_for(user: AnyUser) -> OrganisationQuerySet:
    mine = Membership.objects.deciders().of_person(user)
    return Organisation.objects.verified().filter(memberships__in=mine).by_name()
