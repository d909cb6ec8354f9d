"""Who may do what for a challenge of their organisation; the address of opening is for holders."""

from django.urls import reverse

from challenges.calls.lifecycle import State
from challenges.models import ChallengeKey
from profiles.models import Organisation
from tests.challenges.applications.making import add_opened_file
from tests.factories import LONG_AGO, make_challenge, make_organisation, make_provider
from tests.who_may import GET, LOGIN, POST, Table

#                                  method  anonymous stranger viewer editor owner
#                                          agency of the state, agency elsewhere, admin
ROWS = {
    "applications:form":            (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404),
    "applications:keys":            (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404),
    "applications:key_give_back":   (POST, LOGIN, 404, 404, 302, 302, 404, 404, 404),
    "applications:question_remove": (POST, LOGIN, 404, 404, 302, 302, 404, 404, 404),
    "applications:position_remove": (POST, LOGIN, 404, 404, 302, 302, 404, 404, 404),
    "applications:slot_remove":     (POST, LOGIN, 404, 404, 302, 302, 404, 404, 404),
    "applications:open":            (GET,  LOGIN, 404, 404, 404, 404, 404, 404, 404),
    "applications:opened_list":     (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404),
    "applications:opened":          (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404),
    "applications:opened_file":     (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404),
}  # fmt: skip
AFTERWARDS = {
    "applications:open",
    "applications:opened_list",
    "applications:opened",
    "applications:opened_file",
}


def town() -> Organisation:
    return make_organisation(kind="municipality", verified_at=LONG_AGO)


def address_of(name: str, organisation: Organisation) -> str:
    challenge = make_challenge(organisation=organisation)
    if name == "applications:question_remove":
        return reverse(name, args=[challenge.form_questions.create(text="Warum?").pk])
    if name == "applications:position_remove":
        return reverse(name, args=[challenge.price_positions.create(label="Betrieb").pk])
    if name == "applications:slot_remove":
        return reverse(name, args=[challenge.file_slots.create(name="Zeitplan").pk])
    if name not in AFTERWARDS:
        return reverse(name, args=[challenge.slug])
    challenge.state, challenge.published_at = State.EVALUATION, LONG_AGO
    challenge.save()
    dates = {"made_at": LONG_AGO, "opening_at": LONG_AGO, "opened_at": LONG_AGO}
    ChallengeKey.objects.create(challenge=challenge, public_key=b"", **dates)
    application = challenge.applications.create(
        organisation=make_provider().organisation, created_at=LONG_AGO
    )
    submission = application.submissions.create(
        number=1, sealed=b"x", checksum="0" * 64, received_at=LONG_AGO, opened_at=LONG_AGO
    )
    if name == "applications:opened_file":
        return reverse(name, args=[submission.pk, add_opened_file(submission).pk])
    of_one = name == "applications:opened"
    return reverse(name, args=[submission.pk if of_one else challenge.slug])


WHO_MAY = Table(ROWS, address_of, town)
