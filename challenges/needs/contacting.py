"""A provider writes to those who have a need."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from challenges.needs.models import Need
from profiles.contact.starting import Addressee, started
from profiles.models import Organisation


@require_http_methods(["GET", "HEAD", "POST"])
def need_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is unnamed on the page of the need stays so here."""
    need = get_object_or_404(Need.objects.answerable().with_sender(), pk=pk)
    addressee = Addressee(
        need.organisation,
        need.get_absolute_url(),
        need.title,
        alias="" if need.is_named else need.sender,
        kinds=frozenset({Organisation.Kind.PROVIDER}),
        begun=need.threads.add,
    )
    return started(request, addressee)
