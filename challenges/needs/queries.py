"""The words that pages, matching and the API choose needs with."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery

from profiles.models import (
    Membership,
    Organisation,
    SizeClass,
    State,
    Topic,
)
from profiles.models.people import AnyUser

if TYPE_CHECKING:
    from challenges.needs.models import Need  # noqa: F401  (the class below names it as a string)


class NeedQuerySet(models.QuerySet["Need"]):
    def open(self) -> Self:
        """Written down and still without an end."""
        return self.filter(state=self.model.State.OPEN)

    def overdue(self, *, on: date) -> Self:
        """Open, and the day by which it should have ended is over."""
        return self.open().filter(due_on__lt=on)

    def released(self) -> Self:
        """What everybody may see: put up by an organisation that was checked."""
        return self.filter(self._are_released())

    def _are_released(self) -> Q:
        is_checked = Q(organisation__verified_at__isnull=False)
        return is_checked & self._are_shown_to(self.model.Visibility.PUBLIC)

    def _are_shown_to(self, visibility: str) -> Q:
        """Those that were released, whatever became of them; a draft may end, too."""
        was_released = Q(released_at__isnull=False) & ~Q(state=self.model.State.DRAFT)
        return Q(visibility=visibility) & was_released

    def answerable(self) -> Self:
        """Open and seen by everybody, and somebody there reads what providers write."""
        read = Organisation.objects.with_deciders()
        return self.released().open().filter(organisation__in=read.values("pk"))

    def unended(self) -> Self:
        """Drafts and open ones: what can still be written and closed."""
        return self.filter(state__in=[self.model.State.DRAFT, self.model.State.OPEN])

    def drafts(self) -> Self:
        return self.filter(state=self.model.State.DRAFT)

    def ended(self) -> Self:
        return self.filter(state__in=self.model.ENDS)

    def of_others(self, user: AnyUser) -> Self:
        """Those of organisations that the person does not belong to."""
        mine = Membership.objects.of_person(user)
        return self.exclude(organisation__in=mine.values("organisation"))

    def on_topics(self, topics: Iterable[Topic]) -> Self:
        """On any of the topics; an upper topic stands for all below it."""
        keys = [topic.pk for topic in topics]
        links = self.model.topics.through.objects.filter(need=OuterRef("pk"))
        return self.filter(Exists(links.filter(Q(topic__in=keys) | Q(topic__parent__in=keys))))

    def seated_in(self, states: Iterable[State]) -> Self:
        seated = Organisation.objects.seated_in(states)
        return self.filter(organisation__in=seated.values("pk"))

    def holding(self, text: str) -> Self:
        """With each of the words, or a beginning of it, in title or problem; never the sender."""
        found = self.all()
        for word in text.split()[:12]:
            found = found.filter(Q(title__icontains=word) | Q(problem__icontains=word))
        return found

    def with_sender(self) -> Self:
        """Load whose they are, and annotate the population class of an anonymous sender."""
        people = OuterRef("organisation__municipality__population")
        size = SizeClass.objects.filter(min_population__lte=people).order_by("-min_population")
        return self.select_related(
            "organisation__municipality__state", "organisation__state"
        ).annotate(
            size_class_de=Subquery(size.values("name_de")[:1]),
            size_class_en=Subquery(size.values("name_en")[:1]),
        )

    def for_rows(self) -> Self:
        """Load what a list shows of each: 2 queries, whatever the count."""
        return self.with_sender().select_related("owner").prefetch_related("topics")

    def for_page(self) -> Self:
        rows = self.for_rows().select_related("served_by__provider__organisation")
        return rows.prefetch_related("standards", "wished_standards")

    def most_urgent_first(self) -> Self:
        """What still runs by its due date; what has ended stands last."""
        has_ended = models.Case(models.When(state__in=self.model.ENDS, then=1), default=0)
        return self.order_by(has_ended, F("due_on").asc(nulls_last=True), "-created_at", "-pk")

    def of_member(self, user: AnyUser) -> Self:
        return self.filter(self._are_of_member(user))

    def _are_of_member(self, user: AnyUser) -> Q:
        return Q(organisation__in=Membership.objects.of_person(user).values("organisation"))

    def editable_by(self, user: AnyUser) -> Self:
        """Those of the organisations for which the person speaks."""
        mine = Membership.objects.deciders().of_person(user)
        return self.filter(organisation__in=mine.values("organisation"))

    def with_carer(self) -> Self:
        """Those that somebody looks after who is still there: an active member."""
        return self.filter(self._have_carer())

    def without_carer(self) -> Self:
        return self.filter(~self._have_carer())

    def _have_carer(self) -> Exists:
        there = Membership.objects.active()
        return Exists(there.filter(user=OuterRef("owner"), organisation=OuterRef("organisation")))

    def looked_after_by(self, user: AnyUser) -> Self:
        """Those of which the person is the carer; where there is none, those it speaks for."""
        own = self.with_carer().filter(owner=user.pk)
        return own | self.without_carer().editable_by(user)

    def _are_in_territory_of(self, user: AnyUser) -> Q:
        """What agencies may see, for the people of the verified agency of that state."""
        overseen = Organisation.objects.overseen_by(user)
        shown = self._are_shown_to(self.model.Visibility.AGENCIES)
        return shown & Q(organisation__in=overseen.values("pk"))

    def visible_to(self, user: AnyUser) -> Self:
        """Released ones, those of one's own organisations, and for agencies what is for them."""
        if user.is_staff:
            return self.all()
        if not user.is_authenticated:
            return self.released()
        own = self._are_of_member(user)
        return self.filter(self._are_released() | own | self._are_in_territory_of(user))

    def newest_first(self) -> Self:
        return self.order_by("-created_at", "-pk")
