"""Who may do what with an application: its own organisation, and nobody else, no admin either."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from challenges.models import Application, Challenge
from profiles.models import Organisation
from tests.challenges.applications.making import hand_in, make_application, make_running, put_file
from tests.factories import make_provider
from tests.who_may import GET, LOGIN, POST, Table

#                                 method  anonymous stranger viewer editor owner
#                                         agency of the state, agency elsewhere, admin
ROWS = {
    "applications:list":           (GET,  LOGIN, 200, 200, 200, 200, 200, 200, 200),
    "applications:new":            (GET,  LOGIN, 200, 200, 200, 200, 200, 200, 200),
    "applications:detail":         (GET,  LOGIN, 404, 200, 200, 200, 404, 404, 404),
    "applications:edit":           (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404),
    "applications:copy":           (GET,  LOGIN, 404, 200, 200, 200, 404, 404, 404),
    "applications:submit":         (POST, LOGIN, 404, 404, 302, 302, 404, 404, 404),
    "applications:withdraw":       (POST, LOGIN, 404, 404, 302, 302, 404, 404, 404),
    "applications:replace":        (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404),
    "applications:receipt":        (GET,  LOGIN, 404, 200, 200, 200, 404, 404, 404),
    "applications:partner_add":    (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404),
    "applications:partner_remove": (POST, LOGIN, 404, 404, 302, 302, 404, 404, 404),
    "applications:file_add":       (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404),
    "applications:file_remove":    (POST, LOGIN, 404, 404, 302, 302, 404, 404, 404),
    "applications:partner":        (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404),
}  # fmt: skip
HANDED_IN = {"applications:withdraw", "applications:replace", "applications:receipt"}
RUNNING = "laeuft-gerade"


def applicant() -> Organisation:
    now = timezone.now()
    make_running(slug=RUNNING, start=now - timedelta(days=30), end=now + timedelta(days=1))
    return make_provider().organisation


def address_of(name: str, organisation: Organisation) -> str:
    challenge = Challenge.objects.get(slug=RUNNING)
    if name == "applications:list":
        return reverse(name)
    if name == "applications:new":
        return reverse(name, args=[RUNNING])
    now = timezone.now()
    if name == "applications:partner":
        asking = make_application(challenge)
        return reverse(
            name, args=[asking.partners.create(organisation=organisation, asked_at=now).pk]
        )
    application = make_application(challenge, provider=organisation.provider)
    if name in HANDED_IN:
        hand_in(application, arrived_at=now)
    if name == "applications:partner_remove":
        other = make_provider().organisation
        partner = application.partners.create(organisation=other, asked_at=now)
        return reverse(name, args=[partner.pk])
    if name.startswith("applications:file_"):
        slot = challenge.file_slots.create(name="Zeitplan", is_required=False)
        put_file(application, slot, arrived_at=now)
        return reverse(name, args=[application.pk, slot.pk])
    number = [1] if name == "applications:receipt" else []
    return reverse(name, args=[application.pk, *number])


def form(organisation: Organisation) -> dict[str, Any]:
    own = Application.objects.filter(organisation=organisation).first()
    return {"version": own.version if own else 0}


WHO_MAY = Table(ROWS, address_of, applicant, form)
