"""Needs told in a survey become needs of the municipality."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from challenges.needs.models import Need
from challenges.surveys.models import Answer, Response, Wording
from profiles.models import Municipality, Organisation
from profiles.slugs import free_slug, german_slug

TITLE = 160


def organisation_of(place: Municipality) -> Organisation:
    """Return the verified one of a place, or an unverified one without members.

    Whoever founded one that nobody has verified must not read what the place told.
    """
    is_district = place.kind == Municipality.Kind.DISTRICT
    kind = Organisation.Kind.DISTRICT if is_district else Organisation.Kind.MUNICIPALITY
    Organisation.objects.found_in_turn()
    known = Organisation.objects.filter(municipality=place, kind=kind).by_name()
    if found := known.verified().first() or known.without_members().first():
        return found
    rows = Organisation.objects.filter(slug__startswith=german_slug(place.name)[:60])
    slug = free_slug(place.name, rows.values_list("slug", flat=True))
    return Organisation.objects.create(
        name=place.name, slug=slug, kind=kind, municipality=place, state=place.state
    )


@transaction.atomic
def hand_over() -> None:
    """Give the needs that nobody could have yet to those who were verified for their place."""
    verified = Organisation.objects.verified().filter(
        municipality=OuterRef("organisation__municipality"), kind=OuterRef("organisation__kind")
    )
    kept = Organisation.objects.of_places().unverified().without_members()
    rows = Need.objects.filter(Exists(verified), organisation__in=kept.values("pk"))
    locked = rows.order_by("pk").select_for_update(of=("self",), no_key=True)
    for need in locked.select_related("organisation__municipality"):
        assert need.place  # noqa: S101  (tells the type checker)
        need.organisation = organisation_of(need.place)
        need.version += 1
        need.save(update_fields=["organisation", "version"])  # nobody has changed its text


def take_over(response: Response, *, at: datetime) -> None:
    """Make, change or withdraw the needs of a response that is handed in.

    Where both the answer and the need were changed since, what is newer holds: an answer that
    stayed as it was takes nothing back of what its people have made of the need.
    """
    known = {need.question_id: need for need in response.needs.select_for_update()}
    answers = list(response.answers.with_counts().select_related("wording"))
    for gone in known.keys() - {answer.question_id for answer in answers}:
        _withdraw(known[gone], at=at)
    for answer in answers:
        if answer.counts and answer.wording.kind == Wording.Kind.NEED:
            _write(known.get(answer.question_id), answer, at=at)


def _write(need: Need | None, answer: Answer, *, at: datetime) -> None:
    if need is None:
        need = Need(
            organisation=organisation_of(answer.response.respondent.municipality),
            response=answer.response,
            question_id=answer.question_id,
            created_at=at,
            released_at=at,
            state=Need.State.OPEN,
        )
    elif answer.changed_at > need.updated_at:
        need.version += 1
    else:
        return
    if need.state == Need.State.WITHDRAWN:
        need.state, need.ended_at = Need.State.OPEN, None
    need.title, need.problem = title_of(answer.value["text"]), answer.value["text"]
    need.visibility, need.is_named = answer.value["visibility"], answer.value["is_named"]
    need.save()


def _withdraw(need: Need, *, at: datetime) -> None:
    if not need.has_ended:
        need.state, need.ended_at = Need.State.WITHDRAWN, at
        need.version += 1
        need.save()


def title_of(text: str) -> str:
    """Return the first sentence, cut at a word where it is too long."""
    first = " ".join(text.split()).partition(". ")[0]
    if len(first) <= TITLE:
        return first
    return first[: TITLE - 1].rsplit(" ", 1)[0] + "…"
