"""The filters of needs: the same for the page and the API."""

from typing import ClassVar

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from challenges.needs.models import Need
from challenges.needs.queries import NeedQuerySet
from profiles.filter_fields import Rows
from profiles.models import State, Topic


class NeedFilter(filters.FilterSet):
    """Narrows a `NeedQuerySet`."""

    search = filters.CharFilter(method="by_text", max_length=200, label=_("Suchbegriffe"))
    state = filters.MultipleChoiceFilter(choices=Need.State.choices, label=_("Stand"))
    topic = Rows(
        Topic, "key", queryset=Topic.objects.by_field(), method="by_topic", label=_("Thema")
    )
    region = Rows(State, "code", method="by_region", label=_("Bundesland"))

    class Meta:
        model = Need
        fields: ClassVar[list[str]] = []

    def by_text(self, needs: NeedQuerySet, _name: str, text: str) -> NeedQuerySet:
        return needs.holding(text)

    def by_topic(self, needs: NeedQuerySet, _name: str, topics: QuerySet[Topic]) -> NeedQuerySet:
        return needs.on_topics(topics) if topics else needs

    def by_region(self, needs: NeedQuerySet, _name: str, states: QuerySet[State]) -> NeedQuerySet:
        return needs.seated_in(states) if states else needs
