"""Which watches a person has: the searches that they saved, their needs, what they offer."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from challenges.models import Need
from marketplace.alerts import hits
from marketplace.alerts.models import News, Watch
from profiles.models import Membership, Organisation, Solution, User


def audience() -> list[int]:
    """Everybody who may have news."""
    searching = Watch.objects.order_by().values("user")
    caring = Need.objects.open().order_by()
    offering = Solution.objects.published().order_by().values("provider__organisation")
    deciders = Membership.objects.deciders().order_by()
    alone = caring.without_carer().values("organisation")
    speaking = deciders.filter(organisation__in=alone)
    people = User.objects.filter(is_active=True)
    groups: tuple[QuerySet[Any, Any], ...] = (
        searching,
        caring.with_carer().values("owner"),
        speaking.values("user"),
        deciders.filter(organisation__in=offering).values("user"),
    )
    found = people.none()
    for group in groups:
        found = found | people.filter(pk__in=group)
    return list(found.order_by("pk").values_list("pk", flat=True))


def renew(user: User, *, at: datetime) -> None:
    """Let watches begin and end with what the person is in charge of."""
    own = Watch.objects.filter(user=user)
    own.exclude(pk__in=own.due_to(user).values("pk")).delete()
    wanted = [{"kind": Watch.Kind.NEED, "need": need} for need in needs_of(user)]
    wanted += [{"kind": Watch.Kind.OFFERS, "organisation": one} for one in offering(user)]
    for fields in wanted:
        begin(Watch(user=user, created_at=at, **fields))


def needs_of(user: User) -> Iterable[Need]:
    """Those that the person looks after and that have been matched."""
    matched = Need.objects.open().filter(matching__isnull=False)
    return matched.looked_after_by(user).select_related("organisation")


def offering(user: User) -> Iterable[Organisation]:
    deciders = Membership.objects.deciders().of_person(user)
    published = Solution.objects.published().order_by().values("provider__organisation")
    return Organisation.objects.filter(memberships__in=deciders, pk__in=published)


@transaction.atomic
def begin(watch: Watch) -> Watch:
    """Begin to watch; what fits already is noted as known. Once only.

    Nobody sees the watch without what it knows: all of that would be mailed.
    """
    found, is_new = Watch.objects.get_or_create(
        user=watch.user,
        kind=watch.kind,
        query=watch.query,
        need=watch.need,
        organisation=watch.organisation,
        defaults={"name": watch.name, "created_at": watch.created_at},
    )
    if is_new:
        note(found, at=watch.created_at, is_known=True)
    return found


@transaction.atomic
def save_search(watch: Watch) -> None:
    """Begin it, or take the one of the same filters up again: by the new name, and switched on."""
    saved = begin(watch)
    switch(saved, is_on=True, at=watch.created_at)
    saved.name = watch.name
    saved.save(update_fields=["name"])


def note(watch: Watch, *, at: datetime, is_known: bool = False) -> None:
    """Note what fits and was not noted yet; in a watch that is off, as known."""
    on = timezone.localdate(at)
    is_known = is_known or not watch.is_on
    if watch.organisation:
        known = set(watch.news.exclude(need=None).values_list("need", flat=True))
        fresh = hits.needs_for(watch.organisation, on=on, known=known)
        rows = [News(watch=watch, need_id=key) for key in sorted(fresh)]
        told = watch.news.exclude(challenge=None).values("challenge")
        calls = hits.challenges_for(watch.organisation, at=at).exclude(pk__in=told)
        rows += [News(watch=watch, challenge=call) for call in calls.order_by("pk")]
    else:
        known = set(watch.news.values_list("solution", flat=True))
        fresh = hits.solutions_of(watch, on=on) - known
        rows = [News(watch=watch, solution_id=key) for key in sorted(fresh)]
    for row in rows:
        row.found_at, row.is_known = at, is_known
        row.settled_at = at if is_known else None
    News.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)


@transaction.atomic
def switch(watch: Watch, *, is_on: bool, at: datetime) -> None:
    """Switch a watch on or off; what it found until now, and while it is off, is no news."""
    if is_on != watch.is_on:
        note(watch, at=at, is_known=True)
        watch.news.settle(at=at)
    watch.is_on = is_on
    watch.save(update_fields=["is_on"])
