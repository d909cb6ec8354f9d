"""The filters of challenges: the same for the page, its feed and the API."""

from datetime import datetime
from typing import Any, ClassVar

import django_filters as filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from challenges.calls.lifecycle import PUBLIC, State
from challenges.calls.models import Challenge
from challenges.calls.models.queries import ChallengeQuerySet
from profiles.filter_fields import Rows, YesOrNo
from profiles.models import State as Land
from profiles.models import Topic

STATES = [(value, label) for value, label in State.choices if value in PUBLIC]


class ChallengeFilter(filters.FilterSet):
    """Narrows a `ChallengeQuerySet`, as of one moment."""

    search = filters.CharFilter(method="by_text", max_length=200, label=_("Suchbegriffe"))
    state = filters.MultipleChoiceFilter(choices=STATES, method="by_state", label=_("Stand"))
    topic = Rows(Topic, "key", method="by_topic", label=_("Thema"))
    region = Rows(Land, "code", method="by_region", label=_("Bundesland"))
    open = YesOrNo(method="by_open", label=_("nur was jetzt Bewerbungen annimmt"))

    class Meta:
        model = Challenge
        fields: ClassVar[list[str]] = []

    def __init__(self, *args: Any, at: datetime | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at or timezone.now()

    @property
    def is_narrowed(self) -> bool:
        return any(self.data.getlist(name) for name in self.filters)

    def by_text(self, calls: ChallengeQuerySet, _name: str, text: str) -> ChallengeQuerySet:
        return calls.holding(text)

    def by_state(self, calls: ChallengeQuerySet, _name: str, states: list[str]) -> Any:
        return calls.in_states(states, at=self.at) if states else calls

    def by_topic(self, calls: ChallengeQuerySet, _name: str, topics: QuerySet[Topic]) -> Any:
        return calls.on_topics(topics) if topics else calls

    def by_region(self, calls: ChallengeQuerySet, _name: str, states: QuerySet[Land]) -> Any:
        return calls.seated_in(states) if states else calls

    def by_open(self, calls: ChallengeQuerySet, _name: str, wanted: bool) -> ChallengeQuerySet:
        if wanted:
            return calls.open(at=self.at)
        return calls.exclude(pk__in=Challenge.objects.open(at=self.at).values("pk"))
