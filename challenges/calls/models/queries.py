"""The words that pages, tasks, feeds and the API choose challenges with."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When

from challenges.calls import lifecycle
from challenges.calls.lifecycle import State
from profiles.models import Membership, Organisation, Provider, Topic
from profiles.models import State as Land
from profiles.models.people import AnyUser

if TYPE_CHECKING:
    from challenges.calls.models.challenges import Challenge  # noqa: F401  (named in a string)

RUNNING = (State.PUBLISHED, State.QUESTIONS_OPEN, State.APPLICATIONS_OPEN)


class ChallengeQuerySet(models.QuerySet["Challenge"]):
    def public(self) -> Self:
        """Whatever was published once, however it ended; what was dropped before was not."""
        return self.filter(published_at__isnull=False)

    def running(self, *, at: datetime) -> Self:
        """Published, and not over: the second of the deadline is included."""
        return self.filter(state__in=RUNNING, applications_until__gte=at)

    def open(self, *, at: datetime) -> Self:
        """Running, and applications are taken at that moment."""
        return self.running(at=at).filter(applications_from__lte=at)

    def taking(self, *, at: datetime) -> Self:
        """Open, and there is a key that applications are sealed with."""
        return self.open(at=at).filter(seal_key__isnull=False)

    def within_reach_of(self, provider: Provider, *, at: datetime) -> Self:
        """Those of others for which the provider can apply, at once or from a later day on.

        What prepares a formal procedure takes no applications here, and so has no key.
        """
        found = self.running(at=at).filter(seal_key__isnull=False)
        own = Q(organisation=provider.pk) | Q(partners=provider.pk)
        kinds = Q(eligible_kinds=[]) | Q(eligible_kinds__contains=[provider.kind])
        return found.filter(kinds).exclude(own)

    def opened(self) -> Self:
        """Those whose applications two key holders have opened."""
        return self.filter(seal_key__opened_at__isnull=False)

    def taking_questions(self, *, at: datetime) -> Self:
        return self.filter(state__in=RUNNING, questions_from__lte=at, questions_until__gte=at)

    def due(self, *, at: datetime) -> Self:
        """Those for which the clock has made a step that nobody has written down."""
        return self.filter(
            Q(state=State.PUBLISHED, questions_from__lte=at)
            | Q(state=State.QUESTIONS_OPEN, applications_from__lte=at)
            | Q(state=State.APPLICATIONS_OPEN, applications_until__lt=at)
        )

    def of_member(self, user: AnyUser) -> Self:
        """Those of the organisations, posting or partners, that the person belongs to."""
        mine = Membership.objects.of_person(user).values("organisation")
        return self.filter(Q(organisation__in=mine) | Q(partners__in=mine)).distinct()

    def editable_by(self, user: AnyUser) -> Self:
        """Those of the verified organisations for which the person speaks."""
        mine = Membership.objects.deciders().of_person(user)
        posting = Organisation.objects.verified().filter(memberships__in=mine)
        return self.filter(organisation__in=posting.values("pk"))

    def visible_to(self, user: AnyUser) -> Self:
        """Public ones, and those of one's own organisations; for staff all."""
        if user.is_staff:
            return self.all()
        own = self.of_member(user).order_by().values("pk")
        return self.filter(Q(published_at__isnull=False) | Q(pk__in=own))

    def with_state_at(self, at: datetime) -> Self:
        """Annotate `state_now`: `Challenge.state_at`, said in SQL for many."""
        steps = Case(
            When(~Q(state__in=RUNNING), then=F("state")),
            When(applications_until__lt=at, then=Value(State.EVALUATION)),
            When(applications_from__lte=at, then=Value(State.APPLICATIONS_OPEN)),
            When(questions_from__lte=at, then=Value(State.QUESTIONS_OPEN)),
            default=F("state"),
        )
        return self.annotate(state_now=steps)

    def in_states(self, states: Iterable[str], *, at: datetime) -> Self:
        return self.with_state_at(at).filter(state_now__in=list(states))

    def holding(self, text: str) -> Self:
        """With each of the words, or the beginning of it, in title or problem."""
        found = self.all()
        for word in text.split()[:12]:
            found = found.filter(
                Q(title__icontains=word)
                | Q(problem_citizens__icontains=word)
                | Q(problem_staff__icontains=word)
            )
        return found

    def on_topics(self, topics: Iterable[Topic]) -> Self:
        """On any of the topics; an upper topic stands for all below it."""
        keys = [topic.pk for topic in topics]
        links = self.model.topics.through.objects.filter(challenge=OuterRef("pk"))
        wanted = links.filter(Q(topic__in=keys) | Q(topic__parent__in=keys))
        return self.filter(Exists(wanted))

    def seated_in(self, states: Iterable[Land]) -> Self:
        """Those whose posting organisation has its seat in one of the states."""
        seated = Organisation.objects.seated_in(states)
        return self.filter(organisation__in=seated.values("pk"))

    def drafts(self) -> Self:
        return self.filter(state=State.DRAFT)

    def for_rows(self) -> Self:
        """Load what a list shows of each: 2 queries, whatever the count."""
        return self.select_related(
            "organisation__municipality__state", "organisation__state"
        ).prefetch_related("topics")

    def for_page(self) -> Self:
        return self.for_rows().prefetch_related("standards", "partners", "criteria", "needs")

    def nearest_deadline_first(self) -> Self:
        """What ends next stands first, then what is being judged, then what has ended."""
        rank = Case(
            When(state__in=lifecycle.ENDS, then=2),
            When(state__in=[State.EVALUATION, State.DECISION], then=1),
            default=0,
        )
        return self.order_by(rank, F("applications_until").asc(nulls_last=True), "-pk")
