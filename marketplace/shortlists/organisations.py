"""For which of their organisations a person works, as far as the shortlist is concerned."""

from typing import Protocol

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import cached_property

from marketplace.shortlists.models import ShortlistEntry
from profiles.models import Membership, Organisation, User
from profiles.organisations.active import activate, active_organisation, own_memberships

KEY = "organisation"  # in the address
BUTTON = "marketplace/shortlists/_button.html"


class Offered(Protocol):
    """A solution, or its card in a list."""

    @property
    def pk(self) -> int: ...
    @property
    def slug(self) -> str: ...
    @property
    def title(self) -> str: ...


def organisation_of(request: HttpRequest) -> Organisation | None:
    """Return the organisation that the person acts for; one named in the address becomes it."""
    chosen = request.GET.get(KEY, "")
    for organisation in organisations_of(request):
        if organisation.slug == chosen:
            activate(request, organisation)
    return active_organisation(request)


def organisations_of(request: HttpRequest) -> list[Organisation]:
    return [membership.organisation for membership in own_memberships(request)]


def may_write(user: User | AnonymousUser, organisation: Organisation | None) -> bool:
    if organisation is None:
        return False
    return Membership.objects.deciders().of_person(user).filter(organisation=organisation).exists()


class Shortlist:
    """What the pages of solutions need to know: may the person add, and what is there already."""

    def __init__(self, request: HttpRequest) -> None:
        self.next = request.get_full_path()
        self.organisation = organisation_of(request) if request.user.is_authenticated else None
        self.may_write = may_write(request.user, self.organisation)

    def button(self, solution: Offered) -> str:
        """Return the button that adds a solution, as HTML; nothing for who may not."""
        context = {"solution": solution, "shortlist": self}
        return render_to_string(BUTTON, context) if self.may_write else ""

    @cached_property
    def entries(self) -> dict[int, ShortlistEntry]:
        """The entries by the key of their solution; one query."""
        if self.organisation is None:
            return {}
        kept = ShortlistEntry.objects.filter(organisation=self.organisation)
        return {entry.solution_id: entry for entry in kept if entry.solution_id}
